import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readFailed } from '../../cli/failed/record.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { EndState } from './verdict.ts';

/** The stack's two queues. */
export type Queues = {
  /** Records that wait, are held back or are being delivered. */
  queued: () => Promise<number>;
  /** Records that no mapper has received yet, or that have become visible again. */
  waiting: () => Promise<number>;
  parked: () => Promise<EndState['parked']>;
};

/** Records that a look into the DLQ hides from another look, in seconds. */
const LOOK_SECONDS = 600;

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

const Payload = z.looseObject({ custom: z.looseObject({ version: z.int() }) });

/** Finds the queues by what they say of themselves: the one with a redrive policy names the other. */
export async function findQueues(client: SQSClient): Promise<Queues> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  const attributesOf = async (QueueUrl: string): Promise<Record<string, string>> => {
    const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return Attributes;
  };
  const found = await Promise.all(QueueUrls.map(async (url) => ({ url, attributes: await attributesOf(url) })));
  const queue = found.find(({ attributes }) => attributes.RedrivePolicy !== undefined);
  const deadLetters = found.find((other) => other !== queue);
  if (queue === undefined || deadLetters === undefined) throw new Error('the run has no queue with a DLQ');

  return {
    queued: async () => {
      const attributes = await attributesOf(queue.url);
      return COUNTS.reduce((sum, name) => sum + Number(attributes[name] ?? 0), 0);
    },
    waiting: async () => Number((await attributesOf(queue.url))[COUNTS[0]] ?? 0),
    parked: async () => {
      const parked: EndState['parked'][number][] = [];
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: deadLetters.url,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ['All'],
            VisibilityTimeout: LOOK_SECONDS,
          }),
        );
        if (Messages.length === 0) return parked;
        parked.push(...Messages.map(readParked));
      }
    },
  };
}

function readParked(message: Message): EndState['parked'][number] {
  const decoded = decodeRecord(message.Body ?? '');
  if (!decoded.ok) throw new Error(`the DLQ holds a record that cannot be read: ${decoded.reason}`);
  const { status, reason } = readFailed(message);
  return {
    status,
    reason,
    conversation: Number(decoded.conversation.id),
    version: Payload.safeParse(decoded.conversation).data?.custom.version,
  };
}
