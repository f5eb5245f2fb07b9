import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** Addresses of a local run, written for the command line. It holds no key. */
export const RunFile = z.object({
  pid: z.int().positive(),
  /** The add-on endpoint, organization included. */
  endpoint: z.url(),
  organization: z.string(),
  limeUrl: z.url(),
  awsEndpoint: z.url(),
  queueUrl: z.url(),
  interactiveQueueUrl: z.url(),
  dlqUrl: z.url(),
  ledgerTable: z.string(),
  /** The stage whose secrets the functions read. */
  stage: z.string(),
  limeRequestsPerSecond: z.number(),
  /** The JSON lines of this run. */
  log: z.string(),
  /** The settings of the running functions. */
  settingsDirectory: z.string().optional(),
});
export type RunFile = z.infer<typeof RunFile>;

/** Below the project's ignored directory, so that each checkout finds its own runs. */
const directory = fileURLToPath(new URL('../../cdk.out/local-runs', import.meta.url));

/** The files of the run on a port, which no other run can have at the same time. */
export function runFilesOf(port: number): { file: string; log: string } {
  return { file: join(directory, `${port}.json`), log: join(directory, `${port}.log`) };
}

/** Writes the file for this user only. A run of another stack, which lacks some addresses, gets none. */
export function writeRunFile(port: number, run: Partial<Record<keyof RunFile, string | number | undefined>>): void {
  const { file, log } = runFilesOf(port);
  const parsed = RunFile.safeParse({ ...run, log });
  if (!parsed.success) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, JSON.stringify(parsed.data), { mode: 0o600 });
}

/** Removes what a run has written. */
export function removeRunFiles(port: number): void {
  const { file, log } = runFilesOf(port);
  for (const path of [file, log]) rmSync(path, { force: true });
}

/** The runs that are alive, by port. Removes the files of those that were killed. */
export function runningLocally(): { port: number; run: RunFile }[] {
  return portsIn(directory).flatMap((port) => {
    const run = readRunFile(port);
    if (run !== undefined && isAlive(run.pid)) return [{ port, run }];
    removeRunFiles(port);
    return [];
  });
}

function portsIn(path: string): number[] {
  try {
    return readdirSync(path).flatMap((name) => Number(/^(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN) || []);
  } catch {
    return [];
  }
}

function readRunFile(port: number): RunFile | undefined {
  try {
    return RunFile.safeParse(JSON.parse(readFileSync(runFilesOf(port).file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
