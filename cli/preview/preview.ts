import { MappingError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import type { AddonCall } from '../../shared/userlike/addon-call.ts';
import { toFinding } from '../check/check.ts';
import { textOfFindings } from '../check/text.ts';
import { readCall } from '../conversation-file.ts';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { nameOf } from '../json-file.ts';
import { printable } from '../printable.ts';
import { readSettingsFile, settingsFileOf } from '../settings-file.ts';
import { renderJson } from '../table.ts';
import { openTenant, type TenantSelector } from '../tenant/open.ts';
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
  const read = readCall(file);
  const call = whose.organization === undefined ? read.call : ofOrganization(read.call, whose.organization);
  const organization = whose.organization ?? read.organization;
  noteProblems(call, io);

  const settings = read.settings ?? settingsOf(settingsFileOf(given, organization));
  await using tenant = await openTenant({ ...whose, organization }, environment);
  const { lime, isLocal: allowLocal } = tenant;
  const acceptedAt = new Date(io.now()).toISOString();
  const runs: Previewed[] = [];
  for (const { conversation } of call.conversations) {
    const run = await dryRun({ conversation, settings, lime, acceptedAt, allowLocal }).catch(parkedBefore);
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

/** The call as another organization would send it, so that a sample serves any organization. */
function ofOrganization(call: AddonCall, organization: string): AddonCall {
  const conversations = call.conversations.map(({ conversation, ...one }) => ({
    ...one,
    conversation: { ...conversation, organization_id: organization },
  }));
  return { ...call, conversations };
}

function noteProblems({ rejected, ignored }: AddonCall, io: Io): void {
  for (const { index, errors } of rejected) {
    for (const { path, message } of errors) io.note(`index ${index}: ${path || '(root)'}: ${message}`);
  }
  for (const { index, type } of ignored) {
    io.note(`index ${index}: ${printable(type)} is not a conversation and is ignored`);
  }
}

/** Handles a conversation that no instance takes, so that the others of its call are still shown. */
function parkedBefore(error: unknown): Omit<Previewed, 'conversation'> {
  if (!(error instanceof MappingError)) throw error;
  return { objects: [], requests: [], parked: error.message };
}

/** Throws CommandError with every problem of the file, as `check` prints them. */
function settingsOf(file: string): Settings {
  const read = readSettingsFile(file);
  if ('settings' in read) return read.settings;
  throw new CommandError(`${file} cannot be used\n${textOfFindings(read.problems.map(toFinding))}`);
}
