/** Sends hostile calls to the whole intake over HTTP: `npm run fuzz`. The exit code is 1 if a response broke the contract. */
import { createProgress } from '../../cli/progress.ts';
import { runTool, temporaryAssembly } from '../harness/tool.ts';
import { readOptions } from './options.ts';
import { failedCalls, reportOf, violationsOf } from './report.ts';
import { runFuzz } from './run.ts';

/** So low that the mapper hardly works, because intake is under test. */
const LIME_REQUESTS_PER_SECOND = 2;

/** The most violations that are printed. */
const MOST_PRINTED = 20;

await runTool(async (args) => {
  const options = readOptions(args);
  const { runs, seed, call, concurrency, url } = options;
  console.log(
    call === undefined ? `${runs} calls of seed ${seed}, ${concurrency} at once` : `call ${call} of seed ${seed}`,
  );
  const assembly = url === undefined ? await temporaryAssembly(LIME_REQUESTS_PER_SECOND) : undefined;
  const progress = createProgress(process.stderr);
  const result = await runFuzz(options, assembly, progress.show);
  progress.clear();
  console.log(`\n${reportOf(result)}\n`);
  const violations = violationsOf(result);
  for (const violation of violations.slice(0, MOST_PRINTED)) console.log(violation);
  for (const failed of failedCalls(result, options).slice(0, MOST_PRINTED)) console.log(`\n${failed}`);
  console.log(`${violations.length} violations, seed ${seed}`);
  if (violations.length > 0) process.exitCode = 1;
});
