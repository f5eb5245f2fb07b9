import { describe, expect, it } from '@jest/globals';
import { type Reservation, reserve } from '../../../../shared/lime/budget/arrival-time.ts';
import { createSliceLimiter } from '../../../../shared/lime/budget/slice-limiter.ts';
import { createVirtualTime } from '../../../support/virtual-time.ts';

const perSecond = 10;
const LONG_MS = 60_000;

/** A limiter of bulk alone, with the times at which requests started or were refused. */
function aLimiter(reservation?: (at: { now: number }) => Promise<Reservation>) {
  const time = createVirtualTime();
  const start = time.now();
  let arrivalTime = start;
  let afterSleep: ((slept: Promise<void>) => void) | undefined;
  const limiter = createSliceLimiter({
    lane: 'bulk',
    perSecond,
    now: time.now,
    sleep: (milliseconds) => {
      const slept = time.sleep(milliseconds);
      afterSleep?.(slept);
      afterSleep = undefined;
      return slept;
    },
    reserve: async (lane, count) => {
      if (reservation !== undefined) return reservation({ now: time.now() });
      const reserved = reserve(arrivalTime, { lane, count, perSecond, now: time.now() });
      if ('slice' in reserved) arrivalTime = reserved.arrivalTime;
      return reserved;
    },
  });
  const ended: Record<string, string> = {};
  const since = () => Math.round(time.now() - start);
  const ask = (name: string, maxWaitMs: number): void => {
    limiter(maxWaitMs).then(
      () => {
        ended[name] = `started after ${since()} ms`;
      },
      (error: unknown) => {
        ended[name] = `${error instanceof Error ? error.message : ''} after ${since()} ms`;
      },
    );
  };
  /** Does something so many microtasks after the next sleep. */
  const afterNextSleep = (steps: number, work: () => void): void => {
    afterSleep = (slept) => {
      let then = slept;
      for (let step = 0; step < steps; step += 1) then = then.then(() => undefined);
      void then.then(work);
    };
  };
  return { ask, afterNextSleep, ended, runFor: (milliseconds: number) => time.runUntil(time.now() + milliseconds) };
}

const REFUSED = 'there is no time left for a request to Lime';

describe('a request', () => {
  it('starts in its order and when it is due', async () => {
    const { ask, ended, runFor } = aLimiter();
    for (const name of ['first', 'second', 'third']) ask(name, LONG_MS);
    await runFor(1_000);
    expect(ended).toEqual({
      first: 'started after 0 ms',
      second: 'started after 100 ms',
      third: 'started after 200 ms',
    });
  });

  it.each(Array.from({ length: 8 }, (_, steps) => ({ steps })))(
    'starts, though it comes $steps steps of the event loop after the sleep before the last one',
    async ({ steps }) => {
      const { ask, afterNextSleep, ended, runFor } = aLimiter();
      ask('first', LONG_MS);
      ask('last', LONG_MS);
      afterNextSleep(steps, () => ask('later', LONG_MS));
      await runFor(1_000);
      expect(ended).toEqual({
        first: 'started after 0 ms',
        last: 'started after 100 ms',
        later: 'started after 200 ms',
      });
    },
  );

  it('is refused in its time, though an earlier one still waits for a slice far ahead', async () => {
    const { ask, ended, runFor } = aLimiter(async ({ now }) => ({
      slice: { firstDue: now + 40_000, count: 2, intervalMs: 100 },
      arrivalTime: now + 40_200,
    }));
    ask('patient', LONG_MS);
    await runFor(1);
    ask('hurried', 5_000);
    await runFor(1_000);
    expect(ended).toEqual({ hurried: `${REFUSED} after 500 ms` });
  });

  it('is refused at once where even the whole budget would be too slow, and keeps no place', async () => {
    const { ask, ended, runFor } = aLimiter();
    for (let request = 0; request < 20; request += 1) ask(String(request), LONG_MS);
    ask('hurried', 1_000);
    await runFor(0);
    expect(ended.hurried).toBe(`${REFUSED} after 0 ms`);
    ask('next', LONG_MS);
    await runFor(5_000);
    expect(ended.next).toBe('started after 2000 ms');
  });

  it('is refused when it is known to be due too late, and leaves its reserved time to the next', async () => {
    const { ask, ended, runFor } = aLimiter();
    ask('first', LONG_MS);
    ask('hurried', 50);
    ask('third', LONG_MS);
    await runFor(1_000);
    expect(ended).toEqual({
      first: 'started after 0 ms',
      hurried: `${REFUSED} after 0 ms`,
      third: 'started after 100 ms',
    });
  });

  it('is refused when its time does not last until the next try', async () => {
    const { ask, ended, runFor } = aLimiter(async () => ({ waitMs: 400 }));
    ask('hurried', 1_000);
    ask('patient', LONG_MS);
    await runFor(2_000);
    expect(ended).toEqual({ hurried: `${REFUSED} after 800 ms` });
  });

  it('is refused without any time', async () => {
    const { ask, ended, runFor } = aLimiter();
    ask('late', -1);
    await runFor(0);
    expect(ended.late).toBe(`${REFUSED} after 0 ms`);
  });

  it('is served after a pause as before', async () => {
    const { ask, ended, runFor } = aLimiter();
    ask('first', LONG_MS);
    await runFor(60_000);
    ask('second', LONG_MS);
    await runFor(0);
    expect(ended.second).toBe('started after 60000 ms');
  });
});
