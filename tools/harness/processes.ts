import { readdir, readFile } from 'node:fs/promises';

/** Linux counts CPU time in hundredths of a second, whatever its kernel does: man 5 proc. */
const TICKS_PER_SECOND = 100;

export type Process = { pid: number; environment: Record<string, string> };

/** The processes on this machine that have this environment variable. */
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

/** The processes of one of a run's functions. */
export async function functionPids(awsEndpoint: string, name: 'Intake' | 'Mapper'): Promise<number[]> {
  const processes = await processesWith('AWS_ENDPOINT_URL', awsEndpoint);
  return processes.flatMap(({ pid, environment }) =>
    environment.AWS_LAMBDA_FUNCTION_NAME?.includes(name) ? [pid] : [],
  );
}

/** Kills a process as the kernel does when memory runs out. Returns false if the process has already ended. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** Seconds of CPU that the processes have used so far. A process that has ended counts as 0. */
export async function cpuSeconds(pids: readonly number[]): Promise<number> {
  const times = pids.map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The fields after the name, which may hold blanks. User and system time are the 14th and 15th of the file.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}

/** Resident memory of the processes in MB. A process that has ended counts as 0. */
export async function residentMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = pids.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
