import type { Conversation } from './conversation.ts';

/** The value at a dotted path of the conversation (`contact.email`, `topics.0.text`). */
export function valueAt(conversation: Conversation, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      conversation,
    );
}

/** True if a value is nothing to write: missing, blank text, or a list of such values. */
export function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.every(isEmpty))
  );
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
