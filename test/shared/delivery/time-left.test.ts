import { expect, it } from '@jest/globals';
import { failFastNearTimeout } from '../../../shared/delivery/time-left.ts';

it.each([
  { title: 'tried again where there is time', remaining: 60_000, calls: 3 },
  { title: 'not called again where the time ends', remaining: 20_000, calls: 1 },
])('a service that has failed is $title', async ({ remaining, calls }) => {
  const whilePatient = failFastNearTimeout(() => remaining);
  let called = 0;
  const call = async () => {
    called += 1;
    throw new Error('timed out');
  };
  for (let turn = 0; turn < 3; turn += 1) await expect(whilePatient(call)).rejects.toThrow();
  expect(called).toBe(calls);
});
