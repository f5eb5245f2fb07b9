import type { LimeError, LimeFailure } from '../errors.ts';
import type { LimeRequest } from './requests.ts';

/**
 * Seconds: the first back-off's cap; it doubles with every receive up to `longest`. For so many receives as `trusted`
 * says, Lime's own word is all that counts, where it gives one.
 */
export const backOff = { shortest: 10, longest: 1_800, trusted: 8 } as const;

/** How long an outage of Lime may last without a record being parked. */
export const outageSeconds = 3 * 24 * 3_600;

/** Seconds a record waits before its next receive: full jitter below a cap that doubles with each receive. */
export const delayAfter = (receiveCount: number, random: () => number): number =>
  Math.max(1, random() * capAfter(receiveCount));

/**
 * Seconds until the next try: what Lime asks for, where it does. One that goes on asking for a short wait is down for
 * longer than it knows, and would use up the receives of three days within an hour: then the back-off counts as well.
 */
export const retryDelay = (
  receiveCount: number,
  retryAfterSeconds: number | undefined,
  random: () => number,
): number => {
  if (retryAfterSeconds === undefined) return delayAfter(receiveCount, random);
  if (receiveCount <= backOff.trusted) return retryAfterSeconds;
  return Math.max(retryAfterSeconds, delayAfter(receiveCount - backOff.trusted, random));
};

const capAfter = (receiveCount: number): number =>
  Math.min(backOff.longest, backOff.shortest * 2 ** Math.min(20, Math.max(0, receiveCount - 1)));

/**
 * Seconds named by a Retry-After header (seconds or an HTTP date), at most an hour; undefined where it names none, or
 * a moment that has passed: an outage that answers so must not be asked again without any wait.
 */
export const retryAfterSeconds = (header: string | null, now: number): number | undefined => {
  if (header === null || header.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (httpDate(header) - now) / 1_000;
  return seconds > 0 ? Math.min(3_600, seconds) : undefined;
};

/** Date.parse alone finds a date in almost anything, `-5` included. */
const httpDate = (text: string): number => (/^\s*[a-z]{3,9}, .* gmt\s*$/i.test(text) ? Date.parse(text) : Number.NaN);

/** The body of an answer: Lime's own JSON, nothing, or something else, as proxies and firewalls send it. */
export type AnswerForm = 'json' | 'empty' | 'page';

/**
 * What an answer other than 2xx means. Lime documents 401 and 404 only; a firewall before Lime Cloud answers a broken
 * rate rule with a 403 that is not Lime's JSON. A write that ended in a 5xx may have happened, or may happen yet.
 */
export const failureOf = (request: LimeRequest, status: number, form: AnswerForm): LimeFailure => {
  if (status === 429) return 'overloaded';
  if (status === 401) return 'denied';
  if (status === 403) return form === 'json' ? 'denied' : 'overloaded';
  // A page comes from whatever stands before Lime: to forget a limeobject for it would make a second one.
  const isLimes = form === 'json' || (form === 'empty' && request.id !== undefined);
  if (status === 404 || status === 410) return isLimes ? 'gone' : 'unavailable';
  if (status === 408 || status >= 500) return request.method === 'GET' ? 'unavailable' : 'unclear';
  return status >= 400 && status !== 425 ? 'refused' : 'unavailable';
};

/**
 * Whether Lime may still be at work on a write. A proxy gives up long before Lime does, and a connection breaks at any
 * time; an answer of success says that Lime is done, also where it is not understood.
 */
export function mayComeLate({ failure, status }: LimeError): boolean {
  const isDone = status !== undefined && status >= 200 && status <= 299;
  return failure === 'unclear' && !isDone;
}
