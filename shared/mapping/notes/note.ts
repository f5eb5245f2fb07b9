import { createHash } from 'node:crypto';
import { NotMappable } from '../../errors.ts';
import { oneLine } from '../../userlike/message.ts';
import type { Media } from '../../userlike/transcript.ts';
import { fill, type Language, languages, words } from '../../userlike/words.ts';
import { shorten } from '../values/text.ts';
import { split } from './split.ts';

/** One line (or paragraph) of a note: a message of the transcript, or what else the conversation holds (a rating). */
export type Entry = {
  /** What is new is told by this: a digest of the entry's id and content, `digestLength` characters. */
  digest: string;
  /** In the language of the notes, which the digest is not. */
  text: string;
  /** The file with whose address the text ends. */
  media?: Media;
};

/** Characters of a digest: 48 bits, enough to tell the entries of one conversation apart. */
export const digestLength = 8;

export const digestOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, digestLength);

/** The entries whose digests are not in `written`. */
export const newEntries = (entries: readonly Entry[], written: string): Entry[] => {
  const known = new Set<string>();
  for (let at = 0; at < written.length; at += digestLength) known.add(written.slice(at, at + digestLength));
  return entries.filter((entry) => !known.has(entry.digest));
};

const markOf = (conversation: string, language: Language): string => fill(words[language].mark, 'id', conversation);

/** Whether a note of Lime is one of this conversation's, in this language or in any. */
export const isNoteOf = (conversation: string, note: string, language?: Language): boolean =>
  (language === undefined ? languages : [language]).some((language) => {
    const mark = markOf(conversation, language);
    return note.startsWith(`${mark} (`) || note.startsWith(`${mark},`);
  });

/**
 * A history note to be written. Its first line, `mark`, tells it from all others; it is the same for the same content,
 * split at the same places, in one language.
 */
export type Note = { mark: string; text: string };

/** Where its mark is, whatever Lime has made of line breaks and blanks. */
export const firstLine = (note: string): string => note.split(/\r?\n/, 1)[0]?.trim() ?? '';

export type NoteContent = {
  conversation: string;
  /** Lines above the messages in the first note: contact, topics, links, what the lookups found. */
  head: readonly string[];
  entries: readonly Entry[];
  /** The limeobject has notes already. */
  continued: boolean;
  /** Of the mark, as of head and entries; English where none is given. */
  language?: Language;
  /** Characters a note may have; undefined where Lime sets no limit. */
  length: number | undefined;
};

/** Below this a note has no room for its own frame. */
const shortestNote = 200;
const markRoom = 100;

/**
 * Splits a conversation into numbered notes that fit the property. Where a note ends depends on the entries and the
 * length alone, not on the head (which differs with what the lookups find): a repeated attempt makes the same notes.
 */
export const toNotes = ({ conversation, head, entries, continued, language = 'en', length }: NoteContent): Note[] => {
  if (length !== undefined && length < shortestNote) {
    throw new NotMappable(`a history note of ${length} characters is too short, ${shortestNote} are needed`);
  }
  const headRoom =
    length === undefined ? Number.POSITIVE_INFINITY : Math.min(1_000, Math.floor((length - markRoom) / 2));
  const room = length === undefined ? Number.POSITIVE_INFINITY : length - markRoom;
  const parts = split(entries, room - (length === undefined ? 0 : headRoom), room);
  // Texts may differ between attempts (a name, a language): a note stands for another only if both are split alike.
  const starts = parts.slice(1).map(({ start }) => start);
  const content = digestOf(conversation, ...entries.map((entry) => entry.digest), ...starts);
  const title = markOf(conversation, language) + (continued ? `, ${words[language].continued}` : '');
  return parts.map(({ text: part }, index) => {
    const mark = `${title} (${index + 1}/${parts.length}) #${content}`;
    const top = index === 0 ? `${mark}\n${shorten(head.map(oneLine).join('\n'), headRoom - 1)}\n` : mark;
    // Half a character (a lone surrogate) has no UTF-8: Lime could not store it.
    return { mark, text: (part === '' ? top.trimEnd() : `${top}\n${part}`).toWellFormed() };
  });
};
