import * as z from 'zod';
import type { Settings } from '../shared/mapping/settings/settings.ts';
import { type AddonCall, parseAddonCall } from '../shared/userlike/addon-call.ts';
import type { Conversation } from '../shared/userlike/conversation.ts';
import { InvalidCallError } from '../shared/userlike/invalid-call.ts';
import { Organization } from './commands/options.ts';
import { CommandError } from './errors.ts';
import { nameOf, readJsonText } from './json-file.ts';
import { CaseFile } from './preview/case-file.ts';

/** A file with a call of Userlike: one conversation or many. */
export type CallFile = {
  call: AddonCall;
  /** The organization that the first conversation names. */
  organization: string | undefined;
  /** The settings of a case file. */
  settings: Settings | undefined;
};

/** Reads a file as intake reads a call. Throws UsageError or CommandError. */
export function readCall(file: string): CallFile {
  const whole = readJsonText(file);
  const example = CaseFile.safeParse(JSON.parse(whole)).data;
  const text = example === undefined ? whole : JSON.stringify(example.conversation);
  const organization = checked(organizationIn(text));
  return { call: parse(text, organization), organization, settings: example?.settings };
}

/** The conversations of a file. Throws CommandError if it has none, or one that intake would reject. */
export function readConversations(file: string): Conversation[] {
  const { conversations, rejected } = readCall(file).call;
  const problems = rejected.flatMap(({ index, errors }) =>
    errors.map(({ path, message }) => `${nameOf(file)}: index ${index}: ${path || '(root)'}: ${message}`),
  );
  if (problems.length > 0) throw new CommandError(problems.join('\n'));
  if (conversations.length === 0) throw new CommandError(`${nameOf(file)} contains no conversation`);
  return conversations.map(({ conversation }) => conversation);
}

const Named = z.looseObject({ organization_id: z.union([z.string(), z.number().transform(String)]) });

/** The organization of the first conversation, whose settings apply. */
function organizationIn(text: string): string | undefined {
  const json: unknown = JSON.parse(text);
  const list = z.looseObject({ conversations: z.array(z.unknown()) }).safeParse(json).data?.conversations;
  const [first] = list ?? (Array.isArray(json) ? json : [json]);
  return Named.safeParse(first).data?.organization_id;
}

/** Checks that a name is safe as part of file and secret names. Throws CommandError otherwise. */
function checked(organization: string | undefined): string | undefined {
  const problem = Organization.optional().safeParse(organization).error?.issues[0]?.message;
  if (problem !== undefined) throw new CommandError(`organization_id: ${problem}`);
  return organization;
}

function parse(text: string, organization: string | undefined): AddonCall {
  try {
    return parseAddonCall(text, organization ?? '');
  } catch (error) {
    if (error instanceof InvalidCallError) throw new CommandError(error.message);
    throw error;
  }
}
