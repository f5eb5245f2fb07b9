/** The long fault runs: `npm run soak`. Exit code 1 where a run broke a promise. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../local/synth.ts';
import { OptionsInvalid, readOptions, usage } from './options.ts';
import { runsOf } from './plan.ts';
import { type Result, tableOf } from './report.ts';
import { runSoak } from './run.ts';

async function soak(args: string[]): Promise<void> {
  const options = readOptions(args);
  const assembly = mkdtempSync(join(tmpdir(), 'userlike-lime-soak-'));
  const tell = (line: string): void => console.log(line);
  process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));
  tell('synthesizing the stack');
  await synthesize({
    output: assembly,
    limeRequestsPerSecond: options.requestsPerSecond,
    environment: process.env,
  });
  const results: Result[] = [];
  for (const run of runsOf(options)) {
    const result = await runSoak({ ...run, assembly, tell });
    results.push(result);
    for (const violation of result.violations) tell(`seed ${result.seed}: ${violation}`);
  }
  tell(`\n${tableOf(results)}`);
  if (results.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const args = process.argv.slice(2);
const running = args.includes('--help') ? Promise.resolve(console.log(usage)) : soak(args);
await running.catch((error: unknown) => {
  console.error(error instanceof OptionsInvalid ? error.message : error);
  process.exitCode = 1;
});
