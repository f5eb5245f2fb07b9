import type { Finding } from '../errors.ts';
import { Conversation, findingsOf, isOtherOrganization } from './conversation.ts';
import { holdsMessages } from './forms/older-events.ts';
import { InvalidCallError } from './invalid-call.ts';
import { type ExactJson, parseExactly } from './parse-exactly.ts';

/** One HTTP request of a Userlike add-on. `index` is the position in the call, 0 for a single conversation. */
export type AddonCall = {
  conversations: { index: number; conversation: Conversation; json: string }[];
  rejected: Rejection[];
  ignored: Ignored[];
};

/** A conversation of an add-on call that is invalid. `index` is its position in the call. */
export type Rejection = { index: number; id?: number | string; errors: Finding[] };

/** An entry that is not a conversation, for example an operator who went offline. */
export type Ignored = { index: number; type: string; event?: string };

/** The `_type`s of conversations (Userlike's API add-on page). An entry without `_type` counts as one too. */
const conversationTypes = ['conversation', 'chat_session', 'chat_meta', 'offline_message'];

/** The response lists each conversation with its link and must fit into Lambda's 6 MB. */
const MAX_CONVERSATIONS = 10_000;

/** Keys of the documented payload. They identify a conversation even if its `id` is missing. */
const conversationKeys = [
  '_type',
  '_event',
  'id',
  'organization_id',
  'contact',
  'topics',
  'transcript',
  'last_message',
  'messages',
  'client_name',
  'client_email',
];

type JsonObject = Record<string, unknown>;

/**
 * Splits a call into its conversations. The body is one conversation, a non-empty list, or `{"conversations": […]}`,
 * with or without `_type` and `_event`. An object with messages is a conversation whatever its `_type`, also if another
 * object wraps it. Each `json` is the conversation as it was sent. Throws InvalidCallError.
 */
export function parseAddonCall(text: string, organization: string): AddonCall {
  const exact = parseExactly(text);
  const entries = entriesOf(exact.value);
  if (entries.length > MAX_CONVERSATIONS) {
    throw new InvalidCallError(
      'tooMany',
      `The call holds more than ${MAX_CONVERSATIONS} conversations; send them in several calls.`,
    );
  }
  const call: AddonCall = { conversations: [], rejected: [], ignored: [] };
  for (const [index, sent] of entries.entries()) {
    const entry = conversationIn(sent);
    const ignored = ignoredOf(entry);
    if (ignored !== undefined) {
      call.ignored.push({ index, ...ignored });
      continue;
    }
    const parsed = Conversation.safeParse(entry);
    const inexact = inexactIds(entry, exact);
    const broken = parsed.success ? organizationFindings([parsed.data, sent], organization) : findingsOf(parsed.error);
    const errors = [...inexact, ...broken.filter(({ path }) => !inexact.some((finding) => finding.path === path))];
    if (parsed.success && errors.length === 0) {
      call.conversations.push({ index, conversation: parsed.data, json: JSON.stringify(entry) });
    } else call.rejected.push({ index, ...idOf(entry, errors), errors });
  }
  return call;
}

function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  if (isObject(value)) {
    const isWrapper = Object.hasOwn(value, 'conversations') && !Object.hasOwn(value, 'id');
    const { conversations } = value;
    if (isWrapper && Array.isArray(conversations) && conversations.length > 0) return conversations;
    const entry = conversationIn(value);
    if (entry !== value || ignoredOf(value) !== undefined) return [value];
    if (!isWrapper && conversationKeys.some((key) => Object.hasOwn(value, key))) return [value];
  }
  throw new InvalidCallError(
    'malformed',
    'The body holds no conversation: send one, a non-empty list of them, or {"conversations": [...]}.',
  );
}

/** The entry itself, or the conversation in one of its fields. */
function conversationIn(entry: unknown): unknown {
  if (!isObject(entry) || isConversation(entry)) return entry;
  if (typeof entry._type !== 'string' && conversationKeys.some((key) => Object.hasOwn(entry, key))) return entry;
  return Object.values(entry).find((inner) => holdsMessages(inner) && Object.hasOwn(inner, 'id')) ?? entry;
}

function isConversation(entry: JsonObject): boolean {
  return (typeof entry._type === 'string' && conversationTypes.includes(entry._type)) || holdsMessages(entry);
}

function ignoredOf(entry: unknown): Omit<Ignored, 'index'> | undefined {
  if (!isObject(entry) || typeof entry._type !== 'string' || isConversation(entry)) return undefined;
  return { type: truncated(entry._type), ...(typeof entry._event === 'string' && { event: truncated(entry._event) }) };
}

/** Userlike's types and events are short words. Longer ones are cut. */
function truncated(word: string): string {
  return word.slice(0, 64);
}

function inexactIds(entry: unknown, { isInexact }: ExactJson): Finding[] {
  return ['id', 'organization_id']
    .filter((key) => isObject(entry) && isInexact(entry, key))
    .map((path) => ({ path, message: 'must be a number that JSON can carry exactly; send it as a string' }));
}

function organizationFindings(forms: unknown[], organization: string): Finding[] {
  return forms.some((form) => isObject(form) && isOtherOrganization(form, organization))
    ? [{ path: 'organization_id', message: 'must be the organization that the call was made for' }]
    : [];
}

/** The id of a rejected conversation, if it has a valid one. */
function idOf(entry: unknown, errors: Finding[]): { id?: number | string } {
  if (!isObject(entry) || errors.some(({ path }) => path === 'id')) return {};
  return typeof entry.id === 'number' || typeof entry.id === 'string' ? { id: entry.id } : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
