import type * as z from 'zod';
import type { LimeSecret } from '../credentials.ts';
import { BlockedUrlError, LimeError } from '../errors.ts';
import { readAtMost } from '../outgoing/read.ts';
import type { Pace } from './pace.ts';
import { dispositionOf, type LimeRequest } from './requests.ts';
import { failureOf, retryAfterSeconds } from './retry.ts';

export type Sending = {
  /** Milliseconds the request may wait for its turn; without it as long as it takes. */
  patience?: number;
  /** Runs right before the request leaves, after its wait; what it throws stops the request. */
  before?: () => Promise<void>;
};

/**
 * Sends one request and returns its answer, checked against `answer`. Throws LimeError, whose `failure` says what may
 * follow.
 */
export type Lime = <S extends z.ZodType>(request: LimeRequest, answer: S, sending?: Sending) => Promise<z.output<S>>;

/** Milliseconds one request may take, its answer included; one with a file takes longer. */
export const requestTimeout = 10_000;

/** Milliseconds for each megabyte of a file: 20 Mbit/s. */
const uploadPace = 400;

/** Milliseconds this request may take, its answer included. */
export const timeoutOf = ({ file }: LimeRequest): number =>
  requestTimeout + (file === undefined ? 0 : Math.ceil((file.bytes.byteLength / 1_000_000) * uploadPace));

/** Bytes of an answer that are read: far above 200 limeobjects of a query page. */
const largestAnswer = 20 * 1024 * 1024;

/** Failures of Node's fetch where nothing had been sent yet. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

export const createLime = (options: {
  /** Where the tenant is and its key; asked before every request, so that a rotated key is used at once. */
  secret: () => Promise<LimeSecret>;
  /** Fetches the secret anew, after Lime has refused its key. */
  refetchSecret: () => Promise<LimeSecret>;
  pace: Pace;
  fetch?: typeof fetch;
  now?: () => number;
  onAnswer?: (status: number | undefined) => void;
}): Lime => {
  const { secret, refetchSecret, pace, now = Date.now, onAnswer } = options;
  const doFetch = options.fetch ?? fetch;

  const sendOnce = async (
    request: LimeRequest,
    { url, apiKey }: LimeSecret,
  ): Promise<{ status: number; text: string; headers: Headers }> => {
    const signal = AbortSignal.timeout(timeoutOf(request));
    try {
      const response = await doFetch(withoutSlashes(url) + request.path, {
        method: request.method,
        headers: { 'x-api-key': apiKey, accept: 'application/json', ...contentHeaders(request) },
        ...contentOf(request),
        redirect: 'manual',
        signal,
      });
      const text = new TextDecoder().decode(await readAtMost(response, largestAnswer));
      onAnswer?.(response.status);
      return { status: response.status, text, headers: response.headers };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal !== undefined) {
        throw new LimeError('denied', `the Lime URL is refused: ${refusal.message}`, { cause: refusal });
      }
      onAnswer?.(undefined);
      throw noAnswer(request, error);
    }
  };

  const attempt = async <S extends z.ZodType>(
    request: LimeRequest,
    answer: S,
    current: LimeSecret,
  ): Promise<z.output<S>> => {
    const { status, text, headers } = await sendOnce(request, current);
    const json = parseJson(text);
    if (status < 200 || status > 299) {
      const form = isObject(json) ? 'json' : text.trim() === '' ? 'empty' : 'page';
      const failure = failureOf(request, status, form);
      // A page's own markup mentions words such as title.
      const naming = form === 'json' ? mentioned(request, text) : '';
      throw new LimeError(failure, `${what(request)} was answered ${status}${naming}`, {
        status,
        retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), now()),
      });
    }
    const parsed = answer.safeParse(json);
    if (!parsed.success) {
      const paths = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.') || '(root)'))].slice(0, 5);
      throw new LimeError(
        request.method === 'GET' ? 'unavailable' : 'unclear',
        `${what(request)}: the answer was not understood at ${paths.join(', ')}`,
        { status },
      );
    }
    return parsed.data;
  };

  return async (request, answer, { patience, before } = {}) => {
    const current = await secret();
    const send = async (with_: LimeSecret) => {
      await pace(patience);
      await before?.();
      return attempt(request, answer, with_);
    };
    try {
      return await send(current);
    } catch (error) {
      if (!(error instanceof LimeError) || error.failure !== 'denied') throw error;
      const fresh = await refetchSecret();
      if (fresh.apiKey === current.apiKey && fresh.url === current.url) throw error;
      return send(fresh);
    }
  };
};

/** Without those at its end; a regular expression would take a square of the time for a URL of slashes. */
const withoutSlashes = (url: string): string => {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
};

const contentHeaders = ({ body, file }: LimeRequest): Record<string, string> => {
  if (file !== undefined) {
    return { 'content-type': file.contentType, 'content-disposition': dispositionOf(file.name) };
  }
  return body === undefined ? {} : { 'content-type': 'application/json' };
};

const contentOf = ({ body, file }: LimeRequest): Pick<RequestInit, 'body'> => {
  if (file !== undefined) return { body: file.bytes };
  return body === undefined ? {} : { body: JSON.stringify(body) };
};

const what = ({ method, path }: LimeRequest): string => `${method} ${path.split('?')[0]}`;

const noAnswer = (request: LimeRequest, error: unknown): LimeError => {
  const code = codeOf(error);
  const sent = code === undefined || !notConnected.has(code);
  const timedOut = isObject(error) && 'name' in error && error.name === 'TimeoutError';
  return new LimeError(
    request.method !== 'GET' && sent ? 'unclear' : 'unavailable',
    `${what(request)} ${timedOut ? 'timed out' : `got no answer${code === undefined ? '' : ` (${code})`}`}`,
    { cause: error },
  );
};

/** fetch wraps what its socket says. */
const refusalIn = (error: unknown): BlockedUrlError | undefined => {
  if (error instanceof BlockedUrlError) return error;
  return isObject(error) && 'cause' in error ? refusalIn(error.cause) : undefined;
};

/** Code of an error or of what caused it. Errors of another realm are no `instanceof Error`, but have their code. */
const codeOf = (error: unknown): string | undefined => {
  if (!isObject(error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Names of the sent properties that a refusal mentions: Lime's own text may quote values and is not repeated. */
const mentioned = (request: LimeRequest, text: string): string => {
  const names = Object.keys(request.body ?? {}).filter((name) => new RegExp(`\\b${RegExp.escape(name)}\\b`).test(text));
  return names.length === 0 ? '' : `, naming ${names.join(', ')}`;
};

/** null for an answer without a body, undefined for what is not JSON. */
const parseJson = (text: string): unknown => {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
