import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Puts a record of the DLQ into the queue as it first came there: the mapper parks it anew if it must. */
export type SendAgain = (record: { body: string; organization: string | undefined }) => Promise<void>;

export function createSendAgain({ client, queueUrl }: { client: SQSClient; queueUrl: string }): SendAgain {
  return async ({ body, organization = 'unknown' }) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: organization }));
  };
}

/** SQS's own, approximate counts; `hidden` is what readers have in hand, or what waits for its next try. */
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
