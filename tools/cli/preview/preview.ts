import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { CallRefused } from '../../../shared/errors.ts';
import { type AddonCall, parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { Failure, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { readSettingsFile, settingsFileOf } from '../settings-file.ts';
import { readOnly, tenantOf, type Whose } from '../tenant/open.ts';
import { type DryRun, dryRun } from './dry-run.ts';
import { textOf } from './text.ts';

export type PreviewOptions = Whose & { file: string; settings?: string | undefined; json?: boolean | undefined };

/** Prints what a conversation would become; nothing is sent. 1 where it would not be taken, or be parked. */
export const preview = async (
  { file, settings: given, json, ...whose }: PreviewOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> => {
  const text = readText(file);
  const organization = whose.organization ?? organizationIn(text);
  const call = parse(text, organization);
  for (const { index, errors } of call.rejected) {
    for (const { path, message } of errors) io.note(`conversation ${index}: ${path || '(root)'}: ${message}`);
  }
  for (const { index, type } of call.ignored) io.note(`${index}: ${type} is no conversation, and is ignored`);

  const settingsFile = settingsFileOf(given, organization);
  const read = readSettingsFile(settingsFile);
  if ('problems' in read) {
    const lines = read.problems.map(({ path, message }) => `${settingsFile}: ${path || '(root)'}: ${message}`);
    throw new Failure(lines.join('\n'));
  }
  const lime = readOnly(await tenantOf({ ...whose, organization }, environment));
  const acceptedAt = new Date(io.now()).toISOString();
  const runs: ({ conversation: string } & DryRun)[] = [];
  for (const { conversation } of call.conversations) {
    const run = await dryRun({ conversation, settings: read.settings, lime, acceptedAt });
    runs.push({ conversation: String(conversation.id), ...run });
  }
  if (json) {
    const [run, ...others] = runs;
    io.out(JSON.stringify(others.length === 0 && call.rejected.length === 0 ? run : runs, undefined, 2));
  } else if (runs.length > 0) {
    io.out(runs.map(({ conversation, ...run }) => textOf(conversation, run)).join('\n\n'));
  }
  const parked = runs.some(({ objects }) => objects.some((object) => object.parked !== undefined));
  return parked || call.rejected.length > 0 ? 1 : 0;
};

/** `-` is stdin. Throws UsageError. */
const readText = (file: string): string => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`);
  }
};

const Named = z.looseObject({ organization_id: z.union([z.string(), z.number().transform(String)]) });

/** The organization that the first conversation names; whose settings count follows from it. */
const organizationIn = (text: string): string | undefined => {
  try {
    const json: unknown = JSON.parse(text);
    const list = z.looseObject({ conversations: z.array(z.unknown()) }).safeParse(json).data?.conversations;
    const [first] = list ?? (Array.isArray(json) ? json : [json]);
    return Named.safeParse(first).data?.organization_id;
  } catch {
    return undefined;
  }
};

/** As intake reads a call. */
const parse = (text: string, organization: string | undefined): AddonCall => {
  try {
    return parseAddonCall(text, organization ?? '');
  } catch (error) {
    if (error instanceof CallRefused) throw new Failure(error.message);
    throw error;
  }
};
