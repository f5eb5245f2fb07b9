import { readdir, readFile } from 'node:fs/promises';

/** Process ids of a run's mappers. */
export function mapperPids(awsEndpoint: string): Promise<number[]> {
  return pidsOf(awsEndpoint, 'Mapper');
}

/** Process ids of one of a run's functions, found by the environment that Lambda gives a function. */
export async function pidsOf(awsEndpoint: string, name: 'Intake' | 'Mapper'): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
    const isMeant = environment.some((line) => line.startsWith('AWS_LAMBDA_FUNCTION_NAME=') && line.includes(name));
    return isMeant && environment.includes(`AWS_ENDPOINT_URL=${awsEndpoint}`) ? [Number(pid)] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Kills as the kernel would for want of memory. False where the process has ended already. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
