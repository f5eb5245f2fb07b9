import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { MappingError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { type AddonCall, parseAddonCall } from '../../shared/userlike/addon-call.ts';
import { InvalidCallError } from '../../shared/userlike/invalid-call.ts';
import { Organization } from '../commands/options.ts';
import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { printable } from '../printable.ts';
import { readSettingsFile, settingsFileOf } from '../settings-file.ts';
import { renderJson } from '../table.ts';
import { readOnly, readTenant, type TenantSelector } from '../tenant/open.ts';
import { CaseFile } from './case-file.ts';
import { dryRun } from './dry-run.ts';
import { type Previewed, textOf } from './text.ts';

export type PreviewOptions = TenantSelector & {
  file: string;
  settings?: string | undefined;
  json?: boolean | undefined;
};

/** Prints what a conversation would become, and sends nothing. Exit code 1 if it would be rejected or parked. */
export async function preview(
  { file, settings: given, json, ...whose }: PreviewOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  const whole = readText(file);
  const example = exampleIn(whole);
  const text = example === undefined ? whole : JSON.stringify(example.conversation);
  const organization = whose.organization ?? checked(organizationIn(text));
  const call = parse(text, organization);
  for (const { index, errors } of call.rejected) {
    for (const { path, message } of errors) io.note(`index ${index}: ${path || '(root)'}: ${message}`);
  }
  for (const { index, type } of call.ignored) {
    io.note(`index ${index}: ${printable(type)} is not a conversation and is ignored`);
  }

  const settings = example?.settings ?? settingsOf(settingsFileOf(given, organization));
  const lime = readOnly(await readTenant({ ...whose, organization }, environment));
  const acceptedAt = new Date(io.now()).toISOString();
  const runs: Previewed[] = [];
  for (const { conversation } of call.conversations) {
    const run = await dryRun({ conversation, settings, lime, acceptedAt }).catch(parkedBefore);
    runs.push({ conversation: String(conversation.id), ...run });
  }
  const [only, ...others] = runs;
  if (only === undefined && call.rejected.length === 0) io.note(`${nameOf(file)} contains no conversation`);
  if (json) {
    io.out(renderJson(others.length === 0 && call.rejected.length === 0 ? (only ?? []) : runs));
  } else if (only !== undefined) {
    io.out(runs.map(textOf).join('\n\n'));
  }
  const taken = runs.filter(
    (run) => run.parked === undefined && run.objects.every(({ parked }) => parked === undefined),
  );
  return taken.length > 0 && taken.length === runs.length && call.rejected.length === 0 ? 0 : 1;
}

/** Handles a conversation that no instance takes, so that the others of its call are still shown. */
function parkedBefore(error: unknown): Omit<Previewed, 'conversation'> {
  if (!(error instanceof MappingError)) throw error;
  return { objects: [], requests: [], parked: error.message };
}

/** Throws CommandError with every problem of the file. */
function settingsOf(file: string): Settings {
  const read = readSettingsFile(file);
  if (!('problems' in read)) return read.settings;
  throw new CommandError(
    read.problems.map(({ path, message }) => `${file}: ${path || '(root)'}: ${message}`).join('\n'),
  );
}

/** A case of `test/cases`, which contains its settings. */
function exampleIn(text: string): CaseFile | undefined {
  try {
    return CaseFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Reads stdin for `-`. Throws UsageError. */
function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new UsageError(`${nameOf(file)} cannot be read`);
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'stdin' : file;
}

const Named = z.looseObject({ organization_id: z.union([z.string(), z.number().transform(String)]) });

/** The organization of the first conversation, whose settings apply. */
function organizationIn(text: string): string | undefined {
  try {
    const json: unknown = JSON.parse(text);
    const list = z.looseObject({ conversations: z.array(z.unknown()) }).safeParse(json).data?.conversations;
    const [first] = list ?? (Array.isArray(json) ? json : [json]);
    return Named.safeParse(first).data?.organization_id;
  } catch {
    return undefined;
  }
}

/** Checks that a name is safe as part of file and secret names. Throws CommandError otherwise. */
function checked(organization: string | undefined): string | undefined {
  const problem = Organization.optional().safeParse(organization).error?.issues[0]?.message;
  if (problem !== undefined) throw new CommandError(`organization_id: ${problem}`);
  return organization;
}

/** Reads a call as intake does. */
function parse(text: string, organization: string | undefined): AddonCall {
  try {
    return parseAddonCall(text, organization ?? '');
  } catch (error) {
    if (error instanceof InvalidCallError) throw new CommandError(error.message);
    throw error;
  }
}
