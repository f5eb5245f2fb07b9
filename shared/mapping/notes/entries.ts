import type { Conversation } from '../../userlike/conversation.ts';
import { messagesOf, transcriptLines } from '../../userlike/transcript.ts';
import type { Instance } from '../settings/instance.ts';
import type { Settings } from '../settings/settings.ts';
import { isEmpty } from '../values/source.ts';
import { digestOf, type Entry } from './note.ts';

/** What goes into the notes of a conversation: its messages in order, then ratings, surveys and internal notes. */
export const entriesOf = (conversation: Conversation, instance: Instance, settings: Settings): Entry[] => [
  ...transcriptLines(messagesOf(conversation), {
    timeZone: settings.timeZone,
    includeNotifications: instance.history.includeNotifications,
    contactName: conversation.contact?.name ?? undefined,
  }).map(({ id, content, ...line }) => ({ digest: digestOf(id, content), ...line })),
  ...remarks.flatMap(([key, label]) => {
    const value = conversation[key];
    return isEmpty(value) || typeof value === 'object' ? [] : [remark(key, label, String(value))];
  }),
  ...internalNotes(conversation.notes).map((text) => remark('notes', 'Internal note', text)),
];

const remarks = [
  ['pre_survey_option', 'Survey before the chat'],
  ['post_survey_option', 'Survey after the chat'],
  ['rate', 'Rating'],
  ['feedback_message', 'Feedback'],
] as const;

const remark = (key: string, label: string, value: string): Entry => ({
  digest: digestOf(key, value),
  // Further lines are indented, so that nobody can write one that looks like a message of the transcript.
  text: `${label}: ${value.replace(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/g, '$&    ')}`,
});

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
