import type { Lane } from '../../queue/lane.ts';

/**
 * The generic cell rate algorithm (GCRA) for several senders. One number, the arrival time, is when the next request
 * that nobody has reserved is due. A sender reserves a slice of requests by moving it on.
 */

/** Reserved requests: `count` of them, the first due at `firstDue` (milliseconds), the others evenly after it. */
export type Slice = { firstDue: number; count: number; intervalMs: number };

/** A slice and the arrival time after it, or the time until one may be reserved. */
export type Reservation = { slice: Slice; arrivalTime: number } | { waitMs: number };

/**
 * A request that is later than this is given up, so that the slices of slow and dead senders do not pile up into a
 * burst.
 */
export const LAPSE_MS = 500;

/**
 * Idle time that a slice may begin in. Shorter than `LAPSE_MS`, so that its first request does not lapse while the
 * reservation is written. Interactive requests follow one another slowly, and the later ones would lapse.
 */
const savedMs = { interactive: 0, bulk: 250 } as const satisfies Record<Lane, number>;

/** How early a request may be sent. Interactive requests pass the slice that a bulk send has just reserved. */
export const toleranceMs = { interactive: 500, bulk: 0 } as const satisfies Record<Lane, number>;

/**
 * How far ahead a slice may begin. Bulk takes only what is due and leaves the future to interactive requests. Those
 * wait for their turn in the order in which they came.
 */
const horizonMs = { interactive: 60_000, bulk: 0 } as const satisfies Record<Lane, number>;

/**
 * No mapper with a right clock reserves so far ahead. A later arrival time comes from a wrong one, and nobody waits for
 * it.
 */
const MOST_AHEAD_MS = 600_000;

/** Time of the budget that a bulk slice covers. An interactive request may have to wait for one slice. */
const BULK_SLICE_MS = 780;

/** A single conversation costs four requests: look up its person and its coworker, create its limeobject and its note. */
const INTERACTIVE_SLICE = 4;

/** Requests that a sender reserves at once while so many wait. */
export function sliceSize(lane: Lane, waiting: number, perSecond: number): number {
  const most = Math.max(1, Math.floor((BULK_SLICE_MS * perSecond) / 1_000));
  const wanted = Math.min(waiting, most);
  return lane === 'interactive' ? Math.max(INTERACTIVE_SLICE, wanted) : Math.max(1, wanted);
}

/** Reserves a slice, given the arrival time of the budget. Undefined if nothing has been reserved yet. */
export function reserve(
  arrivalTime: number | undefined,
  { lane, count, perSecond, now }: { lane: Lane; count: number; perSecond: number; now: number },
): Reservation {
  const isWrong = arrivalTime !== undefined && arrivalTime > now + MOST_AHEAD_MS;
  const firstDue = Math.max(isWrong ? now : (arrivalTime ?? 0), now - savedMs[lane]);
  const waitMs = firstDue - now - horizonMs[lane];
  if (waitMs > 0) return { waitMs };
  const intervalMs = 1_000 / perSecond;
  return { slice: { firstDue, count, intervalMs }, arrivalTime: firstDue + count * intervalMs };
}

/** The next request of a slice: the time until it may be sent, and the slice after it. Undefined if none is left. */
export function takeNext(
  { firstDue, count, intervalMs }: Slice,
  lane: Lane,
  now: number,
): { waitMs: number; rest: Slice } | undefined {
  const lapsed = Math.max(0, Math.ceil((now - LAPSE_MS - firstDue) / intervalMs));
  if (lapsed >= count) return undefined;
  const due = firstDue + lapsed * intervalMs;
  return {
    waitMs: Math.max(0, due - toleranceMs[lane] - now),
    rest: { firstDue: due + intervalMs, count: count - lapsed - 1, intervalMs },
  };
}

/** The most requests that all senders together send within so many milliseconds. */
export function mostRequestsIn(milliseconds: number, perSecond: number): number {
  const extraMs = LAPSE_MS + Math.max(...Object.values(toleranceMs));
  return Math.floor(((milliseconds + extraMs) * perSecond) / 1_000) + 1;
}
