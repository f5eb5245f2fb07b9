import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED_DIRECTORY } from './assembly.ts';

/** Once for each `npm test`, before the workers start: they inherit the variable. */
export default async function globalSetup(): Promise<void> {
  process.env[SHARED_DIRECTORY] = await mkdtemp(join(tmpdir(), 'userlike-lime-test-'));
}
