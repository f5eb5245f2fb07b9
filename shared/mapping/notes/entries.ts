import { NotMappable } from '../../errors.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { messagesOf, transcriptLines } from '../../userlike/transcript.ts';
import { type Language, words } from '../../userlike/words.ts';
import type { Instance } from '../settings/instance.ts';
import type { Settings } from '../settings/settings.ts';
import { isEmpty } from '../values/source.ts';
import { digestOf, type Entry } from './note.ts';

/** The language of an instance's notes. */
export const languageOf = ({ history }: Instance, { language }: Settings): Language => history.language ?? language;

/** What the ledger can tell apart, with 8 bytes for each in an item of 400 KB. */
const mostEntries = 40_000;

/**
 * What goes into the notes of a conversation: its messages in order, then those of surveys, rating, feedback and
 * internal notes that the settings want. In each language they are as many, in the same order, with the same digests.
 * Throws NotMappable where there are more than 40,000.
 */
export const entriesOf = (
  conversation: Conversation,
  instance: Instance,
  settings: Settings,
  language: Language = languageOf(instance, settings),
): Entry[] => {
  const { includeNotifications, sections } = instance.history;
  const frame = words[language];
  const remark = (key: string, label: string, value: string): Entry => ({
    digest: digestOf(key, value),
    // Further lines are indented, so that nobody can write one that looks like a message of the transcript.
    text: label + frame.colon + value.replace(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '$&    '),
  });
  const entries = [
    ...transcriptLines(messagesOf(conversation), {
      timeZone: settings.timeZone,
      language,
      includeNotifications,
      contactName: conversation.contact?.name ?? undefined,
    }).map(({ id, content, ...line }) => ({ digest: digestOf(id, content), ...line })),
    ...remarks.flatMap(({ section, key, label }) => {
      const value = conversation[key];
      if (!sections.includes(section) || isEmpty(value) || typeof value === 'object') return [];
      return [remark(key, frame[label], String(value))];
    }),
    ...(sections.includes('notes')
      ? internalNotes(conversation.notes).map((text) => remark('notes', frame.internalNote, text))
      : []),
  ];
  if (entries.length > mostEntries) {
    throw new NotMappable(
      `${entries.length} messages, files and notes are too many, at most ${mostEntries} can be told`,
    );
  }
  return entries;
};

const remarks = [
  { section: 'survey', key: 'pre_survey_option', label: 'surveyBefore' },
  { section: 'survey', key: 'post_survey_option', label: 'surveyAfter' },
  { section: 'rating', key: 'rate', label: 'rating' },
  { section: 'feedback', key: 'feedback_message', label: 'feedback' },
] as const;

/** Userlike does not document the form of a note: a text, or an object that holds one. */
const internalNotes = (notes: unknown): string[] => {
  if (!Array.isArray(notes)) return [];
  return notes.flatMap((note: unknown) => {
    const text = typeof note === 'object' && note !== null ? textIn(note) : note;
    return typeof text === 'string' && text.trim() !== '' ? [text] : [];
  });
};

const textIn = (note: object): unknown => {
  const fields = new Map(Object.entries(note));
  return ['body', 'text', 'note', 'message'].map((key) => fields.get(key)).find((value) => typeof value === 'string');
};
