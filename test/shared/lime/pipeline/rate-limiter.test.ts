import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Bucket, createRateLimiter, takeToken } from '../../../../shared/lime/pipeline/rate-limiter.ts';

/** Times at which requests that come at `arrivals` may start. */
function startsOf(arrivals: readonly number[], rate: { perSecond: number; burst: number }): number[] {
  let bucket: Bucket = { free: arrivals[0] ?? 0 };
  return arrivals.map((now) => {
    const taken = takeToken(bucket, now, rate);
    bucket = taken.bucket;
    return now + taken.wait;
  });
}

const anyRate = fc.record({
  perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
  burst: fc.double({ min: 1, max: 20, noNaN: true }),
});

const anyArrivals = fc
  .array(fc.oneof(fc.constant(0), fc.nat(50), fc.nat(5_000)), { minLength: 1, maxLength: 60 })
  .map((gaps) => {
    let now = 0;
    return gaps.map((gap) => {
      now += gap;
      return now;
    });
  });

describe('the bucket', () => {
  it('lets no more than burst + rate × t requests start in any t seconds', () => {
    fc.assert(
      fc.property(anyArrivals, anyRate, (arrivals, rate) => {
        const starts = startsOf(arrivals, rate);
        starts.forEach((from, first) => {
          starts.slice(first).forEach((to, behind) => {
            const allowed = rate.burst + (rate.perSecond * (to - from)) / 1_000;
            expect(behind + 1).toBeLessThanOrEqual(allowed + 1e-6);
          });
        });
      }),
    );
  });

  it('delays no request longer than a bucket that fills steadily would', () => {
    fc.assert(
      fc.property(anyArrivals, anyRate, (arrivals, rate) => {
        const starts = startsOf(arrivals, rate);
        let tokens = 1;
        let at = arrivals[0] ?? 0;
        arrivals.forEach((arrival, index) => {
          const earliest = Math.max(arrival, at);
          tokens = Math.min(rate.burst, tokens + ((earliest - at) * rate.perSecond) / 1_000);
          const wait = Math.max(0, ((1 - tokens) * 1_000) / rate.perSecond);
          at = earliest + wait;
          tokens = Math.max(0, tokens + (wait * rate.perSecond) / 1_000 - 1);
          expect(starts[index]).toBeCloseTo(at, 3);
        });
      }),
    );
  });

  it('lets requests start in the order in which they came', () => {
    fc.assert(
      fc.property(anyArrivals, anyRate, (arrivals, rate) => {
        const starts = startsOf(arrivals, rate);
        expect(starts).toEqual(starts.toSorted((one, other) => one - other));
      }),
    );
  });
});

describe('a rate limiter', () => {
  const aRateLimiter = (perSecond: number) => {
    const clock = { now: 1_000_000 };
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    return { clock, waits, rateLimiter: createRateLimiter({ perSecond, now: () => clock.now, sleep }) };
  };

  it('lets a new mapper send one at once and the rest evenly, without a burst', async () => {
    const { rateLimiter, waits } = aRateLimiter(4);
    await Promise.all([rateLimiter(), rateLimiter(), rateLimiter()]);
    expect(waits).toEqual([250, 500]);
  });

  it('lets a second of the budget be sent at once after a pause, and no more', async () => {
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
    await expect(rateLimiter(999)).rejects.toMatchObject({ name: 'LimeError', failure: 'unavailable' });
    await rateLimiter(1_000);
    expect(waits).toEqual([1_000]);
  });
});

it('a container that comes back after others has no burst from the time between', async () => {
  const clock = { now: 0, since: 0 };
  const waits: number[] = [];
  const rateLimiter = createRateLimiter({
    perSecond: 4,
    now: () => clock.now,
    since: () => clock.since,
    sleep: async (milliseconds) => void waits.push(milliseconds),
  });
  await rateLimiter();
  clock.now = 60_000;
  clock.since = 60_000;
  for (let request = 0; request < 3; request += 1) await rateLimiter();
  expect(waits).toEqual([250, 500]);
});
