import type { SQSRecord } from 'aws-lambda';

/** A record as Lambda hands it to the mapper. */
export function aRecord(body: string, receives = 1): SQSRecord {
  return {
    messageId: `record-${crypto.randomUUID()}`,
    receiptHandle: `handle of ${body.length}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}
