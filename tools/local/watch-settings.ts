import { existsSync, watch } from 'node:fs';
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidSettingsError, loadSettings } from '../../shared/load-settings.ts';
import type { LocalFunction } from './lambda/functions.ts';
import type { Log } from './log.ts';

/** An editor may write a file in several steps. */
const SETTLING_MS = 200;

/** The directory of a bundle that has the settings. */
const SETTINGS = 'settings';

/**
 * Follows a directory of settings. Valid ones replace those of the functions' bundles, and the functions start again
 * with them. Invalid ones change nothing. Returns the end of this.
 */
export function watchSettings(directory: string, functions: readonly LocalFunction[], log: Log): () => void {
  const readers = functions.filter(({ spec }) => existsSync(join(spec.directory, SETTINGS)));
  let timer: NodeJS.Timeout | undefined;
  let copying = Promise.resolve();

  const use = async (): Promise<void> => {
    try {
      loadSettings(directory);
      for (const { spec, pool } of readers) {
        await replace(directory, join(spec.directory, SETTINGS));
        pool.renew();
      }
      log('INFO', 'settings changed and are used', { directory });
    } catch (error) {
      const reason = error instanceof InvalidSettingsError ? error.message : String(error);
      log('WARN', 'settings changed and cannot be used, so the former stay', { directory, reason });
    }
  };
  const watcher = watch(directory, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      copying = copying.then(use);
    }, SETTLING_MS);
  });
  return () => {
    watcher.close();
    clearTimeout(timer);
  };
}

async function replace(directory: string, target: string): Promise<void> {
  const next = `${target}.next`;
  await rm(next, { recursive: true, force: true });
  await cp(directory, next, { recursive: true });
  await rm(target, { recursive: true, force: true });
  await rename(next, target);
}
