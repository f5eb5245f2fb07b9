import type { Conversation, Message } from './conversation.ts';
import { readableText } from './forms/readable-text.ts';
import { isNotification, sideOf } from './messages/sender.ts';
import { isDeleted } from './messages/state.ts';

/** Removes deleted messages from the conversation. Deleted messages must not appear in any property. */
export function withoutDeleted(conversation: Conversation): Conversation {
  // A message may come twice, with only one copy marked as deleted.
  const ids = deletedIds(conversation);
  function isGone(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const id = idIn(value);
    return isDeleted({ ...value }) || (id !== undefined && ids.has(id));
  }
  function withoutGone(value: unknown): unknown {
    // A list of which nothing is gone keeps its order, which is known.
    if (Array.isArray(value)) return value.some(isGone) ? value.filter((one) => !isGone(one)) : value;
    return isGone(value) ? null : value;
  }
  const kept = Object.entries(conversation)
    .filter(([key]) => holdsMessages(key))
    .map(([key, value]) => [key, withoutGone(value)]);
  return { ...conversation, ...Object.fromEntries(kept) };
}

/** The transcript, and properties that repeat messages or quote people: `last_message`, `messages`, `notes`. */
function holdsMessages(key: string): boolean {
  return key === 'transcript' || key === 'notes' || key.toLowerCase().includes('message');
}

/** Ids of messages with a copy that is marked as deleted. */
export function deletedIds(conversation: Conversation): Set<string> {
  const copies = Object.entries(conversation).flatMap(([key, value]: [string, unknown]) =>
    holdsMessages(key) && key !== 'notes' ? [value].flat() : [],
  );
  const deleted = copies.filter((copy) => typeof copy === 'object' && copy !== null && isDeleted({ ...copy }));
  return new Set(deleted.flatMap((copy) => idIn(copy) ?? []));
}

/** The text of a message, unchanged. Empty for a file. */
export function bodyOf({ body, body_plain, text, content, caption }: Message): string {
  return body || body_plain || [text, content, caption].map(textIn).find((found) => found !== '') || '';
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : readableText(value);
}

/** `conversation.part.message`, which never changes. Undefined if the message has no id. */
export function messageIdOf({ id, msgid }: Pick<Message, 'id' | 'msgid'>): string | undefined {
  return id || msgid || undefined;
}

/** The id of an unparsed copy. */
function idIn(copy: unknown): string | undefined {
  if (typeof copy !== 'object' || copy === null) return undefined;
  const { id, msgid }: { id?: unknown; msgid?: unknown } = copy;
  const found = [id, msgid].find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');
  return found === undefined ? undefined : String(found);
}

/** True if an operator typed the add-on's chat command: `$lime`, with or without an argument. */
export function isCommand(message: Message): boolean {
  return (
    sideOf(message) === 'operator' && !isNotification(message) && /^\$lime(?:[ \t].*)?$/.test(bodyOf(message).trim())
  );
}
