import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../tools/local/synth.ts';

/** Set by jest's global setup: a directory that all workers of one `npm test` share. */
export const SHARED_DIRECTORY = 'TEST_SHARED_DIRECTORY';

/** Milliseconds between two looks at a synthesis that another worker has begun. */
const LOOK_EVERY_MS = 50;

export function sharedDirectory(): string {
  const shared = process.env[SHARED_DIRECTORY];
  if (shared === undefined) throw new Error('jest.config.json names no globalSetup that makes a shared directory');
  return shared;
}

/**
 * The directory of the project's cloud assembly, synthesized once for the whole `npm test`: by the first worker that
 * asks, while the others wait. Fails in each of them where the synthesis fails.
 * @param limeRequestsPerSecond Lime's budget, which the template divides among the mappers; one synthesis for each
 */
export async function sharedAssembly(limeRequestsPerSecond = 9): Promise<string> {
  const base = join(sharedDirectory(), `assembly-${limeRequestsPerSecond}`);
  const outcome = join(base, 'outcome');
  const output = join(base, 'cdk.out');
  if (await isFirst(base)) {
    const error = await synthesize({ output, limeRequestsPerSecond, environment: process.env }).then(() => '', String);
    await writeFile(`${outcome}.part`, error);
    await rename(`${outcome}.part`, outcome);
  }
  while (!(await exists(outcome))) await sleep(LOOK_EVERY_MS);
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
