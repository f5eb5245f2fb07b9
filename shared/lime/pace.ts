import { LimeError } from '../errors.ts';

/**
 * A token bucket in its arithmetic form: `free` is the moment from which the next request is due when requests come
 * evenly. Burst lets it lag behind the present, so that idle time is not lost at once.
 */
export type Bucket = { free: number };

/** Milliseconds to wait before the next request, and the bucket after it was taken. */
export const takeToken = (
  bucket: Bucket,
  now: number,
  { perSecond, burst, since = Number.NEGATIVE_INFINITY }: { perSecond: number; burst: number; since?: number },
): { wait: number; bucket: Bucket } => {
  const interval = 1_000 / perSecond;
  const earliest = Math.max(since, now - (burst - 1) * interval);
  const due = Math.max(bucket.free, earliest);
  return { wait: Math.max(0, due - now), bucket: { free: due + interval } };
};

/** Seconds of the budget that all mappers together may send at once. */
export const burstSeconds = 1;

/** Requests that a mapper may send at once. */
const burstOf = (perSecond: number): number => Math.max(1, perSecond * burstSeconds);

/** Requests that the pace lets a mapper send within so many milliseconds at most: idle time before them counts as burst. */
export const mostRequests = (perSecond: number, milliseconds: number): number =>
  (perSecond * milliseconds) / 1_000 + burstOf(perSecond);

/** Resolves when the next request may be sent. Throws LimeError at once where that is more than `patience` ms away. */
export type Pace = (patience?: number) => Promise<void>;

/**
 * Paces one mapper to its share of Lime's budget. Idle time counts from `since` on, the start of an invocation: a
 * container that comes back after others has no burst, or those that take turns would have one each.
 */
export const createPace = (options: {
  perSecond: number;
  now?: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  since?: () => number;
}): Pace => {
  const { perSecond, now = Date.now, sleep } = options;
  const { since = () => Number.NEGATIVE_INFINITY } = options;
  const burst = burstOf(perSecond);
  let bucket: Bucket = { free: now() };
  return async (patience = Number.POSITIVE_INFINITY) => {
    const { wait, bucket: next } = takeToken(bucket, now(), { perSecond, burst, since: since() });
    if (wait > patience) throw new LimeError('unavailable', 'there is no time left for a request to Lime');
    bucket = next;
    if (wait > 0) await sleep(wait);
  };
};
