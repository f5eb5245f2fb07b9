import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

const Response = z.looseObject({
  accepted: z.array(z.looseObject({ id: z.union([z.number(), z.string()]), url: z.url() })),
});

/** Milliseconds until a refused call is sent again. */
const RETRY_MS = 250;
/** Attempts of a call, after which the run fails. */
const MOST_TRIES = 200;

/** Sends one call until it is accepted, as the add-on's user would. Returns the operators' links. */
export async function sendCall(endpoint: string, body: unknown): Promise<string[]> {
  let last = '';
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'local-addon-key' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status === 200) return Response.parse(JSON.parse(text)).accepted.map(({ url }) => url);
      last = `${response.status} ${text}`;
    } catch (error) {
      last = String(error);
    }
    await sleep(RETRY_MS);
  }
  throw new Error(`A call was not accepted in ${MOST_TRIES} tries: ${last}`);
}
