import { computedRows } from './computed.ts';
import { contactRows } from './contact.ts';
import { conversationRows, partRows } from './conversation.ts';
import { type Field, fieldsOf } from './field.ts';
import { inferredMessageRows, messageRows } from './message.ts';
import { olderRows } from './older.ts';

/** Every known field of a conversation that settings can read. */
export const catalogue: readonly Field[] = [
  ...fieldsOf('computed', computedRows),
  ...fieldsOf('documented', conversationRows),
  ...fieldsOf('documented', contactRows, 'contact.'),
  ...fieldsOf('documented', messageRows, 'transcript.0.'),
  ...fieldsOf('inferred', inferredMessageRows, 'transcript.0.'),
  ...fieldsOf('documented', messageRows, 'last_message.'),
  ...fieldsOf('inferred', inferredMessageRows, 'last_message.'),
  ...fieldsOf('documented', [
    ['conversation_part_set', 'list', [], 'the parts of the conversation'],
    ['conversation_part_set.0', 'object', { live: true }, 'its first part'],
  ]),
  ...fieldsOf('documented', partRows, 'conversation_part_set.0.'),
  ...fieldsOf('inferred', olderRows),
];

const byPath = new Map(catalogue.map((field) => [field.path, field]));

/** The field of a path, whatever its positions in lists. A field inside free data is `free` itself. */
export function fieldAt(path: string): Field | undefined {
  const general = generalised(path);
  const known = byPath.get(general);
  if (known !== undefined) return known;
  const keys = general.split('.');
  const owner = keys.flatMap((_, index) => byPath.get(keys.slice(0, index + 1).join('.')) ?? []);
  return owner.find(({ type }) => type === 'free');
}

/** A path with any position of a list as `0`. */
export function generalised(path: string): string {
  return path
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? '0' : key))
    .join('.');
}
