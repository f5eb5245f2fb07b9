import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { countsOf } from '../../cli/aws/queue.ts';

/** The stack's two queues. */
export type Queues = {
  dlqUrl: string;
  /** Records that wait, are delayed or are being delivered. */
  queued: () => Promise<number>;
  /** Records that can be received. */
  waiting: () => Promise<number>;
};

/** Finds the queues by their attributes: the one with a redrive policy is the queue, the other one its DLQ. */
export async function findQueues(client: SQSClient): Promise<Queues> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const found = await Promise.all(QueueUrls.map(async (url) => ({ url, redrives: await redrives(client, url) })));
  const queue = found.find((one) => one.redrives);
  const dlq = found.find((one) => !one.redrives);
  if (queue === undefined || dlq === undefined) throw new Error('The run has no queue with a DLQ.');
  return {
    dlqUrl: dlq.url,
    queued: async () => {
      const { visible, hidden, delayed } = await countsOf(client, queue.url);
      return visible + hidden + delayed;
    },
    waiting: async () => (await countsOf(client, queue.url)).visible,
  };
}

async function redrives(client: SQSClient, QueueUrl: string): Promise<boolean> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] });
  return (await client.send(command)).Attributes?.RedrivePolicy !== undefined;
}
