import { readdir, readFile } from 'node:fs/promises';

/** Process ids of a run's mappers, found by the environment that Lambda gives a function. */
export const mapperPids = async (awsEndpoint: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = pids.map(async (pid) => {
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
    const isMapper = environment.some((line) => /^AWS_LAMBDA_FUNCTION_NAME=.*Mapper/.test(line));
    return isMapper && environment.includes(`AWS_ENDPOINT_URL=${awsEndpoint}`) ? [Number(pid)] : [];
  });
  return (await Promise.all(found)).flat();
};

/** Kills as the kernel would for want of memory. False where the process has ended already. */
export const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
};
