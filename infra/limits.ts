import type { backOff } from '../shared/lime/retry.ts';

/** Numbers that depend on other numbers, as pure functions. */

/** SQS keeps a record for at most this long. */
export const QUEUE_RETENTION_DAYS = 14;

/** SQS rejects a larger maxReceiveCount. */
const MAX_RECEIVES = 1_000;

/**
 * Standard deviations that the sum of the delays may fall below its mean. Delays are random (full jitter), so the mean
 * alone would be too short for every second record. Four deviations leave 1 record in 30,000.
 */
const DEVIATIONS = 4;

/**
 * The receives that a record needs for its attempts to span `outageSeconds`. A delay is uniform between zero and its
 * cap, with mean cap/2 and variance cap²/12. The first receive follows no delay, hence one more. Receives for which
 * Lime may set a short delay do not count.
 */
export function receivesFor(outageSeconds: number, delays: typeof backOff): number {
  let mean = 0;
  let variance = 0;
  for (let receives = 1; receives + delays.trusted <= MAX_RECEIVES; receives++) {
    if (mean - DEVIATIONS * Math.sqrt(variance) >= outageSeconds) return receives + delays.trusted;
    const cap = Math.min(delays.shortest * 2 ** (receives - 1), delays.longest);
    mean += cap / 2;
    variance += cap ** 2 / 12;
  }
  throw new RangeError(`${outageSeconds} s of outage need more than the ${MAX_RECEIVES} receives that SQS allows`);
}

/**
 * Visibility timeout of a received record: six function timeouts, as AWS recommends for throttled invocations, plus the
 * batching window.
 */
export function visibilitySecondsFor(timeoutSeconds: number, windowSeconds: number): number {
  return 6 * timeoutSeconds + windowSeconds;
}

/** Quota of an HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const ROUTES_PER_API = 300;

/** The routes for calls of all other organizations, and for links. */
const SHARED_ROUTES = 2;

/** The organization's path, and everything below it. A greedy route does not match the bare path. */
const ROUTES_PER_ORGANIZATION = 2;

/** Organizations that can have their own throttle. */
export const MAX_NAMED_ORGANIZATIONS = Math.floor((ROUTES_PER_API - SHARED_ROUTES) / ROUTES_PER_ORGANIZATION);

/** Far more than any organization sends: a bulk send is one call. */
export const CALLS_PER_SECOND = 100;

/** Allows bursts of ten seconds, so that sending a day's conversations one by one is not throttled. */
const BURST_SECONDS = 10;

/** The token bucket of one route. */
export function throttleOf(callsPerSecond: number): { rateLimit: number; burstLimit: number } {
  return { rateLimit: callsPerSecond, burstLimit: Math.ceil(callsPerSecond * BURST_SECONDS) };
}

/**
 * Reserved concurrency of intake. A call of one conversation takes 50 ms, so 100 handle 2,000 calls a second. The
 * reservation keeps a flood from using up the account's 1,000.
 */
export const INTAKE_CONCURRENCY = 100;

/**
 * Mappers at once. They share one budget, so more of them do not send more to one Lime. Five of the interactive lane
 * keep an operator from waiting behind four calls that are slow. Three of bulk serve several Limes side by side, and
 * each can still deliver its batch in half its timeout if all three have the same one.
 */
export const mappersAtOnce = { interactive: 5, bulk: 3 } as const;

/** One mapper's part of Lime's budget, in requests a second, while so many use it. */
export function shareOf(limeRequestsPerSecond: number, concurrency: number): number {
  return limeRequestsPerSecond / concurrency;
}

/** Requests to Lime for a new conversation: its limeobject and its note. */
const REQUESTS_PER_CONVERSATION = 2;

/** Larger batches would hardly make shared lookups cheaper. */
const MAX_BATCH_SIZE = 40;

/**
 * Records that a mapper can deliver in half its timeout. The other half is for lookups, long chats and slow responses.
 * Unfinished records use up a receive.
 */
export function batchSizeFor(requestsPerSecond: number, timeoutSeconds: number): number {
  return Math.max(
    1,
    Math.min(MAX_BATCH_SIZE, Math.floor((requestsPerSecond * timeoutSeconds) / 2 / REQUESTS_PER_CONVERSATION)),
  );
}
