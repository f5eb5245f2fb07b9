import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { sendCall } from '../harness/send-call.ts';
import type { Call } from './traffic.ts';
import type { Version } from './version.ts';

/** Calls that are sent at the same time. */
const CONCURRENCY = 4;

/** Sends all calls, spread over a time. Each call's versions are reported with their links once it is accepted. */
export async function sendAll(options: {
  endpoint: string;
  calls: readonly Call[];
  withinMs: number;
  onAccepted: (versions: readonly Version[], links: readonly string[]) => void;
}): Promise<void> {
  const { endpoint, calls, withinMs, onAccepted } = options;
  const began = performance.now();
  const left = calls.entries();
  const worker = async (): Promise<void> => {
    for (const [index, { body, versions }] of left) {
      const waitMs = began + (withinMs * index) / calls.length - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const links = await sendCall(endpoint, body);
      if (links.length !== versions.length) {
        throw new Error(`Only ${links.length} of the ${versions.length} conversations of a call were accepted.`);
      }
      onAccepted(versions, links);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

const LinkResponse = z.looseObject({ state: z.string() });

/** The state that the operator's link shows. */
export async function linkState(link: string): Promise<string> {
  const response = await fetch(link, { headers: { accept: 'application/json' } });
  return LinkResponse.parse(await response.json()).state;
}
