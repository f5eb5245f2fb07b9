/** Hostile calls to the whole intake over HTTP: `npm run fuzz`. Exit code 1 where an answer broke the contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgress } from '../../cli/progress.ts';
import { synthesize } from '../local/synth.ts';
import { OptionsInvalid, readOptions } from './options.ts';
import { reportOf, violationsOf } from './report.ts';
import { runFuzz } from './run.ts';

/** So few that the mapper hardly works: what is tried here is intake. */
const LIME_REQUESTS_PER_SECOND = 2;

/** Violations that are told one by one. */
const TOLD = 20;

async function fuzz(args: string[]): Promise<void> {
  const options = readOptions(args);
  const assembly = mkdtempSync(join(tmpdir(), 'userlike-lime-fuzz-'));
  process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));
  console.log(`${options.runs} calls of seed ${options.seed}, ${options.concurrency} at once`);
  if (options.url === undefined) {
    console.log('synthesizing the stack');
    await synthesize({ output: assembly, limeRequestsPerSecond: LIME_REQUESTS_PER_SECOND, environment: process.env });
  }
  const progress = createProgress(process.stderr);
  const result = await runFuzz(options, assembly, progress.show);
  progress.clear();
  console.log(`\n${reportOf(result)}\n`);
  const violations = violationsOf(result);
  for (const violation of violations.slice(0, TOLD)) console.log(violation);
  console.log(`${violations.length} violations, seed ${options.seed}`);
  if (violations.length > 0) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
await fuzz(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof OptionsInvalid ? error.message : error);
  process.exitCode = 1;
});
