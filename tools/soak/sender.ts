import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Call } from './traffic.ts';
import type { Version } from './version.ts';

const Answer = z.looseObject({
  accepted: z.array(z.looseObject({ id: z.union([z.number(), z.string()]), url: z.url() })),
});

/** Calls on their way at once. */
const PARALLEL = 4;
/** Milliseconds until a call that was not taken is sent again. */
const AGAIN_MS = 250;
/** How often a call is sent before the run is given up. */
const TRIES = 200;

/** Sends one call until it is taken, as the add-on's user would; the links it was answered. */
export async function sendCall(endpoint: string, { body }: Pick<Call, 'body'>): Promise<string[]> {
  let last = '';
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'local-addon-key' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status === 200) return Answer.parse(JSON.parse(text)).accepted.map(({ url }) => url);
      last = `${response.status} ${text}`;
    } catch (error) {
      last = String(error);
    }
    await sleep(AGAIN_MS);
  }
  throw new Error(`a call was not taken in ${TRIES} tries: ${last}`);
}

const LinkAnswer = z.looseObject({ state: z.string() });

/** What the operator's link says. */
export async function linkState(link: string): Promise<string> {
  const response = await fetch(link, { headers: { accept: 'application/json' } });
  return LinkAnswer.parse(await response.json()).state;
}

/** Sends all calls, spread over a time; each version is reported with its link once it was accepted. */
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
    for (const [index, call] of left) {
      const wait = began + (withinMs * index) / calls.length - performance.now();
      if (wait > 0) await sleep(wait);
      const links = await sendCall(endpoint, call);
      if (links.length !== call.versions.length) {
        throw new Error(`${links.length} of ${call.versions.length} conversations of a call were accepted`);
      }
      onAccepted(call.versions, links);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}
