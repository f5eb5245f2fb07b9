import { expect, it } from '@jest/globals';
import { readOptions } from '../../../tools/soak/options.ts';
import { runsOf } from '../../../tools/soak/plan.ts';
import { resultTable } from '../../../tools/soak/report.ts';
import { runSoak } from '../../../tools/soak/run.ts';
import { sharedAssembly } from '../../support/assembly.ts';

it('keeps every promise for 80 conversations while one part after the other fails and a mapper is killed', async () => {
  const [run] = runsOf(readOptions(['--seed', '5', '--conversations', '80', '--kills', '1']));
  if (run === undefined) throw new Error('one seed makes one run');
  const result = await runSoak({ ...run, assembly: await sharedAssembly(200), print: () => undefined });

  expect(result.violations).toEqual([]);
  expect(result.verdict.accepted).toBe(80);
  expect(result.killed).toBeGreaterThan(0);
  expect(resultTable([result])).toContain('messages missing');
});
