import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';
import type { LimeRequests } from '../../harness/lime-control.ts';
import { sendCall } from '../../harness/send-call.ts';
import type { Payload } from '../conversations.ts';

const Address = z.looseObject({ port: z.int() });
const Done = z.object({ done: z.int() });

/** The bare server in a process of its own. */
export type Bare = {
  /** Sends calls, so many of them at once, and waits until every conversation is in Lime. */
  deliver: (calls: readonly (Payload | Payload[])[], atOnce: number) => Promise<void>;
  stop: () => void;
};

/** @param requests those that the product sends for one conversation */
export async function startBare(options: { sandboxUrl: string; requests: LimeRequests; batch: number }): Promise<Bare> {
  const child = fork(new URL('bare-server.ts', import.meta.url), { stdio: 'inherit' });
  const { port } = Address.parse((await once(child, 'message'))[0]);
  child.send({ apiKey: 'local-lime-key', ...options });
  let done = 0;
  let awaited: { count: number; resolve: () => void } | undefined;
  child.on('message', (message) => {
    done += Done.parse(message).done;
    if (awaited !== undefined && done >= awaited.count) awaited.resolve();
  });
  return {
    deliver: async (calls, atOnce) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      awaited = { count: done + calls.flat().length, resolve };
      await sendAll(calls, atOnce, (call) => sendCall(`http://127.0.0.1:${port}`, call));
      await promise;
    },
    stop: () => {
      child.kill('SIGTERM');
    },
  };
}

/** Sends calls, so many of them at once. */
export async function sendAll<T>(calls: readonly T[], atOnce: number, send: (call: T) => Promise<unknown>) {
  const left = calls.values();
  const worker = async (): Promise<void> => {
    for (const call of left) await send(call);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
