import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { batchSizeFor, mappersAtOnce, receivesFor, shareOf } from '../../infra/limits.ts';
import { backOff, delayAfter, OUTAGE_SECONDS } from '../../shared/lime/retry.ts';

/** Seconds that the tries of one record span with the delays that the mapper draws. */
function spanOf(receives: number, random: () => number): number {
  let seconds = 0;
  for (let receive = 1; receive < receives; receive++) seconds += delayAfter(receive, random);
  return seconds;
}

/** A generator of its own (mulberry32), so that the test draws the same numbers every time. */
function seeded(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('receives', () => {
  const receives = receivesFor(OUTAGE_SECONDS, backOff);

  it('carry every one of 1,000 records with random delays over three days of outage', () => {
    const random = seeded(108905);
    const spans = Array.from({ length: 1_000 }, () => spanOf(receives, random));

    expect(Math.min(...spans)).toBeGreaterThanOrEqual(OUTAGE_SECONDS);
  });

  it('are not wasted: a fifth fewer would lose a record within three days', () => {
    expect(spanOf(Math.floor(receives * 0.8), () => 0.5)).toBeLessThan(OUTAGE_SECONDS);
  });

  it('never shrink when the outage grows', () => {
    const outage = fc.integer({ min: 0, max: 7 * 24 * 60 * 60 });
    fc.assert(
      fc.property(outage, outage, (one, other) => {
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
        expect(receivesFor(shorter, backOff)).toBeLessThanOrEqual(receivesFor(longer, backOff));
      }),
    );
  });

  it('are refused for an outage that would need more than SQS allows', () => {
    expect(() => receivesFor(30 * 24 * 60 * 60, backOff)).toThrow(/more than the 1000 receives/);
  });
});

describe('a batch', () => {
  it.each([
    { title: 'the share of the default budget', share: shareOf(9, mappersAtOnce.bulk), seconds: 60, size: 40 },
    { title: 'a share that delivers 30 requests in the time', share: 0.5, seconds: 60, size: 7 },
    { title: 'a share of hardly anything', share: 0.001, seconds: 60, size: 1 },
  ])('has $size records for $title', ({ share, seconds, size }) => {
    expect(batchSizeFor(share, seconds)).toBe(size);
  });
});
