import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { InvalidSettingsError, loadSettings, type SettingsByOrganization } from '../../shared/load-settings.ts';
import { UsageError } from '../errors.ts';

const checkout = join(import.meta.dirname, '../..');

const CdkJson = z.looseObject({
  context: z.looseObject({ settingsDirectory: z.string().min(1).optional() }).optional(),
});

/**
 * The directory of the deployed settings: the typed one, else the variable, which a stage's file may set, else the one in
 * the context of `cdk.json`, else `settings/`.
 */
export function settingsDirectoryOf(
  typed: string | undefined,
  { SETTINGS_DIRECTORY }: NodeJS.ProcessEnv,
  root = checkout,
): string {
  const given = typed ?? (SETTINGS_DIRECTORY || undefined);
  if (given !== undefined) return resolve(given);
  const { context } = CdkJson.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  return resolve(root, context?.settingsDirectory ?? 'settings');
}

/** Throws UsageError if the directory has no valid settings. */
export function readSettings(directory: string): SettingsByOrganization {
  try {
    return loadSettings(directory);
  } catch (error) {
    const problem = error instanceof InvalidSettingsError ? error.message : 'cannot be read';
    throw new UsageError(`--settings-directory: ${directory}: ${problem}`, { cause: error });
  }
}
