/** The benchmark: `npm run bench`. */
import { cpus, totalmem } from 'node:os';
import { runTool, temporaryAssembly } from '../harness/tool.ts';
import { functionNames, measureBundle } from '../sizes/bundles.ts';
import { type Costs, costsOf } from './cost/costs.ts';
import { type Part, readOptions } from './options.ts';
import { type Report, writePage } from './page/page.ts';
import { measureImports } from './parts/imports.ts';
import { type Latency, measureLatency } from './parts/latency.ts';
import { measureWork } from './parts/work.ts';
import { type Measured, REQUESTS_PER_SECOND, tableOf } from './rows.ts';

/** More than the functions can send, so that they never wait. */
const UNLIMITED_PER_SECOND = 5_000;

await runTool(async (args) => {
  const { only, bulk, singles, rounds, json, write } = readOptions(args);
  const print = (line: string): void => console.error(line);
  const wants = (part: Part): boolean => only.includes(part);

  const sizes = wants('sizes') ? await measureSizes() : {};
  const imports = wants('imports') ? await measureImports(print) : {};
  const work = wants('work')
    ? await measureWork({ assembly: await temporaryAssembly(UNLIMITED_PER_SECOND), rounds, print })
    : undefined;
  const latency = wants('latency')
    ? await measureLatency({ assembly: await temporaryAssembly(REQUESTS_PER_SECOND), bulk, singles, print })
    : undefined;

  const costs = work && latency && costsOf(work, latency);
  const peaks = [work, latency].flatMap((part) => part?.measured.peakMegabytes ?? []);
  const measured: Measured = {
    ...sizes,
    ...imports,
    ...work?.measured,
    ...latency?.measured,
    ...dollarsIn(costs),
    ...(peaks.length > 0 && { peakMegabytes: Math.max(...peaks) }),
  };
  console.log(
    json
      ? JSON.stringify({ machine: machine(), measured, costs, singles: secondsOf(latency) }, undefined, 2)
      : tableOf(measured),
  );
  if (write && latency && costs) {
    const report: Report = { machine: machine(), day: new Date(), measured, latency, costs, bulk, rounds };
    writePage(report);
    print('wrote docs/performance.md');
  }
});

async function measureSizes(): Promise<Measured> {
  const [intake, mapper, link] = await Promise.all(functionNames.map(measureBundle));
  const kilobytes = (bundle: typeof intake): number => (bundle?.bytes ?? 0) / 1_000;
  return { sizeOfIntake: kilobytes(intake), sizeOfMapper: kilobytes(mapper), sizeOfLink: kilobytes(link) };
}

function dollarsIn(costs: Costs | undefined): Measured {
  return costs === undefined ? {} : { dollarsInBulk: costs.bulk.dollars, dollarsAlone: costs.alone.dollars };
}

/** Seconds of each single. */
function secondsOf(latency: Latency | undefined) {
  return latency && { alone: latency.alone, besideBulk: latency.besideBulk };
}

function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 1_024 ** 3);
  return `${cpus().length} × ${first?.model.trim() || process.arch}, ${gigabytes} GB, Node ${process.versions.node}`;
}
