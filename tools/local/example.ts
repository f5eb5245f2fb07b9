import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type LimeRequest, query, readObject } from '../../shared/lime/requests.ts';
import { QueryAnswer } from '../../shared/lime/wire.ts';
import { loadSettings, settingsFor } from '../../shared/load-settings.ts';
import type { Options } from './options.ts';

/** The conversation of Userlike's documentation. */
const CONVERSATION = new URL('../../test/fixtures/conversation.json', import.meta.url);

const SETTINGS = fileURLToPath(new URL('../../settings', import.meta.url));

/** Milliseconds between two polls of the link, and until the last one. */
const ASK_EVERY_MS = 250;
const TIMEOUT_MS = 60_000;

const Accepted = z.looseObject({ url: z.url() });
const State = z.looseObject({ state: z.string(), url: z.url().optional(), reason: z.string().optional() });
const Limeobject = z.looseObject({});

/** The address of a limeobject in Lime's web client, as the default settings have it. */
const OBJECT_LINK = /\/client\/object\/(?<limetype>\w+)\/(?<id>\d+)$/;

/**
 * Sends the documented conversation as Userlike's add-on does, waits until it is delivered and prints the limeobject. A
 * failed delivery is printed too and does not end the run.
 * @param print writes a text to stdout
 */
export async function sendExample(
  run: { endpoint: string; limeUrl: string },
  options: Options,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> {
  try {
    const { state, url, reason } = await deliver(`${run.endpoint}/${options.ORGANIZATION}`, options, signal);
    if (state !== 'delivered' || url === undefined) {
      print(`\nThe example conversation is ${[state, reason].filter(Boolean).join(': ')}`);
      return;
    }
    const { limetype, id } = OBJECT_LINK.exec(url)?.groups ?? {};
    if (limetype !== undefined && id !== undefined) {
      print(`\nThe example conversation became ${limetype} ${id}:`);
      const init = { headers: { accept: 'application/json', 'x-api-key': options.LIME_API_KEY }, signal };
      const ask = <T>({ path }: LimeRequest, schema: z.ZodType<T>) => request(run.limeUrl + path, schema, init);
      const { _links, ...limeobject } = await ask(readObject(limetype, Number(id)), Limeobject);
      print(JSON.stringify(limeobject, undefined, 2));
      for (const { _id, note } of await notesOf(limetype, Number(id), options, ask)) {
        print(`\nHistory note ${_id}:\n${note}`);
      }
    }
    print(`\nOpen it: ${url}`);
  } catch (error) {
    if (!signal.aborted) print(`\nThe example conversation failed: ${error instanceof Error ? error.message : error}`);
  }
}

async function deliver(endpoint: string, options: Options, signal: AbortSignal): Promise<z.infer<typeof State>> {
  const conversation = z.looseObject({}).parse(JSON.parse(await readFile(CONVERSATION, 'utf8')));
  // Userlike sends a number. An organization such as 007 must stay a text, because 7 is another one.
  const number = Number(options.ORGANIZATION);
  const isSame = Number.isSafeInteger(number) && String(number) === options.ORGANIZATION;
  const organization_id = isSame ? number : options.ORGANIZATION;
  const accepted = await request(endpoint, Accepted, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': options.ADDON_KEY },
    body: JSON.stringify({ ...conversation, organization_id }),
    signal,
  });
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const state = await request(accepted.url, State, { headers: { accept: 'application/json' }, signal });
    if (['delivered', 'parked', 'skipped'].includes(state.state) || Date.now() > deadline) return state;
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

/** The history notes of a limeobject, as the organization's settings have them. */
async function notesOf(
  limetype: string,
  id: number,
  { ORGANIZATION, SETTINGS_DIRECTORY = SETTINGS }: Options,
  ask: <T>(request: LimeRequest, schema: z.ZodType<T>) => Promise<T>,
): Promise<{ _id: number; note: unknown }[]> {
  const { instances } = settingsFor(loadSettings(SETTINGS_DIRECTORY), ORGANIZATION);
  const history = instances.find((instance) => instance.limetype === limetype)?.history;
  if (history === undefined) return [];
  const { note, relation } = history;
  const { objects } = await ask(query(history.limetype, [note], { key: relation, op: '=', exp: id }), QueryAnswer);
  return objects.map((object) => ({ _id: object._id, note: object[note] }));
}

async function request<T>(url: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} from ${new URL(url).pathname}: ${text}`);
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(`unexpected answer from ${new URL(url).pathname}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
