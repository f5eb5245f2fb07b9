import { LimeError, type LimeFailure } from '../errors.ts';
import type { LimeRequest } from './requests.ts';

/**
 * Seconds. The cap of the first back-off doubles with every receive up to `longest`. For the first `trusted` receives
 * only the time that Lime names counts.
 */
export const backOff = { shortest: 10, longest: 1_800, trusted: 8 } as const;

/** The longest outage of Lime that parks no record. */
export const OUTAGE_SECONDS = 3 * 24 * 3_600;

/** Time for which Lime may still be at work on a write whose response got lost. */
export const LATE_WRITE_GRACE_MS = 20_000;

/** Seconds until a record's next receive: full jitter below a cap that doubles with each receive. */
export function delayAfter(receiveCount: number, random: () => number): number {
  return Math.max(1, random() * capAfter(receiveCount));
}

/**
 * Seconds until the next try: the time that Lime asks for, if any. Repeated short Retry-After values usually mean a
 * longer outage, and would use up three days of receives within an hour. After some receives the back-off therefore
 * counts as well.
 */
export function retryDelay(receiveCount: number, retryAfterSeconds: number | undefined, random: () => number): number {
  if (retryAfterSeconds === undefined) return delayAfter(receiveCount, random);
  if (receiveCount <= backOff.trusted) return retryAfterSeconds;
  return Math.max(retryAfterSeconds, delayAfter(receiveCount - backOff.trusted, random));
}

function capAfter(receiveCount: number): number {
  return Math.min(backOff.longest, backOff.shortest * 2 ** Math.min(20, Math.max(0, receiveCount - 1)));
}

/**
 * Seconds of a Retry-After header (seconds or an HTTP date), at most an hour. Undefined if it names none or a time in
 * the past, so that the back-off applies.
 */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : (httpDate(header) - now) / 1_000;
  return seconds > 0 ? Math.min(3_600, seconds) : undefined;
}

/** Date.parse alone finds a date in almost anything, `-5` included. */
function httpDate(text: string): number {
  return /^\s*[a-z]{3,9}, .* gmt\s*$/i.test(text) ? Date.parse(text) : Number.NaN;
}

/** The body of a response: Lime's own JSON, nothing, or something else, as from proxies and firewalls. */
export type ResponseForm = 'json' | 'empty' | 'page';

/**
 * The meaning of a status other than 2xx. Lime documents 401 and 404 only. A firewall in front of Lime Cloud answers a
 * broken rate rule with a 403 that is not Lime's JSON. A write that ended in a 5xx may have happened, or may still
 * happen.
 */
export function failureOf(request: LimeRequest, status: number, form: ResponseForm): LimeFailure {
  if (status === 429) return 'overloaded';
  if (status === 401) return 'denied';
  if (status === 403) return form === 'json' ? 'denied' : 'overloaded';
  // A page comes from a gateway. Forgetting a limeobject for it would create a second one.
  const isLimes = form === 'json' || (form === 'empty' && request.id !== undefined);
  if (status === 404 || status === 410) return isLimes ? 'gone' : 'unavailable';
  if (status === 408 || status >= 500) return request.method === 'GET' ? 'unavailable' : 'unclear';
  return status >= 400 && status !== 425 ? 'refused' : 'unavailable';
}

/**
 * True if Lime may still be at work on a write. A proxy gives up long before Lime does, and a connection can break at
 * any time. A status of success means that Lime is done, even if its body cannot be read.
 */
export function mayComeLate({ failure, status }: LimeError): boolean {
  const isDone = status !== undefined && status >= 200 && status <= 299;
  return failure === 'unclear' && !isDone;
}

/** Lime refuses this request. Others may succeed. */
export function isRefusal(error: unknown): error is LimeError {
  return error instanceof LimeError && (error.failure === 'refused' || error.failure === 'gone');
}
