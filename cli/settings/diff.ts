import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { settingsFileOf } from '../settings-file.ts';
import { count, renderJson } from '../table.ts';
import { type Change, changesBetween } from './changes.ts';
import { type ReadDeployed, readLocalSettings, readStackSettings } from './deployed.ts';

export type DiffOptions = {
  file?: string | undefined;
  organization?: string | undefined;
  stage?: string | undefined;
  json?: boolean | undefined;
};

/** Prints what a settings file would change against what is deployed. Exit code 1 if anything. */
export async function settingsDiff(options: DiffOptions, environment: NodeJS.ProcessEnv, io: Io): Promise<number> {
  const file = settingsFileOf(options.file, options.organization);
  if (!existsSync(file)) throw new UsageError(`${file} cannot be read`);
  const read = await openDeployed(options.stage, environment);
  const own = options.organization === undefined ? basename(file) : `${options.organization}.json`;
  const [name, text] = [own, 'default.json'].map((one) => [one, read(one)] as const).find(([, found]) => found) ?? [];
  if (name === undefined || text === undefined) throw new CommandError(`neither ${own} nor default.json is deployed`);
  const changes = changesBetween(parse(text, `the deployed ${name}`), parse(readFileSync(file, 'utf8'), file));
  if (options.json) io.out(renderJson({ file, deployed: name, changes }));
  else print({ file, name, changes }, io);
  return changes.length > 0 ? 1 : 0;
}

async function openDeployed(stage: string | undefined, environment: NodeJS.ProcessEnv): Promise<ReadDeployed> {
  const { LOCAL_SETTINGS } = environment;
  if (LOCAL_SETTINGS !== undefined) return readLocalSettings(LOCAL_SETTINGS);
  return readStackSettings(`userlike-lime-${stage ?? 'prod'}`, environment);
}

function print({ file, name, changes }: { file: string; name: string; changes: readonly Change[] }, io: Io): void {
  if (changes.length === 0) {
    io.out(`${file} is what is deployed as ${name}`);
    return;
  }
  io.out(`${file} against the deployed ${name}\n`);
  for (const { path, before, after } of changes) {
    if (before === undefined) io.out(`+ ${path}: ${shown(after)}`, 'green');
    else if (after === undefined) io.out(`- ${path}: ${shown(before)}`, 'red');
    else io.out(`~ ${path}: ${shown(before)} → ${shown(after)}`, 'yellow');
  }
  io.out(`\n${count(changes.length, 'change')}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`${name} is not JSON: look at it with userlike-lime check`);
  }
}
