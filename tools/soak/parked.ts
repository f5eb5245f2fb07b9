import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { readFailed } from '../../cli/failed/record.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { EndState } from './verdict.ts';

type Parked = EndState['parked'][number];

/** Seconds for which a received record stays hidden, so that it is received only once. */
const HIDDEN_SECONDS = 600;

const Payload = z.looseObject({ custom: z.looseObject({ version: z.int() }) });

/** All records in the DLQ. */
export async function readParked(client: SQSClient, QueueUrl: string): Promise<Parked[]> {
  const parked: Parked[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: HIDDEN_SECONDS,
      }),
    );
    if (Messages.length === 0) return parked;
    parked.push(...Messages.map(parkedOf));
  }
}

function parkedOf(message: Message): Parked {
  const decoded = decodeRecord(message.Body ?? '');
  if (!decoded.ok) throw new Error(`The DLQ holds a record that cannot be read: ${decoded.reason}`);
  const { status, reason } = readFailed(message);
  return {
    status,
    reason,
    conversation: Number(decoded.conversation.id),
    version: Payload.safeParse(decoded.conversation).data?.custom.version,
  };
}
