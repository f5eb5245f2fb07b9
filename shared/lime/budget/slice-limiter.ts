import type { Lane } from '../../queue/lane.ts';
import { noTimeLeft } from '../lime.ts';
import { LAPSE_MS, type Slice, sliceSize, takeNext, toleranceMs } from './arrival-time.ts';
import type { Reserve } from './budget.ts';

/**
 * The longest sleep. A slice may be due a minute ahead. Meanwhile requests come that have less time, and a frozen
 * container's timers stand still.
 */
const LONGEST_SLEEP_MS = 500;

type Waiter = { deadline: number; start: () => void; refuse: (error: Error) => void };

/**
 * Lets the requests of one lane start in the order in which they come, each by a request that was reserved for it.
 * Throws LimeError for a request that cannot start in time, as soon as that is known.
 */
export function createSliceLimiter(options: {
  lane: Lane;
  reserve: Reserve;
  perSecond: number;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
}): (maxWaitMs: number) => Promise<void> {
  const { lane, reserve, perSecond, now, sleep } = options;
  const savedMs = LAPSE_MS + toleranceMs[lane];
  let waiters: Waiter[] = [];
  let slice: Slice | undefined;
  let isServing = false;

  async function serve(): Promise<void> {
    for (let head = waiters[0]; head !== undefined; head = waiters[0]) {
      const next = slice && takeNext(slice, lane, now());
      if (next?.waitMs === 0) {
        slice = next.rest;
        waiters.shift();
        head.start();
      } else {
        const waitMs = next?.waitMs ?? (await refill());
        refuseUntil(now() + waitMs);
        if (waitMs > 0 && waiters.length > 0) await sleep(Math.min(waitMs, LONGEST_SLEEP_MS));
      }
    }
    // In the same step as the last look for a waiter. One that comes later starts to serve again.
    isServing = false;
  }

  /** Reserves the next slice. Returns the time to wait before the next try. */
  async function refill(): Promise<number> {
    slice = undefined;
    const reservation = await reserve(lane, sliceSize(lane, waiters.length, perSecond));
    if ('waitMs' in reservation) return reservation.waitMs;
    slice = reservation.slice;
    return 0;
  }

  /** Refuses the requests that cannot start before this time. */
  function refuseUntil(start: number): void {
    const late = waiters.filter(({ deadline }) => deadline < start);
    if (late.length === 0) return;
    waiters = waiters.filter(({ deadline }) => deadline >= start);
    for (const { refuse } of late) refuse(noTimeLeft());
  }

  return async (maxWaitMs) => {
    // Even if this mapper had the whole budget, the request would start too late.
    if ((waiters.length * 1_000) / perSecond - savedMs > maxWaitMs || maxWaitMs < 0) throw noTimeLeft();
    const started = new Promise<void>((start, refuse) => {
      waiters.push({ deadline: now() + maxWaitMs, start, refuse });
    });
    if (!isServing) {
      isServing = true;
      void serve();
    }
    return started;
  };
}
