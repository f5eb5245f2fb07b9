import type { Lane } from '../../queue/lane.ts';
import { type Layer, noTimeLeft } from '../lime.ts';
import { timeoutOf } from '../requests.ts';

/** A request that is to be sent. */
export type Start = {
  /** The tenant's address. */
  url: string;
  organization?: string | undefined;
  lane: Lane;
  maxWaitMs: number;
};

/** Resolves when the request may be sent. Throws LimeError if that takes longer than `maxWaitMs`. */
export type RateLimiter = (start: Start) => Promise<void>;

/** Delays a request until the rate allows it, unless its response would then be too late. */
export function limitRate(
  rateLimiter: RateLimiter,
  { url, lane, remaining }: { url: string; lane: Lane; remaining: (() => number) | undefined },
): Layer {
  return (next) => async (request, schema) => {
    const maxWaitMs = remaining === undefined ? Number.POSITIVE_INFINITY : remaining() - timeoutOf(request);
    await rateLimiter({ url, lane, maxWaitMs });
    return next(request, schema);
  };
}

/**
 * Limits one process to a rate: one request at once and the others evenly after it. Idle time is saved for at most one
 * second.
 */
export function createRateLimiter(options: {
  perSecond: number;
  now?: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}): (start?: { maxWaitMs?: number }) => Promise<void> {
  const { perSecond, now = Date.now, sleep } = options;
  const interval = 1_000 / perSecond;
  const savedMs = Math.max(0, 1_000 - interval);
  let free = now();
  return async ({ maxWaitMs = Number.POSITIVE_INFINITY } = {}) => {
    const due = Math.max(free, now() - savedMs);
    const wait = Math.max(0, due - now());
    if (wait > maxWaitMs) throw noTimeLeft();
    free = due + interval;
    if (wait > 0) await sleep(wait);
  };
}
