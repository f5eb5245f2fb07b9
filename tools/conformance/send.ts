import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Sandbox } from '../../sandbox/sandbox.ts';

const CONVERSATION = new URL('../../test/fixtures/conversation.json', import.meta.url);

const POLL_MS = 500;
/** Longer than the visibility timeout of a record whose mapper did not end. */
const TIMEOUT_MS = 400_000;

/** moto answers one request at a time, and slowly on a busy machine. Then a function answers 503, and says to repeat. */
const UNAVAILABLE = 503;

const Taken = z.object({ accepted: z.array(z.object({ url: z.url() })) });
const State = z.looseObject({ state: z.string() });

/**
 * Sends one conversation, then twelve as a bulk call, of which Lime answers one late and refuses one for good. Waits for
 * all, and opens their links. Returns their states.
 */
export async function sendConversations(run: {
  endpoint: string;
  organization: string;
  addonKey: string;
  lime: Sandbox;
}): Promise<string[]> {
  const { endpoint, organization, addonKey, lime } = run;
  const example = z.looseObject({}).parse(JSON.parse(await readFile(CONVERSATION, 'utf8')));
  const post = (to: string, body: unknown): Promise<Response> =>
    fetch(`${endpoint}/${to}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': addonKey },
      body: JSON.stringify(body),
    });
  const send = async (conversations: unknown[]): Promise<string[]> => {
    let response = await post(organization, conversations);
    for (let tries = 1; response.status === UNAVAILABLE && tries < 5; tries += 1)
      response = await post(organization, conversations);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`intake answered ${response.status}: ${text}`);
    return Taken.parse(JSON.parse(text)).accepted.map(({ url }) => url);
  };
  // Secrets Manager has to say that there is no such secret, which needs a permission too.
  const unknown = await post('4711', [example]);
  if (unknown.status !== 401) throw new Error(`an unknown organization was answered ${unknown.status}`);

  const alone = await send([{ ...example, organization_id: Number(organization), id: 1 }]);
  const states = await endedInTurn(alone);
  const creates = { method: 'POST', limetype: 'helpdesk' } as const;
  lime.setFaults([
    { kind: 'error', status: 503, match: creates, times: 1 },
    { kind: 'error', status: 422, match: creates, skip: 1, times: 1 },
  ]);
  const many = Array.from({ length: 12 }, (_, index) => ({
    ...example,
    organization_id: Number(organization),
    id: 100 + index,
  }));
  return [...states, ...(await endedInTurn(await send(many)))];
}

async function endedInTurn(urls: string[]): Promise<string[]> {
  const states: string[] = [];
  for (const url of urls) states.push(await ended(url));
  return states;
}

/** The state of a conversation that needs no further try. */
async function ended(url: string): Promise<string> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    const text = await response.text();
    if (!response.ok && response.status !== UNAVAILABLE)
      throw new Error(`a link was answered ${response.status}: ${text}`);
    const { state } = response.ok ? State.parse(JSON.parse(text)) : { state: 'unknown' };
    if (['delivered', 'parked'].includes(state)) return state;
    if (Date.now() > deadline) throw new Error(`a conversation is still ${state} after ${TIMEOUT_MS / 1_000} s`);
    await sleep(POLL_MS);
  }
}
