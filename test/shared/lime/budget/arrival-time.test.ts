import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LAPSE_MS, reserve, type Slice, sliceSize, takeNext } from '../../../../shared/lime/budget/arrival-time.ts';

const now = 1_700_000_000_000;
const perSecond = 10;

describe('a reservation', () => {
  it('moves the arrival time on by its requests', () => {
    const reserved = reserve(now, { lane: 'bulk', count: 3, perSecond, now });
    expect(reserved).toEqual({ slice: { firstDue: now, count: 3, intervalMs: 100 }, arrivalTime: now + 300 });
  });

  it.each([
    { lane: 'bulk', savedMs: 250 },
    { lane: 'interactive', savedMs: 0 },
  ] as const)('of the lane $lane begins in $savedMs ms of idle time, also in a new budget', ({ lane, savedMs }) => {
    for (const arrivalTime of [undefined, now - 60_000]) {
      const reserved = reserve(arrivalTime, { lane, count: 1, perSecond, now });
      expect(reserved).toMatchObject({ slice: { firstDue: now - savedMs } });
    }
  });

  it('of bulk waits until something is due', () => {
    expect(reserve(now + 1, { lane: 'bulk', count: 3, perSecond, now })).toEqual({ waitMs: 1 });
  });

  it('of the interactive lane may begin a minute ahead, and no later', () => {
    const options = { lane: 'interactive', count: 3, perSecond, now } as const;
    expect(reserve(now + 60_000, options)).toMatchObject({ slice: { firstDue: now + 60_000 } });
    expect(reserve(now + 60_001, options)).toEqual({ waitMs: 1 });
  });

  it.each(['interactive', 'bulk'] as const)(
    'of the lane %s does not wait for a time that only a wrong clock has set',
    (lane) => {
      const reserved = reserve(now + 24 * 3_600_000, { lane, count: 3, perSecond, now });
      expect(reserved).toMatchObject({ slice: { firstDue: now }, arrivalTime: now + 300 });
    },
  );
});

describe('a slice', () => {
  const slice: Slice = { firstDue: now, count: 3, intervalMs: 100 };

  it('lets a bulk request go when it is due, and an interactive one half a second earlier', () => {
    expect(takeNext(slice, 'bulk', now - 600)?.waitMs).toBe(600);
    expect(takeNext(slice, 'interactive', now - 600)?.waitMs).toBe(100);
  });

  it('loses the requests that are more than half a second late', () => {
    expect(takeNext(slice, 'bulk', now + 601)).toEqual({
      waitMs: 0,
      rest: { ...slice, firstDue: now + 300, count: 0 },
    });
    expect(takeNext(slice, 'bulk', now + 701)).toBeUndefined();
  });

  it('has no request beyond its count, and none before or after its time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400), { minLength: 1, maxLength: 50 }),
        fc.nat(10),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (gaps, count, intervalMs) => {
          let left: Slice = { firstDue: now, count, intervalMs };
          let at = now - 500;
          let taken = 0;
          for (const gap of gaps) {
            at += gap;
            const next = takeNext(left, 'bulk', at);
            if (next === undefined || next.waitMs > 0) continue;
            const due = next.rest.firstDue - intervalMs;
            expect(at - due).toBeGreaterThanOrEqual(-0.001);
            expect(at - due).toBeLessThanOrEqual(LAPSE_MS + 0.001);
            left = next.rest;
            taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(count);
        },
      ),
    );
  });

  it.each([
    { title: 'all that wait in bulk', lane: 'bulk', waiting: 4, rate: 9, size: 4 },
    { title: '780 ms of the budget at most in bulk', lane: 'bulk', waiting: 40, rate: 9, size: 7 },
    { title: 'one at least in bulk', lane: 'bulk', waiting: 40, rate: 1, size: 1 },
    { title: 'four in the interactive lane', lane: 'interactive', waiting: 1, rate: 1, size: 4 },
    { title: 'more in the interactive lane where more wait', lane: 'interactive', waiting: 5, rate: 9, size: 5 },
  ] as const)('has $title', ({ lane, waiting, rate, size }) => {
    expect(sliceSize(lane, waiting, rate)).toBe(size);
  });
});
