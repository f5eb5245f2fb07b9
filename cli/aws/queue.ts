import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Sends a record of the DLQ to the queue as intake did. The mapper parks it again if necessary. */
export type Resend = (record: { body: string; organization: string | undefined }) => Promise<void>;

export function createResend({ client, queueUrl }: { client: SQSClient; queueUrl: string }): Resend {
  return async ({ body, organization = 'unknown' }) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: organization }));
  };
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
