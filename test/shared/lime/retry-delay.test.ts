import { describe, expect, it } from '@jest/globals';
import { receivesFor } from '../../../infra/limits.ts';
import { seededRandom } from '../../../sandbox/control/random.ts';
import { backOff, delayAfter, OUTAGE_SECONDS, retryDelay } from '../../../shared/lime/retry.ts';

describe('the wait before the next try', () => {
  it('is the back-off where Lime asks for nothing', () => {
    for (const receives of [1, 5, 300]) {
      expect(retryDelay(receives, undefined, () => 0.5)).toBe(delayAfter(receives, () => 0.5));
    }
  });

  it('is what Lime asks for, the first times exactly and later at least', () => {
    expect([1, 2, 5].map((receives) => retryDelay(receives, 30, () => 0.9))).toEqual([30, 30, 30]);
    expect(retryDelay(40, 3_600, () => 0.9)).toBe(3_600);
  });

  it.each([1, 5, 30, 600])('spans three days of an outage that asks for %d s each time', (retryAfter) => {
    const receives = receivesFor(OUTAGE_SECONDS, backOff);
    const random = seededRandom(retryAfter);
    for (let record = 0; record < 1_000; record += 1) {
      let seconds = 0;
      for (let receive = 1; receive < receives; receive += 1) seconds += retryDelay(receive, retryAfter, random);
      expect(seconds).toBeGreaterThan(OUTAGE_SECONDS);
    }
  });
});
