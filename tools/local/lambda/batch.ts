import type { Message } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Outcome } from './protocol.ts';

/** An invocation carries at most 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const LARGEST_EVENT_BYTES = 6_291_456;

/** A response may be slightly larger. Lambda's error says "maximum allowed payload size (6291556 bytes)". */
export const LARGEST_ANSWER_BYTES = 6_291_556;

/** The size that a record adds to the event besides its body. */
const RECORD_OVERHEAD_BYTES = 1_024;

/** True if waiting for more records cannot make the batch larger. */
export function isFull(records: SQSRecord[], batchSize: number): boolean {
  return records.length >= batchSize || carried(records, batchSize) < records.length;
}

/** How many of the first records fit into one invocation. */
function carried(records: SQSRecord[], batchSize: number): number {
  let bytes = 0;
  const over = records.findIndex(({ body }) => {
    bytes += Buffer.byteLength(JSON.stringify(body)) + RECORD_OVERHEAD_BYTES;
    return bytes > LARGEST_EVENT_BYTES;
  });
  return Math.min(over < 0 ? records.length : Math.max(1, over), batchSize);
}

/** Takes the next batch from the front. */
export function takeBatch(records: SQSRecord[], batchSize: number): SQSRecord[] {
  return records.splice(0, carried(records, batchSize));
}

/** A received message as Lambda passes it on. */
export function recordOf(message: Message, eventSourceARN: string, awsRegion: string): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateFirstReceiveTimestamp: '',
      ApproximateReceiveCount: '',
      SenderId: '',
      SentTimestamp: '',
      ...message.Attributes,
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue, BinaryValue, DataType = '' }]) => [
        name,
        {
          ...(StringValue === undefined ? {} : { stringValue: StringValue }),
          ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

const PartialFailures = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string() })).nullish(),
});

/**
 * The records that are done and can be deleted. With partial responses an empty response means all records. A response
 * that is invalid or contains an unknown id means none:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function succeeded(records: SQSRecord[], outcome: Outcome, partialResponses: boolean): SQSRecord[] {
  if (outcome.type === 'error') return [];
  if (!partialResponses) return records;
  const answer = PartialFailures.nullable().safeParse(JSON.parse(outcome.payload));
  if (!answer.success) return [];
  const failed = new Set((answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const ids = new Set(records.map(({ messageId }) => messageId));
  return failed.isSubsetOf(ids) ? records.filter(({ messageId }) => !failed.has(messageId)) : [];
}
