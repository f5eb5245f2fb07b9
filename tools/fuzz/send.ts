import { Agent, fetch } from 'undici';
import type { Call } from './call.ts';

/** Milliseconds after which a call hangs. API Gateway ends every call after 30 s. */
const TIMEOUT_MS = 60_000;

/** One connection for each call: an idle one that the server closes would look like a failure. */
const dispatcher = new Agent({ pipelining: 0 });

/** The outcome of a call. `violation` names the part of the contract that its response broke. */
export type Outcome = {
  number: number;
  kind: string;
  status: number | undefined;
  ms: number;
  violation: string | undefined;
  /** The reason for sending it a second time. */
  repeated?: string | undefined;
};

/** Sends a call. @param endpoint with the organization, without a trailing slash */
export async function send(endpoint: string, number: number, call: Call): Promise<Outcome> {
  const { kind, method, path, headers, body, allowed } = call;
  const { origin, pathname } = new URL(endpoint);
  const url = origin + path.replace('*', pathname);
  const began = performance.now();
  const ended = (status: number | undefined, violation: string | undefined): Outcome => ({
    number,
    kind,
    status,
    ms: performance.now() - began,
    violation,
  });
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: new Uint8Array(body) }),
      redirect: 'manual',
      dispatcher,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const { status } = response;
    if (!allowed.includes(status)) return ended(status, `status ${status} instead of ${allowed.join(', ')}`);
    return ended(status, method === 'POST' ? brokenForm(response, text) : undefined);
  } catch (error) {
    return ended(undefined, `no response: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? [error.message, reasonOf(error.cause)].join(' ').trim() : '';
}

/** Intake answers 200 with its lists, everything else with a problem of the same status. The gateway answers with a message. */
function brokenForm(
  { status, headers }: Pick<Response, 'status'> & { headers: { get(name: string): string | null } },
  text: string,
): string | undefined {
  const type = headers.get('content-type');
  const form: unknown = parse(text);
  if (typeof form !== 'object' || form === null) return 'the response is not a JSON object';
  if (status === 200) {
    const hasLists = 'accepted' in form && 'rejected' in form && 'ignored' in form && 'callId' in form;
    return hasLists && type === 'application/json' ? undefined : 'the response lacks the lists of a 200';
  }
  if (type === 'application/problem+json') {
    return 'status' in form && form.status === status ? undefined : 'the problem has another status';
  }
  return 'message' in form && [400, 404, 413, 429].includes(status) ? undefined : 'the refusal is not a problem';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
