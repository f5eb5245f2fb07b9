import * as z from 'zod';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';

const Id = z.union([z.string(), z.number()]);
const Rejected = z.looseObject({
  index: z.int(),
  id: Id.optional(),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string() })).default([]),
});
const Answer = z.looseObject({
  accepted: z.array(z.looseObject({ id: Id, url: z.string() })).default([]),
  rejected: z.array(Rejected).default([]),
  detail: z.string().optional(),
});

export type Answered = Pick<z.infer<typeof Answer>, 'accepted' | 'rejected'>;

/** How the endpoint is called. */
export type Endpoint = { url: string; key: string; fetch: typeof fetch };

/** Tries of a call that is refused for a time, and the first wait, which doubles. */
const MOST_TRIES = 8;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** A call is given up after this time. The endpoint answers within 30 s. */
const TIMEOUT_MS = 60_000;

/** Sends one call as Userlike's add-on does. Tries again after 429, 5xx and broken connections. Throws CommandError. */
export async function postCall(body: string, endpoint: Endpoint, io: Pick<Io, 'sleep' | 'signal'>): Promise<Answered> {
  let last = '';
  for (let tries = 0; tries < MOST_TRIES && !io.signal.aborted; tries += 1) {
    const answered = await post(body, endpoint);
    if ('accepted' in answered) return answered;
    last = answered.problem;
    if (!answered.isTemporary) break;
    const wait = answered.retryAfterMs ?? FIRST_WAIT_MS * 2 ** tries;
    await io.sleep(Math.min(wait, LONGEST_WAIT_MS), io.signal).catch(() => undefined);
  }
  throw new CommandError(io.signal.aborted ? 'interrupted' : `the endpoint does not take the call: ${last}`);
}

type Refused = { problem: string; isTemporary: boolean; retryAfterMs?: number };

async function post(body: string, { url, key, fetch }: Endpoint): Promise<Answered | Refused> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch {
    return { problem: `no connection to ${new URL(url).host}`, isTemporary: true };
  }
  const { status, headers } = response;
  const answer = Answer.safeParse(jsonOf(text)).data;
  if (status === 200 && answer !== undefined) return answer;
  if (status === 422 && answer !== undefined && answer.rejected.length > 0) return answer;
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    problem: `${status}${answer?.detail === undefined ? '' : ` ${answer.detail}`}`,
    isTemporary: status === 429 || status >= 500,
    ...(Number.isFinite(retryAfter) && { retryAfterMs: retryAfter * 1_000 }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
