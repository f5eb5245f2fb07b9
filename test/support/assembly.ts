import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesizeOnce } from '../../tools/local/synth.ts';

/** The variable with a directory that all workers of one `npm test` share, set by jest's global setup. */
export const SHARED_DIRECTORY = 'TEST_SHARED_DIRECTORY';

/** Milliseconds between two polls for an assembly that another worker prepares. */
const POLL_MS = 50;

export function sharedDirectory(): string {
  const shared = process.env[SHARED_DIRECTORY];
  if (shared === undefined) throw new Error('jest.config.json names no globalSetup that makes a shared directory');
  return shared;
}

/**
 * The directory of the project's cloud assembly, which all workers of one `npm test` share. The first one that asks
 * synthesizes it, if anything has changed since the last time, while the others wait. Fails in all of them if it fails.
 * @param limeRequestsPerSecond Lime's budget, by which assemblies differ
 */
export async function sharedAssembly(limeRequestsPerSecond = 9): Promise<string> {
  const base = join(sharedDirectory(), `assembly-${limeRequestsPerSecond}`);
  const outcome = join(base, 'outcome');
  const output = join(base, 'cdk.out');
  if (await isFirst(base)) {
    const options = { output, limeRequestsPerSecond, environment: process.env };
    const error = await synthesizeOnce(options, () => {}).then(() => '', String);
    await writeFile(`${outcome}.part`, error);
    await rename(`${outcome}.part`, outcome);
  }
  while (!(await exists(outcome))) await sleep(POLL_MS);
  const error = await readFile(outcome, 'utf8');
  if (error !== '') throw new Error(error);
  return output;
}

function isFirst(directory: string): Promise<boolean> {
  return mkdir(directory).then(
    () => true,
    () => false,
  );
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
