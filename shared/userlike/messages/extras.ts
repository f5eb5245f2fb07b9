import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { fieldsIn, isMetadataKey, readableText } from '../forms/readable-text.ts';
import { bodyOf } from '../message.ts';
import { attachmentsWithoutFile, fileKeys } from './files.ts';

const extraKinds = ['location', 'contacts', 'choice', 'reaction', 'story'] as const;

/** Content of a channel's message other than text and files: a place, a contact card, the choice of a button. */
export type ExtraKind = (typeof extraKinds)[number];

/** Content that is neither text nor file. `kind` is the name of its property, `word` the kind if it is a known one. */
export type Extra = { kind: string; text: string; word?: ExtraKind };

/** Properties and types that channels use for each kind. */
const kinds: Record<ExtraKind, string[]> = {
  location: ['location', 'place', 'venue', 'latitude', 'lat'],
  contacts: ['contacts', 'contact', 'contact_card', 'vcard'],
  choice: [
    'choice',
    'button',
    'button_reply',
    'list_reply',
    'quick_reply',
    'interactive',
    'selected_option',
    'postback',
  ],
  reaction: ['reaction', 'reactions'],
  story: ['story', 'story_reply', 'story_mention', 'reply_to_story'],
};

/** Documented properties, and those that are written in another way. */
const known = new Set([
  ...fileKeys,
  ...'id msgid type event body body_plain url representation sender name display_name text content caption'.split(' '),
  ...'reference sent_at text_format links_found conversation file_name filename'.split(' '),
]);

/**
 * Included even next to text or a file. Other properties are not, because Userlike adds properties without notice and a
 * new one must not make a message new.
 */
const alwaysIncluded = ['location', 'contacts', 'contact_card', 'vcard', 'reaction', 'story'];

/** Message types that say nothing about the content. */
const genericTypes = ['', 'message', 'notification', 'text'];

/** The content of a message that is neither text nor file. */
export function extrasOf(message: Message, hasFiles: boolean): Extra[] {
  const isPlain = hasFiles || bodyOf(message).trim() !== '';
  const keys = Object.keys(message).filter((key) =>
    isPlain ? alwaysIncluded.includes(key) : !known.has(key) && (key === message.type || !isMetadataOfMessage(key)),
  );
  const attached = attachmentsWithoutFile(message).map(({ type, ...rest }) => {
    const kind = typeof type === 'string' ? oneLine(type.slice(0, MAX_TYPE_LENGTH)) : '';
    return [kind, rest] as const;
  });
  const values = keys
    .map((key) => [key, message[key]] as const)
    .filter(([, value]) => typeof value === 'object' || isPlain);
  const extras = [...values, ...attached].flatMap(([kind, value]) => {
    const text = readableText(value);
    return text === '' ? [] : [toExtra(kind, text)];
  });
  if (isPlain) return extras;
  const own = Object.fromEntries(
    keys.map((key) => [key, message[key]]).filter(([, value]) => typeof value !== 'object'),
  );
  const text = ['latitude', 'lat'].some((key) => Object.hasOwn(own, key)) ? readableText(own) : fieldsIn(own);
  const type = oneLine((message.type ?? '').slice(0, MAX_TYPE_LENGTH));
  const isTyped = !genericTypes.includes(type.toLowerCase());
  if (text !== '') return [toExtra(isTyped ? type : '', text), ...extras];
  return isTyped && extras.length === 0 ? [toExtra(type, '')] : extras;
}

function toExtra(kind: string, text: string): Extra {
  const [word] = extraKinds.filter((word) => kinds[word].includes(kind.toLowerCase()));
  return { kind, text, ...(word && { word }) };
}

/** Fields about operators and earlier states. */
function isMetadataOfMessage(key: string): boolean {
  return isMetadataKey(key) || key.startsWith('operator_') || key.startsWith('previous_');
}

const MAX_TYPE_LENGTH = 64;
