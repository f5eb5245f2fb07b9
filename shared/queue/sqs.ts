import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { HttpError } from '../errors.ts';
import { type BatchEntry, batchesOf, type QueueEntry } from './batches.ts';

/**
 * Resolves when SQS holds every entry; else throws HttpError 503, or 429 where SQS throttles, before `patience`
 * (milliseconds) is over.
 */
export type SendRecords = (entries: readonly QueueEntry[], patience?: number) => Promise<void>;

/** Makes a received record visible again after so many seconds. */
export type ReturnRecord = (receiptHandle: string, delaySeconds: number) => Promise<void>;

/** Puts a record into the DLQ; the attributes say why. */
export type ParkRecord = (record: {
  body: string;
  organization: string;
  attributes: Record<string, string>;
}) => Promise<void>;

/** Batches in flight at once: a bulk call of thousands is sent within seconds, one of a few needs no more. */
const parallelBatches = 8;

const attempts = 3;

/** Milliseconds before the second attempt at most; doubled for the third. */
const backoff = 100;

/** For the Retry-After header. */
const retryAfterSeconds = 5;

/** SQS's longest visibility timeout: 12 hours. */
const maxVisibilitySeconds = 43_200;

/** Characters of one attribute's value; ten of them fit beside the largest record. */
const maxAttributeLength = 1_000;

/** What ends every request of a call. */
type Sending = { abortSignal?: AbortSignal };

export const createSendRecords = (options: {
  client: SQSClient;
  queueUrl: string;
  wait?: (milliseconds: number) => Promise<unknown>;
  random?: () => number;
}): SendRecords => {
  const { client, queueUrl, wait = sleep, random = Math.random } = options;

  /** One attempt; what SQS did not confirm, and the codes it gave for that. */
  const attempt = async (
    batch: BatchEntry[],
    sending: Sending,
  ): Promise<{ left: BatchEntry[]; codes: string[]; cause?: unknown }> => {
    try {
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: batch.map(({ id, organization, body }) => ({
            Id: id,
            MessageGroupId: organization,
            MessageBody: body,
          })),
        }),
        sending,
      );
      const sent = new Set(answer.Successful?.map(({ Id }) => Id));
      return {
        left: batch.filter(({ id }) => !sent.has(id)),
        codes: (answer.Failed ?? []).map(({ Code }) => Code ?? 'unknown'),
      };
    } catch (cause) {
      return { left: batch, codes: [nameOf(cause)], cause };
    }
  };

  const sendBatch = async (batch: BatchEntry[], sending: Sending): Promise<void> => {
    let outcome = await attempt(batch, sending);
    for (let retry = 1; retry < attempts && outcome.left.length > 0; retry += 1) {
      await wait(random() * backoff * 2 ** (retry - 1));
      outcome = await attempt(outcome.left, sending);
    }
    if (outcome.left.length > 0) throw refusalFor(outcome.codes, outcome.cause);
  };

  return async (entries, patience) => {
    const batches = batchesOf(entries).values();
    const sending = patience === undefined ? {} : { abortSignal: AbortSignal.timeout(Math.max(0, patience)) };
    let refusal: unknown;
    const worker = async () => {
      for (const batch of batches) {
        if (refusal !== undefined) return;
        await sendBatch(batch, sending).catch((error: unknown) => {
          refusal ??= error;
        });
      }
    };
    await Promise.all(Array.from({ length: parallelBatches }, worker));
    if (refusal !== undefined) throw refusal;
  };
};

const nameOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : 'unknown';

const refusalFor = (codes: string[], cause: unknown): HttpError =>
  codes.length > 0 && codes.every((code) => /throttl|overlimit|toomanyrequests/i.test(code))
    ? new HttpError(429, 'The queue takes no more records at the moment; send the call again.', {
        retryAfterSeconds,
        cause,
      })
    : new HttpError(
        503,
        `The queue did not take every record (${codes.join(', ') || 'no answer'}); send the call again.`,
        {
          retryAfterSeconds,
          cause,
        },
      );

export const createReturnRecord =
  ({ client, queueUrl }: { client: SQSClient; queueUrl: string }): ReturnRecord =>
  async (receiptHandle, delaySeconds) => {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.min(maxVisibilitySeconds, Math.max(0, Math.ceil(delaySeconds))),
      }),
    );
  };

export const createParkRecord =
  ({ client, dlqUrl }: { client: SQSClient; dlqUrl: string }): ParkRecord =>
  async ({ body, organization, attributes }) => {
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

/** SQS refuses empty values and characters outside of XML 1.0; a longer text would not fit beside a large body. */
const attributeText = (text: string): string =>
  text.slice(0, maxAttributeLength).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '\ufffd');
