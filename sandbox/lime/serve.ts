import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, type Decision, throttled } from '../control/faults.ts';
import { headerOf, readBody, reset, send } from '../http/exchange.ts';
import { htmlError } from '../http/reply.ts';
import type { Tenant } from '../tenant.ts';
import { limeAnswer } from './answer.ts';

export type Wait = (ms: number) => Promise<void>;

/** Serves one request to a path of Lime. @param application the raw first segment of the path */
export async function serveLime(
  tenant: Tenant,
  wait: Wait,
  request: IncomingMessage,
  response: ServerResponse,
  application: string,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { pathname, searchParams, search } = new URL(url, 'http://sandbox');
  const path = pathname.slice(application.length + 1);
  const body = await readBody(request);
  const q = parsedText(searchParams.get('q') ?? '');
  const sent = body.length > 0 ? parsedText(new TextDecoder().decode(body)) : undefined;
  const limetype = limetypeOf(path, q);
  const entry = tenant.journal.open({
    method,
    path: pathname,
    search: search.slice(1),
    ...(q === undefined ? {} : { q }),
    ...(limetype === undefined ? {} : { limetype }),
    ...(sent === undefined ? {} : { body: sent }),
  });

  const answered = async (): Promise<Answered> => {
    const before = refusedBefore(tenant, url, request.socket.remoteAddress ?? '');
    if (before !== undefined) return { answer: before };
    const decision = tenant.faults.decide({ method, path, limetype });
    entry.faults = decision.kinds;
    const base = `http://${request.headers.host ?? 'localhost'}/${application}`;
    const header = (name: string) => headerOf(request, name);
    return decided(decision, wait, () =>
      limeAnswer({ tenant, base, search: searchParams, header, body, effects: decision }, method, path),
    );
  };
  const { answer, later } = await answered();
  tenant.journal.close(entry, answer === 'reset' ? null : answer.status);
  if (answer === 'reset') reset(response);
  else send(response, answer);
  if (later !== undefined) await tenant.journal.trackOutstanding(later);
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The limetype of a request, from its path or its query. */
function limetypeOf(path: string, query: unknown): string | undefined {
  const [, fromPath] = /^\/api\/v1\/lime(?:object|type)\/([^/]+)/.exec(path) ?? [];
  if (fromPath !== undefined) return fromPath;
  const named = typeof query === 'object' && query !== null && 'limetype' in query ? query.limetype : undefined;
  return typeof named === 'string' ? named : undefined;
}

/** Refusals in front of Lime: the length of the address, the request limit. */
function refusedBefore(tenant: Tenant, url: string, address: string): Answer | undefined {
  const { maxUrlLength, rateLimit } = tenant.settings;
  if (rateLimit !== null) {
    const seconds = tenant.rateLimiter.take(rateLimit, address, tenant.now());
    if (seconds !== undefined) return throttled(rateLimit.answer, seconds);
  }
  return url.length > maxUrlLength ? htmlError(414, 'Request-URI Too Large') : undefined;
}

/** `later` is the work that remains after the response. */
type Answered = { answer: Answer; later?: () => Promise<unknown> };

/** Does the work of a request with its faults. */
async function decided(decision: Decision, wait: Wait, work: () => Promise<Answer>): Promise<Answered> {
  const { waitBeforeMs, waitAfterMs, instead, afterwards, commitAfterMs } = decision;
  if (waitBeforeMs > 0) await wait(waitBeforeMs);
  if (instead !== undefined) {
    return { answer: instead, ...(commitAfterMs !== undefined && { later: () => wait(commitAfterMs).then(work) }) };
  }
  const answer = await work();
  if (waitAfterMs > 0) await wait(waitAfterMs);
  return { answer: afterwards ?? answer };
}
