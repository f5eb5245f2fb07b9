import { readdir, readFile } from 'node:fs/promises';

export type Process = { pid: number; environment: Record<string, string> };

/** The processes of this machine that have this environment variable, as programs outside find them. */
export async function processesWith(name: string, value: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const found = pids.map(async (pid): Promise<Process[]> => {
    const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const environment = Object.fromEntries(
      text.split('\0').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    return environment[name] === value ? [{ pid: Number(pid), environment }] : [];
  });
  return (await Promise.all(found)).flat();
}
