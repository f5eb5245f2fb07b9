import { readFile } from 'node:fs/promises';

/** Milliseconds between two looks at the memory. */
const EVERY_MS = 1_000;

/**
 * Watches the memory of a process and of those that it started (Linux only). Memory that several share counts once, as
 * PSS counts it.
 */
export function watchMemory(pid: number): { peakMegabytes: () => number; stop: () => void } {
  let peak = 0;
  const look = async (): Promise<void> => {
    const sizes = await Promise.all((await treeOf(pid)).map(proportionalKilobytes));
    peak = Math.max(peak, sizes.reduce((sum, size) => sum + size, 0) / 1_024);
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  return { peakMegabytes: () => peak, stop: () => clearInterval(timer) };
}

async function treeOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(treeOf))).flat()];
}

/** A process that has ended counts as 0. */
async function proportionalKilobytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0);
}
