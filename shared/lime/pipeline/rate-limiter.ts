import { type Layer, noTimeLeft } from '../lime.ts';
import { timeoutOf } from '../requests.ts';

/**
 * A token bucket without a timer. `free` is the time at which the next evenly spaced request is due. It may lie in the
 * past by the burst, so that idle time is saved.
 */
export type Bucket = { free: number };

/** Seconds of the budget that all mappers together may send at once. */
export const BURST_SECONDS = 1;

/** Resolves when the next request may be sent. Throws LimeError at once if that takes longer than `maxWaitMs`. */
export type RateLimiter = (maxWaitMs?: number) => Promise<void>;

/** Delays a request until the rate allows it, unless its response would then be too late. */
export function limitRate(rateLimiter: RateLimiter, remaining: (() => number) | undefined): Layer {
  return (next) => async (request, schema) => {
    await rateLimiter(remaining && remaining() - timeoutOf(request));
    return next(request, schema);
  };
}

/**
 * Limits one mapper to its share of Lime's budget. Idle time counts from `since`, the start of an invocation. Otherwise
 * containers that run alternately would each have a burst.
 */
export function createRateLimiter(options: {
  perSecond: number;
  now?: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  since?: () => number;
}): RateLimiter {
  const { perSecond, now = Date.now, sleep } = options;
  const { since = () => Number.NEGATIVE_INFINITY } = options;
  const burst = burstOf(perSecond);
  let bucket: Bucket = { free: now() };
  return async (maxWaitMs = Number.POSITIVE_INFINITY) => {
    const { wait, bucket: next } = takeToken(bucket, now(), { perSecond, burst, since: since() });
    if (wait > maxWaitMs) throw noTimeLeft();
    bucket = next;
    if (wait > 0) await sleep(wait);
  };
}

/** Milliseconds to wait before the next request, and the bucket after it. */
export function takeToken(
  bucket: Bucket,
  now: number,
  { perSecond, burst, since = Number.NEGATIVE_INFINITY }: { perSecond: number; burst: number; since?: number },
): { wait: number; bucket: Bucket } {
  const interval = 1_000 / perSecond;
  const earliest = Math.max(since, now - (burst - 1) * interval);
  const due = Math.max(bucket.free, earliest);
  return { wait: Math.max(0, due - now), bucket: { free: due + interval } };
}

/** The most requests that one mapper can send within so many milliseconds, its burst included. */
export function mostRequests(perSecond: number, milliseconds: number): number {
  return (perSecond * milliseconds) / 1_000 + burstOf(perSecond);
}

/** Requests that a mapper may send at once. */
function burstOf(perSecond: number): number {
  return Math.max(1, perSecond * BURST_SECONDS);
}
