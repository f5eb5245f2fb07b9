import { oneLine } from '../../text/one-line.ts';
import type { Message } from '../conversation.ts';
import { fieldsIn, isMetadataKey, readableText } from '../forms/readable-text.ts';
import { bodyOf } from '../message.ts';
import { attachmentsWithoutFile, fileKeys } from './files.ts';

const extraKinds = ['location', 'contacts', 'choice', 'reaction', 'story'] as const;

/** Things that a message of a channel may hold: a place, a card, the choice of a button. */
export type ExtraKind = (typeof extraKinds)[number];

/** A thing that a message holds beside text and files. `kind` is its property's name, `word` stands for a known one. */
export type Extra = { kind: string; text: string; word?: ExtraKind };

/** Properties and types by which channels name such things. */
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

/** What Userlike documents of a message, and what is told otherwise. */
const known = new Set([
  ...fileKeys,
  ...'id msgid type event body body_plain url representation sender name display_name text content caption'.split(' '),
  ...'reference sent_at text_format links_found conversation file_name filename'.split(' '),
]);

/** Told also beside a text or a file: Userlike adds properties without notice, and none must make a message new. */
const alwaysIncluded = ['location', 'contacts', 'contact_card', 'vcard', 'reaction', 'story'];

/** Types of a message that say nothing about what it holds. */
const genericTypes = ['', 'message', 'notification', 'text'];

/** What a message holds that is neither text nor file, as far as it can be told. */
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
  const things = [...values, ...attached].flatMap(([kind, value]) => {
    const text = readableText(value);
    return text === '' ? [] : [held(kind, text)];
  });
  if (isPlain) return things;
  const own = Object.fromEntries(
    keys.map((key) => [key, message[key]]).filter(([, value]) => typeof value !== 'object'),
  );
  const text = ['latitude', 'lat'].some((key) => Object.hasOwn(own, key)) ? readableText(own) : fieldsIn(own);
  const type = oneLine((message.type ?? '').slice(0, MAX_TYPE_LENGTH));
  const isTyped = !genericTypes.includes(type.toLowerCase());
  if (text !== '') return [held(isTyped ? type : '', text), ...things];
  return isTyped && things.length === 0 ? [held(type, '')] : things;
}

function held(kind: string, text: string): Extra {
  const [word] = extraKinds.filter((word) => kinds[word].includes(kind.toLowerCase()));
  return { kind, text, ...(word && { word }) };
}

/** Of operators, and of what was before: no part of what a message says. */
function isMetadataOfMessage(key: string): boolean {
  return isMetadataKey(key) || key.startsWith('operator_') || key.startsWith('previous_');
}

const MAX_TYPE_LENGTH = 64;
