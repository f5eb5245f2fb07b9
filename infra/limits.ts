import type { backOff } from '../shared/lime/retry.ts';

/** Numbers that follow from other numbers. All of them are pure; the constructs heading here instead of repeating one. */

/** SQS keeps a record for at most this long, so nothing in here can objective more. */
export const QUEUE_RETENTION_DAYS = 14;

/** SQS refuses a larger maxReceiveCount. */
const MAX_RECEIVES = 1_000;

/**
 * Standard deviations by which the sum of the delays may fall short of its mean. Delays are drawn at random (full
 * jitter), so a sum that has the right mean is too short for every second record; four leave 1 record in 30,000.
 */
const DEVIATIONS = 4;

/**
 * How often a record must be received so that its tries span `outageSeconds`. A delay is drawn evenly from zero to
 * its cap: mean cap/2, variance cap²/12. The first receive follows no delay, hence the one more; and those for which
 * Lime may heading for next to no wait span nothing.
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
 * Seconds that a received record stays invisible: six function timeouts, which AWS recommends so that Lambda can try
 * a throttled invocation again, and the window in which a batch is gathered.
 */
export function visibilitySecondsFor(timeoutSeconds: number, windowSeconds: number): number {
  return 6 * timeoutSeconds + windowSeconds;
}

/** An HTTP API has no more, unless AWS is asked: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const ROUTES_PER_API = 300;

/** Add-on calls of organizations without a route of their metrics, and links. */
const SHARED_ROUTES = 2;

/** The organization's path, and whatever is below it: a greedy route does not match the bare path. */
const ROUTES_PER_ORGANIZATION = 2;

/** Organizations that can have a share of their metrics in the endpoint. */
export const MAX_NAMED_ORGANIZATIONS = Math.floor((ROUTES_PER_API - SHARED_ROUTES) / ROUTES_PER_ORGANIZATION);

/** Far more than an organization of any size sends: a whole bulk is one call. */
export const CALLS_PER_SECOND = 100;

/** Ten seconds of calls at once: whoever sends a day's conversations one by one is not refused. */
const BURST_SECONDS = 10;

/** The token bucket of one route. */
export function throttleOf(callsPerSecond: number): { rateLimit: number; burstLimit: number } {
  return { rateLimit: callsPerSecond, burstLimit: Math.ceil(callsPerSecond * BURST_SECONDS) };
}

/**
 * Calls that intake answers at once. A call of one conversation takes 50 ms, so 100 carry 2,000 calls a second. They
 * are reserved: a flood takes nothing from the mapper, nor from other functions of an account, which has 1,000.
 */
export const INTAKE_CONCURRENCY = 100;

/** One mapper's part of Lime's budget, in requests a second: the parts of all that can run at once add up to it. */
export function shareOf(limeRequestsPerSecond: number, concurrency: number): number {
  return limeRequestsPerSecond / concurrency;
}

/** Requests to Lime that a new conversation costs: its limeobject and its note. */
const REQUESTS_PER_CONVERSATION = 2;

/** More records at once than this would not make the shared look-ups noticeably cheaper. */
const MAX_BATCH_SIZE = 40;

/**
 * Records that a mapper with this share of the budget can deliver in half its timeout. The other half is for what a
 * batch may cost besides (look-ups, long chats, slow answers): what is not finished in time has used up a receive.
 */
export function batchSizeFor(requestsPerSecond: number, timeoutSeconds: number): number {
  return Math.max(
    1,
    Math.min(MAX_BATCH_SIZE, Math.floor((requestsPerSecond * timeoutSeconds) / 2 / REQUESTS_PER_CONVERSATION)),
  );
}
