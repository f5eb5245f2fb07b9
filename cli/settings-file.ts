import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { nearest } from '../shared/mapping/settings/nearest.ts';
import { problemsIn, Settings } from '../shared/mapping/settings/settings.ts';
import { readJsonFile } from './json-file.ts';

/** The directory of the deployed settings, below the checkout. */
const DIRECTORY = 'settings';

/** The settings file of an organization: the given path, else its own file, else the default. */
export function settingsFileOf(file: string | undefined, organization: string | undefined): string {
  if (file !== undefined) return file;
  const own = join(DIRECTORY, `${organization}.json`);
  return organization !== undefined && existsSync(own) ? own : join(DIRECTORY, 'default.json');
}

export type SettingsProblem = { path: string; message: string; suggestion?: string | undefined };

/** The settings of a file, or everything that is wrong with it. Throws UsageError if it cannot be read. */
export function readSettingsFile(
  file: string,
): { settings: Settings } | { problems: [SettingsProblem, ...SettingsProblem[]] } {
  const read = readJsonFile(file);
  if ('problem' in read) return { problems: [{ path: '', message: read.problem }] };
  const parsed = Settings.safeParse(read.json, { reportInput: true });
  if (parsed.success) return { settings: parsed.data };
  const [first, ...others] = problemsIn(parsed.error).map((problem) =>
    problem.path === 'timeZone' ? { ...problem, suggestion: timeZoneRule(read.json) } : problem,
  );
  if (first === undefined) throw parsed.error;
  return { problems: [first, ...others] };
}

const Zoned = z.looseObject({ timeZone: z.string() });

function timeZoneRule(json: unknown): string | undefined {
  const zoned = Zoned.safeParse(json);
  return zoned.success ? nearest(zoned.data.timeZone, Intl.supportedValuesOf('timeZone')) : undefined;
}
