import type { Conversation, Message } from './conversation.ts';
import { readableText } from './forms/readable-text.ts';
import { isNotification, sideOf } from './messages/sender.ts';
import { isDeleted } from './messages/state.ts';

/** The conversation without what was deleted from it: nobody is to read that any more, in whatever property. */
export function withoutDeleted(conversation: Conversation): Conversation {
  // A message may come twice, and only one copy say that it is deleted.
  const ids = deletedIds(conversation);
  const isGone = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const id = idIn(value);
    return isDeleted({ ...value }) || (id !== undefined && ids.has(id));
  };
  const withoutGone = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => !isGone(one));
    return isGone(value) ? null : value;
  };
  const kept = Object.entries(conversation)
    .filter(([key]) => holdsMessages(key))
    .map(([key, value]) => [key, withoutGone(value)]);
  return { ...conversation, ...Object.fromEntries(kept) };
}

/** The transcript, and what repeats messages or comes from people beside it: `last_message`, `messages`, `notes`. */
function holdsMessages(key: string): boolean {
  return key === 'transcript' || key === 'notes' || key.toLowerCase().includes('message');
}

/** Ids of the messages that one of their copies calls deleted. */
export function deletedIds(conversation: Conversation): Set<string> {
  const copies = Object.entries(conversation).flatMap(([key, value]: [string, unknown]) =>
    holdsMessages(key) && key !== 'notes' ? [value].flat() : [],
  );
  const deleted = copies.filter((copy) => typeof copy === 'object' && copy !== null && isDeleted({ ...copy }));
  return new Set(deleted.flatMap((copy) => idIn(copy) ?? []));
}

/** What was said, as it was said; empty for a file. */
export function bodyOf({ body, body_plain, text, content, caption }: Message): string {
  return body || body_plain || [text, content, caption].map(textIn).find((said) => said !== '') || '';
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : readableText(value);
}

/** `conversation.part.message`, stable for as long as the conversation exists; undefined where it has none. */
export function messageIdOf({ id, msgid }: Pick<Message, 'id' | 'msgid'>): string | undefined {
  return id || msgid || undefined;
}

/** The id of a copy that was not parsed. */
function idIn(copy: unknown): string | undefined {
  if (typeof copy !== 'object' || copy === null) return undefined;
  const { id, msgid }: { id?: unknown; msgid?: unknown } = copy;
  const found = [id, msgid].find((one) => (typeof one === 'string' && one !== '') || typeof one === 'number');
  return found === undefined ? undefined : String(found);
}

/** The add-on's chat command (`$lime`, with or without an argument), typed by an operator. */
export function isCommand(message: Message): boolean {
  return (
    sideOf(message) === 'operator' && !isNotification(message) && /^\$lime(?:[ \t].*)?$/.test(bodyOf(message).trim())
  );
}
