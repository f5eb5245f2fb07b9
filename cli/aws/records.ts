import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type FailedRecord, readFailed } from '../failed/record.ts';
import { countsOf } from './queue.ts';

/** A record that this process holds, hidden from all other readers. */
export type HeldRecord = {
  record: FailedRecord;
  body: string;
  /** Deletes it for good. */
  remove: () => Promise<void>;
};

export type Records = {
  /**
   * Visits every record that can be received once, until `visit` returns 'stop' or `signal` aborts. Records that
   * were not removed are visible again when this ends, even after an error. Returns how many records it did not see, by
   * SQS's count: other readers hold them, or they wait for their next try.
   */
  walk: (
    visit: (held: HeldRecord) => 'next' | 'stop' | Promise<'next' | 'stop'>,
    signal: AbortSignal,
  ) => Promise<number>;
};

/** Seconds for which a record stays hidden if this process is killed. It takes less to visit about 50,000 records. */
const HOLD_SECONDS = 300;

/** A long poll asks all servers of SQS, while a short one may miss records. */
const POLL_SECONDS = 1;

const BATCH_SIZE = 10;

/** After so many consecutive empty polls no more records are expected, even if SQS counts some. */
const EMPTY_POLLS = 3;

/**
 * The records of a queue or the DLQ. SQS shows records only by handing them out.
 * @param note takes lines for the engineer about records that could not be seen or put back
 */
export function createRecords(options: {
  client: SQSClient;
  queueUrl: string;
  name: 'queue' | 'DLQ';
  note: (text: string) => void;
}): Records {
  const { client, queueUrl: QueueUrl, name, note } = options;

  /** Takes no signal: after an aborted receive SQS has hidden records that nobody can put back. */
  const receive = async (): Promise<Message[]> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: BATCH_SIZE,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        VisibilityTimeout: HOLD_SECONDS,
        WaitTimeSeconds: POLL_SECONDS,
      }),
    );
    return Messages;
  };

  const remove = async (ReceiptHandle: string): Promise<void> => {
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  };

  const putBack = async (handles: readonly string[]): Promise<void> => {
    let hidden = 0;
    for (let start = 0; start < handles.length; start += BATCH_SIZE) {
      const batch = handles.slice(start, start + BATCH_SIZE);
      const Entries = batch.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle, VisibilityTimeout: 0 }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(() => {
        hidden += batch.length;
      });
    }
    if (hidden > 0)
      note(`${hidden} of the ${name}'s records could not be put back and stay hidden for ${HOLD_SECONDS} s`);
  };

  return {
    walk: async (visit, signal) => {
      const { visible, hidden, delayed } = await countsOf(client, QueueUrl);
      // This is normal for a queue, where hidden records wait for their next try.
      if (name === 'DLQ' && hidden > 0)
        note(`about ${hidden} of the DLQ's records are held by another reader and not shown`);
      /** The receipt handles of the records that are held, by id. */
      const held = new Map<string, string>();
      const seen = new Set<string>();
      const removed = new Set<string>();
      let empty = 0;
      let repeated = 0;
      const unseen = (): number => hidden + delayed + Math.max(0, visible - seen.size);
      try {
        // SQS may hand a record out twice. When it hands out only held ones, there is nothing new.
        while (!signal.aborted && repeated <= held.size && empty < (seen.size >= visible ? 1 : EMPTY_POLLS)) {
          const messages = await receive();
          empty = messages.length === 0 ? empty + 1 : 0;
          for (const { MessageId = '', ReceiptHandle = '' } of messages) held.set(MessageId, ReceiptHandle);
          for (const message of messages) {
            if (signal.aborted) return unseen();
            const { MessageId: id = '', ReceiptHandle: handle = '', Body: body = '' } = message;
            const removeThis = async (): Promise<void> => {
              await remove(handle);
              held.delete(id);
              removed.add(id);
            };
            if (seen.has(id)) {
              repeated += 1;
              if (removed.has(id)) await removeThis();
              continue;
            }
            seen.add(id);
            repeated = 0;
            const verdict = await visit({ record: readFailed(message), body, remove: removeThis });
            if (verdict === 'stop' || signal.aborted) return unseen();
          }
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await putBack([...held.values()]);
      }
      return unseen();
    },
  };
}
