import { buildApp } from 'fauxqs';
import * as z from 'zod';
import type { AwsService } from './service.ts';
import { loadStores } from './sqs-on-disk.ts';

/** The host in the emulator's queue addresses, `sqs.<region>.localhost`, which not every machine resolves. */
const EMULATOR_HOST = /http:\/\/sqs\.[\w-]+\.localhost(:\d+)?\//g;

/**
 * SQS by `fauxqs`, without its own socket, which would listen on every interface.
 * @param url the address of the listener in front, which becomes the address of the queues
 * @param longPolls true if a ReceiveMessage waits for as long as it asks
 * @param dataDirectory keeps queues and records. Default: in memory only
 */
export async function createSqs(url: string, longPolls: boolean, dataDirectory?: string): Promise<AwsService> {
  const kept = dataDirectory === undefined ? undefined : await loadStores(dataDirectory);
  const app = buildApp({ logger: false, ...(kept && { stores: kept.stores }) });
  return {
    answer: async ({ headers: { 'content-length': _, ...headers }, body }) => {
      // The SDKs post to the queue's address or to the root. The emulator knows only the root.
      const answer = await app.inject({
        method: 'POST',
        url: '/',
        headers,
        payload: longPolls ? body : withoutWait(body),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: namesQueues(headers['x-amz-target'])
          ? answer.payload.replaceAll(EMULATOR_HOST, `${url}/`)
          : answer.payload,
      };
    },
    close: async () => {
      await app.close();
      kept?.close();
    },
  };
}

function withoutWait(body: Buffer): string {
  const { WaitTimeSeconds: _, ...call } = z.looseObject({}).parse(JSON.parse(body.toString()));
  return JSON.stringify(call);
}

function namesQueues(target: unknown): boolean {
  return (
    typeof target === 'string' && /\.(CreateQueue|GetQueueUrl|ListQueues|ListDeadLetterSourceQueues)$/.test(target)
  );
}
