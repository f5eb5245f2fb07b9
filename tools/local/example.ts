import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Options } from './options.ts';

/** The conversation in Userlike's documentation. */
const CONVERSATION = new URL('../../test/fixtures/conversation.json', import.meta.url);

/** How often, and how long, the link is asked for its state, in milliseconds. */
const ASK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;

const Accepted = z.looseObject({ url: z.url() });
const State = z.looseObject({ state: z.string(), url: z.url().optional(), reason: z.string().optional() });
const Link = z.looseObject({ href: z.url() });
const Limeobject = z.looseObject({ _links: z.looseObject({ relation_history: Link.optional() }).optional() });
const Notes = z.looseObject({
  _links: z.looseObject({ next: Link.optional() }).optional(),
  _embedded: z.looseObject({ limeobjects: z.array(z.looseObject({ _id: z.number(), note: z.string() })) }).optional(),
});

/** Where an object opens in Lime's web client, which is what the default settings link to. */
const OBJECT_LINK = /\/client\/object\/(?<limetype>\w+)\/(?<id>\d+)$/;

/**
 * Sends the documented conversation as Userlike's add-on would, waits until it is delivered and prints what Lime then
 * has. A delivery that fails is printed as well; it does not end the run.
 * @param print takes text for stdout
 */
export const sendExample = async (
  run: { endpoint: string; limeUrl: string },
  options: Options,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> => {
  try {
    const { state, url, reason } = await deliver(`${run.endpoint}/${options.ORGANIZATION}`, options, signal);
    if (state !== 'delivered' || url === undefined) {
      print(`\nThe example conversation is ${[state, reason].filter(Boolean).join(': ')}`);
      return;
    }
    const { limetype, id } = OBJECT_LINK.exec(url)?.groups ?? {};
    if (limetype !== undefined) {
      print(`\nThe example conversation became ${limetype} ${id}:`);
      await printObject(`${run.limeUrl}/api/v1/limeobject/${limetype}/${id}/`, options.LIME_API_KEY, signal, print);
    }
    print(`\nOpen it: ${url}`);
  } catch (error) {
    if (!signal.aborted) print(`\nThe example conversation failed: ${error instanceof Error ? error.message : error}`);
  }
};

const deliver = async (endpoint: string, options: Options, signal: AbortSignal): Promise<z.infer<typeof State>> => {
  const conversation = z.looseObject({}).parse(JSON.parse(await readFile(CONVERSATION, 'utf8')));
  const organization_id = Number(options.ORGANIZATION) || options.ORGANIZATION;
  const accepted = await request(endpoint, Accepted, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': options.ADDON_KEY },
    body: JSON.stringify({ ...conversation, organization_id }),
    signal,
  });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const state = await request(accepted.url, State, { headers: { accept: 'application/json' }, signal });
    if (['delivered', 'parked'].includes(state.state) || Date.now() > deadline) return state;
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
};

const printObject = async (
  url: string,
  apiKey: string,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> => {
  const init = { headers: { accept: 'application/json', 'x-api-key': apiKey }, signal };
  const { _links, ...limeobject } = await request(url, Limeobject, init);
  print(JSON.stringify(limeobject, undefined, 2));
  let next = _links?.relation_history?.href;
  while (next !== undefined) {
    const page: z.infer<typeof Notes> = await request(next, Notes, init);
    for (const { _id, note } of page._embedded?.limeobjects ?? []) print(`\nHistory note ${_id}:\n${note}`);
    next = page._links?.next?.href;
  }
};

const request = async <T>(url: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> => {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} from ${new URL(url).pathname}: ${text}`);
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(`unexpected answer from ${new URL(url).pathname}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
