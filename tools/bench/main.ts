/** The benchmark: `npm run bench`. */
import { runTool, temporaryAssembly } from '../harness/tool.ts';
import { readOptions } from './options.ts';
import { timePlans } from './plans.ts';
import { reportOf } from './report.ts';
import { runBench } from './run.ts';

await runTool(async (args) => {
  const { conversations, requestsPerSecond, latency: latencyMs } = readOptions(args);
  const assembly = await temporaryAssembly(requestsPerSecond);
  const print = (line: string): void => console.log(line);
  const measured = await runBench({ assembly, conversations, latencyMs, print });
  print(`\n${conversations} conversations, ${requestsPerSecond} requests a second, Lime answers in ${latencyMs} ms\n`);
  print(reportOf(measured, { conversations, requestsPerSecond }));
  const times = await timePlans();
  const [median, slowest] = [times[Math.floor(times.length / 2)], times.at(-1)];
  print(
    `\nmapping the ${times.length} cases of test/cases: median ${median?.milliseconds.toFixed(2)} ms,` +
      ` slowest ${slowest?.milliseconds.toFixed(2)} ms (${slowest?.title})`,
  );
});
