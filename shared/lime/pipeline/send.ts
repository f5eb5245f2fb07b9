import { BlockedUrlError, LimeError } from '../../errors.ts';
import type { OutgoingFetch } from '../../outgoing/fetch.ts';
import { readAtMost } from '../../outgoing/read.ts';
import type { Lime } from '../lime.ts';
import { dispositionOf, type LimeRequest, timeoutOf } from '../requests.ts';
import { failureOf, type ResponseForm, retryAfterSeconds } from '../retry.ts';

/** The tenant's address, application name included, and the key of its API user. */
export type Secret = { url: string; apiKey: string };

export type Http = {
  fetch?: OutgoingFetch;
  now?: () => number;
  /** Receives the status of each response. Undefined if there was none. */
  onResponse?: (status: number | undefined) => void;
};

/** Sends one request. Throws LimeError for a status other than 2xx. */
export type Send = (request: LimeRequest) => Promise<{ status: number; json: unknown }>;

/** Largest response that is read, far above 200 limeobjects of a query page. */
const MOST_RESPONSE_BYTES = 20 * 1024 * 1024;

/** Lime tells its clients apart, and may limit each, by these headers. */
const clientHeaders = { 'user-agent': 'userlike-lime', 'x-source-application': 'userlike-lime' };

/** Failures before anything was sent. */
const notConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Checks each response against the caller's schema. */
export function checkSchema(send: Send): Lime {
  return async (request, schema) => {
    const { status, json } = await send(request);
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const paths = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || '(root)'))].slice(0, 5);
    throw new LimeError(
      request.method === 'GET' ? 'unavailable' : 'unclear',
      `${nameOf(request)}: the answer was not understood at ${paths.join(', ')}`,
      { status },
    );
  };
}

export function sendOverHttp(
  { url, apiKey }: Secret,
  { fetch: doFetch = fetch, now = Date.now, onResponse }: Http,
): Send {
  async function exchange(request: LimeRequest): Promise<{ status: number; text: string; headers: Headers }> {
    try {
      const response = await doFetch(withoutSlashes(url) + request.path, {
        method: request.method,
        headers: { 'x-api-key': apiKey, accept: 'application/json', ...clientHeaders, ...contentHeaders(request) },
        ...contentOf(request),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutOf(request)),
      });
      const text = new TextDecoder().decode(await readAtMost(response, MOST_RESPONSE_BYTES));
      onResponse?.(response.status);
      return { status: response.status, text, headers: response.headers };
    } catch (error) {
      const blocked = blockedUrlIn(error);
      if (blocked !== undefined) {
        throw new LimeError('denied', `the Lime URL is refused: ${blocked.message}`, { cause: blocked });
      }
      onResponse?.(undefined);
      throw noResponse(request, error);
    }
  }

  return async (request) => {
    const { status, text, headers } = await exchange(request);
    const json = parseJson(text);
    if (status >= 200 && status <= 299) return { status, json };
    const form: ResponseForm = isObject(json) ? 'json' : text.trim() === '' ? 'empty' : 'page';
    // The markup of an HTML page contains words such as title.
    const naming = form === 'json' ? mentioned(request, text) : '';
    throw new LimeError(failureOf(request, status, form), `${nameOf(request)} was answered ${status}${naming}`, {
      status,
      retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), now()),
    });
  };
}

/** Removes trailing slashes. A regular expression would take quadratic time for a URL of slashes. */
function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

function contentHeaders({ body, file }: LimeRequest): Record<string, string> {
  if (file !== undefined) {
    return { 'content-type': file.contentType, 'content-disposition': dispositionOf(file.name) };
  }
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function contentOf({ body, file }: LimeRequest): { body?: string | Uint8Array } {
  if (file !== undefined) return { body: file.bytes };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

function nameOf({ method, path }: LimeRequest): string {
  return `${method} ${path.split('?')[0]}`;
}

function noResponse(request: LimeRequest, error: unknown): LimeError {
  const code = codeOf(error);
  const sent = code === undefined || !notConnected.has(code);
  const timedOut = isObject(error) && 'name' in error && error.name === 'TimeoutError';
  return new LimeError(
    request.method !== 'GET' && sent ? 'unclear' : 'unavailable',
    `${nameOf(request)} ${timedOut ? 'timed out' : `got no answer${code === undefined ? '' : ` (${code})`}`}`,
    { cause: error },
  );
}

/** fetch wraps the error of its socket. */
function blockedUrlIn(error: unknown): BlockedUrlError | undefined {
  if (error instanceof BlockedUrlError) return error;
  return isObject(error) && 'cause' in error ? blockedUrlIn(error.cause) : undefined;
}

/** Code of an error or of its cause. Errors of another realm are not `instanceof Error`, but have their code. */
function codeOf(error: unknown): string | undefined {
  if (!isObject(error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Names of the sent properties that a refusal mentions. Lime's own text may quote values and is not repeated. */
function mentioned(request: LimeRequest, text: string): string {
  const names = Object.keys(request.body ?? {}).filter((name) => new RegExp(`\\b${RegExp.escape(name)}\\b`).test(text));
  return names.length === 0 ? '' : `, naming ${names.join(', ')}`;
}

/** null for a response without a body, undefined for a body that is not JSON. */
function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
