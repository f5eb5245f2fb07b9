import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { countIn, countsOf } from '../../cli/aws/queue.ts';

/** The stack's queues, of both lanes together. */
export type Queues = {
  dlqUrl: string;
  /** Records that wait, are delayed or are being delivered. */
  queued: () => Promise<number>;
  /** Records that can be received. */
  waiting: () => Promise<number>;
};

/** Finds the queues by their attributes: those with a redrive policy are the lanes', the other one is their DLQ. */
export async function findQueues(client: SQSClient): Promise<Queues> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const found = await Promise.all(QueueUrls.map(async (url) => ({ url, redrives: await redrives(client, url) })));
  const urls = found.filter((one) => one.redrives).map(({ url }) => url);
  const dlq = found.find((one) => !one.redrives);
  if (urls.length === 0 || dlq === undefined) throw new Error('The run has no queue with a DLQ.');
  return {
    dlqUrl: dlq.url,
    queued: () => countIn(client, urls),
    waiting: async () => {
      const counts = await Promise.all(urls.map((url) => countsOf(client, url)));
      return counts.reduce((sum, { visible }) => sum + visible, 0);
    },
  };
}

async function redrives(client: SQSClient, QueueUrl: string): Promise<boolean> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] });
  return (await client.send(command)).Attributes?.RedrivePolicy !== undefined;
}
