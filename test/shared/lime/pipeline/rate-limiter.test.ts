import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRateLimiter } from '../../../../shared/lime/pipeline/rate-limiter.ts';
import { createVirtualTime } from '../../../support/virtual-time.ts';

function aRateLimiter(perSecond: number) {
  const clock = { now: 1_000_000 };
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => void waits.push(milliseconds);
  return { clock, waits, rateLimiter: createRateLimiter({ perSecond, now: () => clock.now, sleep }) };
}

describe('a rate limiter', () => {
  it('lets a new process send one at once and the rest evenly, without a burst', async () => {
    const { rateLimiter, waits } = aRateLimiter(4);
    await Promise.all([rateLimiter(), rateLimiter(), rateLimiter()]);
    expect(waits).toEqual([250, 500]);
  });

  it('lets a second of its rate be sent at once after a pause, and no more', async () => {
    const { rateLimiter, waits, clock } = aRateLimiter(4);
    clock.now += 60_000;
    await Promise.all(Array.from({ length: 6 }, () => rateLimiter()));
    expect(waits).toEqual([250, 500]);
  });

  it('goes below one request a second', async () => {
    const { rateLimiter, waits } = aRateLimiter(0.5);
    await Promise.all([rateLimiter(), rateLimiter()]);
    expect(waits).toEqual([2_000]);
  });

  it('refuses at once a request whose turn would come too late, and keeps its place for others', async () => {
    const { rateLimiter, waits } = aRateLimiter(1);
    await rateLimiter();
    await expect(rateLimiter({ maxWaitMs: 999 })).rejects.toMatchObject({ name: 'LimeError', failure: 'unavailable' });
    await rateLimiter({ maxWaitMs: 1_000 });
    expect(waits).toEqual([1_000]);
  });

  it('lets requests start in their order, and no more than a second of its rate beside the rate', async () => {
    const anyGaps = fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(5_000)), { minLength: 1, maxLength: 60 });
    const anyRate = fc.double({ min: 1, max: 50, noNaN: true });
    await fc.assert(
      fc.asyncProperty(anyGaps, anyRate, async (gaps, perSecond) => {
        const time = createVirtualTime();
        const rateLimiter = createRateLimiter({ perSecond, ...time });
        const starts: { request: number; at: number }[] = [];
        let arrival = time.now();
        for (const [request, gap] of gaps.entries()) {
          arrival += gap;
          await time.runUntil(arrival);
          void rateLimiter().then(() => starts.push({ request, at: time.now() }));
        }
        await time.runUntil(arrival + 100_000);
        expect(starts.map(({ request }) => request)).toEqual([...gaps.keys()]);
        starts.forEach(({ at: from }, first) => {
          starts.slice(first).forEach(({ at: to }, behind) => {
            expect(behind + 1).toBeLessThanOrEqual(perSecond + (perSecond * (to - from)) / 1_000 + 1e-3);
          });
        });
      }),
    );
  });
});
