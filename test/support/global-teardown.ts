import { rm } from 'node:fs/promises';
import { SHARED_DIRECTORY } from './assembly.ts';

export default async function globalTeardown(): Promise<void> {
  const shared = process.env[SHARED_DIRECTORY];
  if (shared !== undefined) await rm(shared, { recursive: true, force: true });
}
