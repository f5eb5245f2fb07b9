import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { UsageError } from './errors.ts';
import { readJsonFile } from './json-file.ts';

const checkout = join(import.meta.dirname, '..');

/** The options of a stage that commands need too. The deployment checks them all. */
const StageFile = z.looseObject({
  region: z.string().optional(),
  limeRequestsPerSecond: z.number().positive().optional(),
  settingsDirectory: z.string().min(1).optional(),
});

/**
 * What `stages/<stage>.json` says, as the variables that the commands read. Empty if there is no such file. Throws
 * UsageError if it cannot be read.
 */
export function variablesOfStage(stage: string, root = checkout): NodeJS.ProcessEnv {
  const path = join(root, 'stages', `${stage}.json`);
  if (!existsSync(path)) return {};
  const file = readJsonFile(path);
  const name = relative(root, path);
  if ('problem' in file) throw new UsageError(`${name} ${file.problem}`);
  const parsed = StageFile.safeParse(file.json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${name}: ${issue.path.join('.')}: ${issue.message}`);
    throw new UsageError(problems.join('\n'));
  }
  const { region, limeRequestsPerSecond, settingsDirectory } = parsed.data;
  return {
    ...(region !== undefined && { AWS_REGION: region }),
    ...(limeRequestsPerSecond !== undefined && { LIME_REQUESTS_PER_SECOND: String(limeRequestsPerSecond) }),
    ...(settingsDirectory !== undefined && { SETTINGS_DIRECTORY: resolve(root, settingsDirectory) }),
  };
}
