import { createHash } from 'node:crypto';
import { NotMappable } from '../../errors.ts';
import { type Known, knownIn, type Part, type Written, withWritten } from '../../ledger/written.ts';
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
  /** The id of the message that it tells, a file of it included. */
  message?: string;
  /** The field of the conversation that it tells, where that has one value at a time: `rate`. */
  field?: string;
  /** Where the name of whoever said it ends in `text`. */
  nameEnd?: number;
  /** The digest that version 0.1.0 gave it, where that was another one. */
  formerDigest?: string;
};

/** Characters of a digest: 48 bits, enough to tell the entries of one conversation apart. */
export const digestLength = 8;

export const digestOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, digestLength);

/** The entries that Lime does not have as they are. */
export const newEntries = (entries: readonly Entry[], written: Written): Entry[] => {
  const known = knownIn(written);
  return entries.filter((entry) => !isKnown(entry, known));
};

/**
 * The messages of a version older than the delivered one that Lime has as they are, or in no form. What it says else, of
 * a message that Lime has or of the conversation, is out of date.
 */
export const messagesOfOlder = (entries: readonly Entry[], written: Written): Entry[] => {
  const known = knownIn(written);
  return entries.filter(
    (entry) => entry.message !== undefined && (isKnown(entry, known) || !known.hasAnyOf(entry.message)),
  );
};

/** The entries, with the word for it where a message has changed since it was written. */
export const withEdits = (entries: readonly Entry[], written: Written, language: Language): Entry[] => {
  const known = knownIn(written);
  return entries.map((entry) => {
    const { message, nameEnd, text } = entry;
    if (message === undefined || nameEnd === undefined) return entry;
    if (isKnown(entry, known) || !known.hasAnyOf(message)) return entry;
    return { ...entry, text: `${text.slice(0, nameEnd)} (${words[language].edited})${text.slice(nameEnd)}` };
  });
};

/** What the ledger keeps once these entries are in Lime, and what else these digests stand for. */
export const writtenWith = (written: Written, entries: readonly Entry[], digests: readonly string[]): Written =>
  withWritten(
    written,
    [...digests.map((digest) => ({ digest })), ...entries.map(partOf)],
    entries.flatMap(({ formerDigest }) => formerDigest ?? []),
  );

const isKnown = (entry: Entry, known: Known): boolean =>
  known.has(partOf(entry)) || (entry.formerDigest !== undefined && known.has({ digest: entry.formerDigest }));

const partOf = ({ digest, message, field }: Entry): Part => {
  const of = message ?? (field === undefined ? undefined : `\0${field}`);
  return of === undefined ? { digest } : { digest, of };
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
