import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Lane, messageGroupOf } from '../../shared/queue/lane.ts';

/** Sends a record of the DLQ to a lane's queue as intake did. The mapper parks it again if necessary. */
export type Resend = (
  lane: Lane,
  record: { body: string; organization: string | undefined; callId: string | undefined },
) => Promise<void>;

export function createResend(options: { client: SQSClient; queueUrls: Record<Lane, string> }): Resend {
  const { client, queueUrls } = options;
  return async (lane, { body, organization = 'unknown', callId = 'unknown' }) => {
    const MessageGroupId = messageGroupOf(lane, { organization, callId });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrls[lane], MessageBody: body, MessageGroupId }));
  };
}

/** The records in queues: visible, held by a mapper, or waiting for their next try. */
export async function countIn(client: SQSClient, queueUrls: readonly string[]): Promise<number> {
  const counts = await Promise.all(queueUrls.map((url) => countsOf(client, url)));
  return counts.reduce((sum, { visible, hidden, delayed }) => sum + visible + hidden + delayed, 0);
}

/** The approximate counts of SQS. `hidden` records are held by readers or wait for their next try. */
export async function countsOf(
  client: SQSClient,
  QueueUrl: string,
): Promise<{ visible: number; hidden: number; delayed: number }> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
    hidden: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0),
  };
}
