import { Agent, fetch } from 'undici';
import type { Call } from './call.ts';

/** Milliseconds after which a call counts as one that hangs. API Gateway holds none for longer than 30 s. */
const PATIENCE = 60_000;

/** A connection for each call: one that the server closes while it is idle would look like a fault. */
const dispatcher = new Agent({ pipelining: 0 });

/** What became of a call; `wrong` says which part of the contract its answer broke. */
export type Answer = {
  number: number;
  kind: string;
  status: number | undefined;
  ms: number;
  wrong: string | undefined;
  /** Why it had to be sent a second time. */
  repeated?: string | undefined;
};

/** Sends the call with this number. @param endpoint with the organization, without a trailing slash */
export async function send(endpoint: string, number: number, call: Call): Promise<Answer> {
  const { kind, method, path, headers, body, allowed } = call;
  const { origin, pathname } = new URL(endpoint);
  const url = origin + path.replace('*', pathname);
  const began = performance.now();
  const ended = (status: number | undefined, wrong: string | undefined): Answer => ({
    number,
    kind,
    status,
    ms: performance.now() - began,
    wrong,
  });
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: new Uint8Array(body) }),
      redirect: 'manual',
      dispatcher,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await response.text();
    const { status } = response;
    if (!allowed.includes(status)) return ended(status, `status ${status} instead of ${allowed.join(', ')}`);
    return ended(status, method === 'POST' ? brokenForm(response, text) : undefined);
  } catch (error) {
    return ended(undefined, `no answer: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? [error.message, reasonOf(error.cause)].join(' ').trim() : '';
}

/** 200 has its lists, all else of intake is a problem that quotes its own status; the gateway answers with a message. */
function brokenForm(
  { status, headers }: Pick<Response, 'status'> & { headers: { get(name: string): string | null } },
  text: string,
): string | undefined {
  const type = headers.get('content-type');
  const form: unknown = parse(text);
  if (typeof form !== 'object' || form === null) return 'an answer that is no JSON object';
  if (status === 200) {
    const hasLists = 'accepted' in form && 'rejected' in form && 'ignored' in form && 'callId' in form;
    return hasLists && type === 'application/json' ? undefined : 'an answer without the lists of 200';
  }
  if (type === 'application/problem+json') {
    return 'status' in form && form.status === status ? undefined : 'a problem of another status';
  }
  return 'message' in form && [400, 404, 413, 429].includes(status) ? undefined : 'a refusal that is no problem';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
