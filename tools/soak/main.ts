/** The long runs with faults: `npm run soak`. The exit code is 1 if a run broke a promise. */
import { runTool, temporaryAssembly } from '../harness/tool.ts';
import { readOptions, USAGE } from './options.ts';
import { runsOf } from './plan.ts';
import { type Result, resultTable } from './report.ts';
import { runSoak } from './run.ts';

await runTool(async (args) => {
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = readOptions(args);
  const assembly = await temporaryAssembly(options.requestsPerSecond);
  const print = (line: string): void => console.log(line);
  const results: Result[] = [];
  for (const run of runsOf(options)) {
    const result = await runSoak({ ...run, assembly, print });
    results.push(result);
    for (const violation of result.violations) print(`seed ${result.seed}: ${violation}`);
  }
  print(`\n${resultTable(results)}`);
  if (results.some(({ violations }) => violations.length > 0)) process.exitCode = 1;
});
