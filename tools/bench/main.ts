/** The benchmark: `npm run bench`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../local/synth.ts';
import { OptionsInvalid, readOptions } from './options.ts';
import { timePlans } from './plans.ts';
import { reportOf } from './report.ts';
import { runBench } from './run.ts';

async function bench(args: string[]): Promise<void> {
  const { conversations, 'requests-per-second': requestsPerSecond, latency: latencyMs } = readOptions(args);
  const assembly = mkdtempSync(join(tmpdir(), 'userlike-lime-bench-'));
  const tell = (line: string): void => console.log(line);
  process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));
  tell('synthesizing the stack');
  await synthesize({ output: assembly, limeRequestsPerSecond: requestsPerSecond, environment: process.env });
  const measured = await runBench({ assembly, conversations, latencyMs, tell });
  tell(`\n${conversations} conversations, ${requestsPerSecond} requests a second, Lime answers in ${latencyMs} ms\n`);
  tell(reportOf(measured, { conversations, requestsPerSecond }));
  const times = await timePlans();
  const [median, slowest] = [times[Math.floor(times.length / 2)], times.at(-1)];
  tell(
    `\nmapping the ${times.length} cases of test/cases: median ${median?.milliseconds.toFixed(2)} ms,` +
      ` slowest ${slowest?.milliseconds.toFixed(2)} ms (${slowest?.title})`,
  );
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
await bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof OptionsInvalid ? error.message : error);
  process.exitCode = 1;
});
