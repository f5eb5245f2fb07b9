import { readFile } from 'node:fs/promises';

/** Resident memory of processes in MB, their sum at this share (0 to 1) of the calls. */
export type Sample = { at: number; megabytes: number };

/** Largest median of the last quarter in relation to the second quarter's: the first one fills caches and heap. */
const MOST_GROWTH = 1.25;

/** What processes hold in memory, in MB; one that has ended holds nothing. */
export async function residentMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = pids.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** How the memory grew after the first quarter; undefined where it stayed flat, or too little is known. */
export function growthOf(samples: readonly Sample[]): string | undefined {
  const [before, after] = [medianBetween(samples, 0.25, 0.5), medianBetween(samples, 0.75, 1)];
  if (before === 0 || after <= MOST_GROWTH * before) return undefined;
  return `memory grew from ${before.toFixed(0)} MB (median of the second quarter) to ${after.toFixed(0)} MB (of the last)`;
}

function medianBetween(samples: readonly Sample[], from: number, to: number): number {
  const within = samples.filter(({ at }) => at >= from && at <= to).map(({ megabytes }) => megabytes);
  return within.toSorted((one, other) => one - other)[Math.floor(within.length / 2)] ?? 0;
}

/** The sample that was taken next to each of these shares. */
export function samplesAt(samples: readonly Sample[], shares: readonly number[]): Sample[] {
  return shares.flatMap((share) =>
    samples.toSorted((one, other) => Math.abs(one.at - share) - Math.abs(other.at - share)).slice(0, 1),
  );
}
