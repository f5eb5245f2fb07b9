import { expect, it } from '@jest/globals';
import { timePlans } from '../../../tools/bench/plans.ts';
import { caseFiles } from '../../../tools/cases/case.ts';

it('every case is timed, the fastest first', async () => {
  let ticks = 0;
  const times = await timePlans(() => {
    ticks += 1;
    return ticks;
  });
  expect(times.map(({ milliseconds }) => milliseconds)).toEqual(caseFiles().map(() => 1));
});
