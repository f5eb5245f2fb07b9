import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type BatchEntry, batchesOf, type QueueEntry } from './batches.ts';
import { QueueError } from './queue-error.ts';

/** Resolves when SQS holds every entry. Throws QueueError if that takes longer than `timeoutMs`. */
export type SendRecords = (entries: readonly QueueEntry[], timeoutMs?: number) => Promise<void>;

/** Makes a received record visible again after so many seconds. */
export type ReturnRecord = (receiptHandle: string, delaySeconds: number) => Promise<void>;

/** Puts a record into the DLQ, with the reason as attributes. */
export type ParkRecord = (record: {
  body: string;
  organization: string;
  attributes: Record<string, string>;
}) => Promise<void>;

/** Batches in flight at once. Sends a bulk call of thousands within seconds. */
const PARALLEL_BATCHES = 8;

const ATTEMPTS = 3;

/** The longest wait before the second attempt, doubled for the third. */
const BACK_OFF_MS = 100;

export function createSendRecords(options: {
  client: SQSClient;
  queueUrl: string;
  wait?: (milliseconds: number) => Promise<unknown>;
  random?: () => number;
}): SendRecords {
  const { client, queueUrl, wait = sleep, random = Math.random } = options;

  const sendBatch = async (batch: readonly BatchEntry[], request: RequestOptions): Promise<void> => {
    let outcome = await sendOnce({ client, queueUrl, batch, request });
    for (let retry = 1; retry < ATTEMPTS && outcome.left.length > 0; retry += 1) {
      await wait(random() * BACK_OFF_MS * 2 ** (retry - 1));
      outcome = await sendOnce({ client, queueUrl, batch: outcome.left, request });
    }
    const { left, codes, cause } = outcome;
    if (left.length > 0) throw new QueueError(codes, { cause });
  };

  return async (entries, timeoutMs) => {
    const batches = batchesOf(entries).values();
    const request = timeoutMs === undefined ? {} : { abortSignal: AbortSignal.timeout(Math.max(0, timeoutMs)) };
    let failure: unknown;
    const worker = async () => {
      for (const batch of batches) {
        if (failure !== undefined) return;
        await sendBatch(batch, request).catch((error: unknown) => {
          failure ??= error;
        });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_BATCHES }, worker));
    if (failure !== undefined) throw failure;
  };
}

/** Ends every request of a call when its time is over. */
type RequestOptions = { abortSignal?: AbortSignal };

/** One attempt. Returns the entries that SQS did not confirm, and their error codes. */
async function sendOnce(options: {
  client: SQSClient;
  queueUrl: string;
  batch: readonly BatchEntry[];
  request: RequestOptions;
}): Promise<{ left: readonly BatchEntry[]; codes: string[]; cause?: unknown }> {
  const { client, queueUrl, batch, request } = options;
  const Entries = batch.map(({ id, group, body }) => ({ Id: id, MessageGroupId: group, MessageBody: body }));
  try {
    const response = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }), request);
    const sent = new Set(response.Successful?.map(({ Id }) => Id));
    return {
      left: batch.filter(({ id }) => !sent.has(id)),
      codes: (response.Failed ?? []).map(({ Code }) => Code ?? 'unknown'),
    };
  } catch (cause) {
    return { left: batch, codes: [nameOf(cause)], cause };
  }
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'unknown';
}

/** SQS's longest visibility timeout: 12 hours. */
const MAX_VISIBILITY_SECONDS = 43_200;

export function createReturnRecord({ client, queueUrl }: { client: SQSClient; queueUrl: string }): ReturnRecord {
  return async (receiptHandle, delaySeconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.min(MAX_VISIBILITY_SECONDS, Math.max(0, Math.ceil(delaySeconds))),
      }),
    );
  };
}

export function createParkRecord({ client, dlqUrl }: { client: SQSClient; dlqUrl: string }): ParkRecord {
  return async ({ body, organization, attributes }) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: dlqUrl,
        MessageBody: body,
        MessageGroupId: organization,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes)
            .map(([name, value]) => [name, attributeText(value)] as const)
            .filter(([, value]) => value !== '')
            .map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
        ),
      }),
    );
  };
}

/** Characters of one attribute's value. Ten of them fit next to the largest record. */
const MAX_ATTRIBUTE_LENGTH = 1_000;

/** SQS refuses characters outside of XML 1.0, and a longer text would not fit next to a large body. */
function attributeText(text: string): string {
  return text.slice(0, MAX_ATTRIBUTE_LENGTH).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '\ufffd');
}
