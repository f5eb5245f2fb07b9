import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import type { Log } from '../log.ts';
import { isFull, recordOf, succeeded, takeBatch } from './batch.ts';
import type { Outcome } from './protocol.ts';

export type EventSourceSpec = {
  queueUrl: string;
  queueArn: string;
  region: string;
  /** Records for one invocation. */
  batchSize: number;
  /** How long a batch waits until it is full. */
  windowSeconds: number;
  /** The most invocations at the same time. */
  concurrency: number;
  /** True if the function returns which records failed. */
  partialResponses: boolean;
};

export type EventSource = { stop: () => Promise<void> };

/** The most messages in one request to SQS. */
const SQS_BATCH = 10;
const LONG_POLL_SECONDS = 20;
/** The last part of a window is polled in steps, because SQS waits only whole seconds. */
const SHORT_POLL_MS = 50;
/** The wait after a failed request to SQS. */
const PAUSE_MS = 500;

/**
 * Lambda's poller: gathers records into batches, invokes the function, deletes what is done. It receives only while it
 * can invoke, so that no visibility timeout runs out while a record waits here.
 */
export function startEventSource(
  client: SQSClient,
  spec: EventSourceSpec,
  invoke: (event: { Records: SQSRecord[] }) => Promise<Outcome>,
  log: Log,
): EventSource {
  const stopping = new AbortController();
  const { signal: abortSignal } = stopping;
  const underWay = new Set<Promise<void>>();
  const received: SQSRecord[] = [];
  const aborted = once(abortSignal, 'abort');

  const receive = async (WaitTimeSeconds: number): Promise<number> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: spec.queueUrl,
        MaxNumberOfMessages: Math.min(SQS_BATCH, spec.batchSize - received.length),
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
        WaitTimeSeconds,
      }),
      { abortSignal, requestTimeout: (LONG_POLL_SECONDS + 10) * 1000 },
    );
    received.push(...Messages.map((message) => recordOf(message, spec.queueArn, spec.region)));
    return Messages.length;
  };

  /** The window opens with the first record and closes early when the batch is full. */
  const gather = async (): Promise<SQSRecord[]> => {
    if (received.length === 0) await receive(LONG_POLL_SECONDS);
    const closes = Date.now() + spec.windowSeconds * 1000;
    while (received.length > 0 && !isFull(received, spec.batchSize)) {
      const left = closes - Date.now();
      if (left <= 0) break;
      const count = await receive(Math.min(Math.floor(left / 1000), LONG_POLL_SECONDS));
      if (count === 0 && left < 1000) await sleep(Math.min(left, SHORT_POLL_MS), undefined, { signal: abortSignal });
    }
    return takeBatch(received, spec.batchSize);
  };

  const remove = async (records: SQSRecord[]): Promise<void> => {
    for (let start = 0; start < records.length; start += SQS_BATCH) {
      const Entries = records
        .slice(start, start + SQS_BATCH)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: spec.queueUrl, Entries }));
    }
  };

  const process = async (records: SQSRecord[]): Promise<void> => {
    const outcome = await invoke({ Records: records });
    await remove(succeeded(records, outcome, spec.partialResponses));
  };

  const failed = (error: unknown): void => {
    if (!abortSignal.aborted) log('WARN', 'the queue refused a request of the poller', { error: String(error) });
  };

  const poll = async (): Promise<void> => {
    while (!abortSignal.aborted) {
      if (underWay.size >= spec.concurrency) {
        await Promise.race([...underWay, aborted]);
        continue;
      }
      try {
        const records = await gather();
        if (records.length === 0) continue;
        const run = process(records)
          .catch(failed)
          .finally(() => underWay.delete(run));
        underWay.add(run);
      } catch (error) {
        failed(error);
        await sleep(PAUSE_MS, undefined, { signal: abortSignal }).catch(() => {});
      }
    }
  };
  const polled = poll();

  return {
    stop: async () => {
      stopping.abort();
      await polled;
    },
  };
}
