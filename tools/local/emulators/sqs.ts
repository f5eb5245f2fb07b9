import { buildApp } from 'fauxqs';
import type { AwsService } from './service.ts';

/** Host part of the queue addresses that the emulator makes up: `sqs.<region>.localhost`, which not every machine resolves. */
const MADE_UP_HOST = /http:\/\/sqs\.[\w-]+\.localhost(:\d+)?\//g;

/**
 * SQS by `fauxqs`, without a socket of its own: it would listen on every interface.
 * @param url address of the listener in front, which becomes that of the queues
 */
export const createSqs = (url: string): AwsService => {
  const app = buildApp({ logger: false });
  return {
    answer: async ({ headers, body }) => {
      // The SDKs post to the queue's address or to the root; the emulator knows only the root.
      const answer = await app.inject({ method: 'POST', url: '/', headers, payload: body });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: namesQueues(headers['x-amz-target'])
          ? answer.payload.replaceAll(MADE_UP_HOST, `${url}/`)
          : answer.payload,
      };
    },
    close: async () => {
      await app.close();
    },
  };
};

const namesQueues = (target: unknown): boolean =>
  typeof target === 'string' && /\.(CreateQueue|GetQueueUrl|ListQueues|ListDeadLetterSourceQueues)$/.test(target);
