/** The benchmark: `npm run bench`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../local/synth.ts';
import { OptionsInvalid, readOptions } from './options.ts';
import { reportOf } from './report.ts';
import { runBench } from './run.ts';

const bench = async (args: string[]): Promise<void> => {
  const { conversations, 'requests-per-second': requestsPerSecond, latency: latencyMs } = readOptions(args);
  const assembly = await mkdtemp(join(tmpdir(), 'userlike-lime-bench-'));
  const tell = (line: string): void => console.log(line);
  try {
    tell('synthesizing the stack');
    await synthesize({ output: assembly, limeRequestsPerSecond: requestsPerSecond, environment: process.env });
    const measured = await runBench({ assembly, conversations, latencyMs, tell });
    tell(`\n${conversations} conversations, ${requestsPerSecond} requests a second, Lime answers in ${latencyMs} ms\n`);
    tell(reportOf(measured, { conversations, requestsPerSecond }));
  } finally {
    await rm(assembly, { recursive: true, force: true });
  }
};

await bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof OptionsInvalid ? error.message : error);
  process.exitCode = 1;
});
