import { expect, it } from '@jest/globals';
import { createTokenBucket } from '../../shared/token-bucket.ts';

it('A token bucket empties, refills with time up to its burst, and takes tokens back.', () => {
  const clock = { now: 0 };
  const bucket = createTokenBucket({ perSecond: 2, burst: 3, now: () => clock.now });
  const takeAll = () => Array.from({ length: 10 }, bucket.take).filter(Boolean).length;
  expect(takeAll()).toBe(3);
  clock.now = 400;
  expect(takeAll()).toBe(0);
  clock.now = 1_000;
  expect(takeAll()).toBe(2);
  clock.now = 60_000;
  expect(takeAll()).toBe(3);
  bucket.refund();
  expect(takeAll()).toBe(1);
});
