import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readOptions } from '../../../tools/fuzz/options.ts';
import { violationsOf } from '../../../tools/fuzz/report.ts';
import { runFuzz } from '../../../tools/fuzz/run.ts';
import { sharedAssembly } from '../../support/assembly.ts';
import { type Run, startRun } from '../../support/run.ts';

let run: Run;
beforeAll(async () => {
  run = await startRun({ limeRequestsPerSecond: 200 });
});
afterAll(() => run.stop());

it.each([{ seed: 1 }, { seed: randomInt(2 ** 31) }])(
  'hostile calls over HTTP get statuses of the contract, and none hangs: seed $seed',
  async ({ seed }) => {
    const options = ['--runs', '120', '--seed', String(seed), '--concurrency', '4', '--url', run.endpoint];
    const { outcomes } = await runFuzz(readOptions(options), undefined);
    const replaced = run.logs().filter(({ message }) => message === 'a process ended and is replaced').length;

    // 120 calls are too few for a finding about memory.
    expect({ seed, violations: violationsOf({ outcomes, samples: [], replaced }) }).toEqual({ seed, violations: [] });
    expect(outcomes).toHaveLength(120);
    expect(new Set(outcomes.map(({ status }) => status)).size).toBeGreaterThan(5);
  },
);

it('a fuzz run starts the stack, samples the memory of intake and empties the queue', async () => {
  const options = readOptions(['--runs', '100', '--seed', '2', '--concurrency', '4']);
  const { outcomes, samples, replaced } = await runFuzz(options, await sharedAssembly(200));

  expect(violationsOf({ outcomes, samples: [], replaced })).toEqual([]);
  expect(samples.map(({ at }) => at)).toEqual([0, 1]);
  for (const { megabytes } of samples) expect(megabytes).toBeGreaterThan(10);
});
