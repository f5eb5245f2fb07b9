import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './json-text.ts';
import { findingsOf, Settings } from './mapping/settings/settings.ts';

/** Invalid settings files. The message lists every problem of every file. */
export class InvalidSettingsError extends Error {
  override readonly name = 'InvalidSettingsError';
}

/** Settings by organization, or `default`. */
export type SettingsByOrganization = ReadonlyMap<string, Settings>;

/** Reads and validates every `*.json` of a directory. Throws InvalidSettingsError with all problems. */
export function loadSettings(directory: string): SettingsByOrganization {
  const problems: string[] = [];
  const settings = new Map<string, Settings>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.json'))) {
    const parsed = parseFile(join(directory, file));
    if (Array.isArray(parsed)) problems.push(...parsed.map((problem) => `${file}: ${problem}`));
    else settings.set(file.slice(0, -'.json'.length), parsed);
  }
  if (!settings.has('default') && problems.length === 0) problems.push('default.json is missing');
  if (problems.length > 0) throw new InvalidSettingsError(`settings cannot be used:\n${problems.join('\n')}`);
  return settings;
}

/** The organization's settings, otherwise the default. */
export function settingsFor(all: SettingsByOrganization, organization: string): Settings {
  const settings = all.get(organization) ?? all.get('default');
  if (settings === undefined)
    throw new InvalidSettingsError(`no settings for organization ${organization}, and no default.json`);
  return settings;
}

function parseFile(path: string): Settings | string[] {
  const read = readJson(readFileSync(path));
  if ('problem' in read) return [read.problem];
  const parsed = Settings.safeParse(read.json);
  return parsed.success
    ? parsed.data
    : findingsOf(parsed.error).map(({ path, message }) => `${path || '(root)'}: ${message}`);
}
