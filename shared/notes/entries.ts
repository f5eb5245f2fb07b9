import { MappingError } from '../errors.ts';
import { oneLine } from '../text/one-line.ts';
import type { Conversation } from '../userlike/conversation.ts';
import { readableText } from '../userlike/forms/readable-text.ts';
import { messagesOf } from '../userlike/messages/messages-of.ts';
import { isDeleted } from '../userlike/messages/state.ts';
import { isEmpty } from '../userlike/value-at.ts';
import { digestOf, type Entry } from './entry.ts';
import { transcriptLines } from './transcript.ts';
import type { Language } from './translations/language.ts';
import { translations } from './translations.ts';

/** Parts of a conversation that follow its messages. */
export type Section = 'survey' | 'rating' | 'feedback' | 'notes';

/** The contents of the entries. */
export type EntryOptions = {
  /** IANA name, for example `Europe/Berlin`. */
  timeZone: string;
  language: Language;
  includeNotifications: boolean;
  sections: readonly Section[];
};

/** The most entries the ledger can track: each takes 7 bytes of an item, and an item has 400 KB. */
const MAX_ENTRIES = 40_000;

/**
 * The entries of a conversation's notes: messages in order, then the chosen sections. Every language gives the same
 * number of entries in the same order with the same digests. Throws MappingError above 40,000 entries.
 */
export function entriesOf(conversation: Conversation, options: EntryOptions): Entry[] {
  const { timeZone, language, includeNotifications, sections } = options;
  const t = translations[language];
  const remark = (key: string, label: string, value: string, content = value): Entry => ({
    digest: digestOf(key, content),
    // Indent further lines so that none can pass for a message of the transcript.
    text: label + t.colon + value.replace(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '$&    '),
  });
  const entries = [
    ...transcriptLines(messagesOf(conversation), {
      timeZone,
      language,
      includeNotifications,
      contactName: conversation.contact?.name ?? undefined,
    }).map(({ id, content, legacy, ...line }) => ({
      digest: digestOf(id, content),
      ...line,
      ...(legacy && { legacyDigest: digestOf(legacy.id, legacy.content) }),
    })),
    ...remarks.flatMap(({ section, key, label }) => {
      const value = textOf(conversation[key]);
      return sections.includes(section) && value !== '' ? [{ ...remark(key, t[label], value), field: key }] : [];
    }),
    ...(sections.includes('notes') ? internalNotes(conversation.notes) : []).map(({ text, author }) =>
      remark('notes', t.internalNote, author === '' ? text : `${text} (${author})`, text),
    ),
  ];
  if (entries.length > MAX_ENTRIES) {
    throw new MappingError(`${entries.length} messages, files and notes exceed the limit of ${MAX_ENTRIES}`);
  }
  return entries;
}

const remarks = [
  { section: 'survey', key: 'pre_survey_option', label: 'surveyBefore' },
  { section: 'survey', key: 'post_survey_option', label: 'surveyAfter' },
  { section: 'rating', key: 'rate', label: 'rating' },
  { section: 'feedback', key: 'feedback_message', label: 'feedback' },
] as const;

/** Text and numbers as they are, other values as readable text. */
function textOf(value: unknown): string {
  if (isEmpty(value)) return '';
  return typeof value === 'object' ? readableText(value) : String(value);
}

type InternalNote = { text: string; author: string };

/** Userlike does not document the form of notes. Accepts one note or a list, each a text or an object with a text. */
function internalNotes(notes: unknown): InternalNote[] {
  return (Array.isArray(notes) ? notes : [notes]).map(noteIn).filter(({ text }) => text.trim() !== '');
}

function noteIn(note: unknown): InternalNote {
  if (typeof note !== 'object' || note === null || Array.isArray(note)) return { text: textOf(note), author: '' };
  const fields: Record<string, unknown> = { ...note };
  if (isDeleted(fields)) return { text: '', author: '' };
  const [text] = texts.map((key) => fields[key]).filter((value) => typeof value === 'string' && !isEmpty(value));
  if (typeof text !== 'string') return { text: readableText(fields), author: '' };
  return { text, author: oneLine(readableText(authors.map((key) => fields[key]).find((author) => !isEmpty(author)))) };
}

const texts = ['body', 'text', 'note', 'message', 'content'];
const authors = ['operator_name', 'author_name', 'author', 'operator'];
