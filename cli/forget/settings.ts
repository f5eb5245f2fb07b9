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
 * Where the settings are that are deployed: the directory that is typed, else the variable of a local run, else what
 * the context in `cdk.json` names, else `settings/`.
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

/** Throws UsageError where the directory holds no settings that can be used. */
export function readSettings(directory: string): SettingsByOrganization {
  try {
    return loadSettings(directory);
  } catch (error) {
    const problem = error instanceof InvalidSettingsError ? error.message : 'cannot be read';
    throw new UsageError(`--settings-directory: ${directory}: ${problem}`, { cause: error });
  }
}
