import { expect, it } from '@jest/globals';
import { timePlans } from '../../../tools/bench/plans.ts';
import { caseFiles } from '../../../tools/cases/case.ts';

it('the benchmark times every case, the fastest first', async () => {
  let ticks = 0;
  const times = await timePlans({
    clock: () => {
      ticks += 1;
      return ticks;
    },
    runs: 2,
  });
  expect(times.map(({ milliseconds }) => milliseconds)).toEqual(caseFiles().map(() => 1));
});
