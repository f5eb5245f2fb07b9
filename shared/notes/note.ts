import { createHash } from 'node:crypto';
import { MappingError } from '../errors.ts';
import {
  addDigests,
  type DigestReader,
  readDigests,
  type WrittenDigests,
  type WrittenPart,
} from '../ledger/written-digests.ts';
import { shorten } from '../mapping/values/text.ts';
import { oneLine } from '../userlike/message.ts';
import { digestFrom, numberOf, sumOf, tailOf, titleOf } from './mark.ts';
import { type Part as SplitPart, split } from './split.ts';
import type { Media } from './transcript.ts';
import { type Language, words } from './translations.ts';

/** One line (or paragraph) of a note: a message of the transcript, or what else the conversation holds (a rating). */
export type Entry = {
  /** What is new is told by this: a digest of the entry's id and content, `digestLength` characters. */
  digest: string;
  /** In the language of the notes, which the digest is not. */
  text: string;
  /** The file with whose address the text ends. */
  media?: Media;
  /** What became of the file, in the same language: told behind the text. */
  outcome?: string;
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
export const DIGEST_LENGTH = 8;

export function digestOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, DIGEST_LENGTH);
}

/** The entries that Lime does not have as they are. */
export function newEntries(entries: readonly Entry[], written: WrittenDigests | undefined): Entry[] {
  const known = readDigests(written);
  return entries.filter((entry) => !isKnown(entry, known));
}

/**
 * The messages of a version older than the delivered one that Lime has as they are, or in no form. What it says else, of
 * a message that Lime has or of the conversation, is out of date.
 */
export function messagesOfOlder(entries: readonly Entry[], written: WrittenDigests | undefined): Entry[] {
  const known = readDigests(written);
  return entries.filter(
    (entry) => entry.message !== undefined && (isKnown(entry, known) || !known.hasAnyOf(entry.message)),
  );
}

/** The entries, with the word for it where a message has changed since it was written. */
export function withEdits(entries: readonly Entry[], written: WrittenDigests | undefined, language: Language): Entry[] {
  const known = readDigests(written);
  return entries.map((entry) => {
    const { message, nameEnd, text } = entry;
    if (message === undefined || nameEnd === undefined) return entry;
    if (isKnown(entry, known) || !known.hasAnyOf(message)) return entry;
    return { ...entry, text: `${text.slice(0, nameEnd)} (${words[language].edited})${text.slice(nameEnd)}` };
  });
}

/** What the ledger keeps once these entries are in Lime, and what else these digests stand for. */
export function writtenWith(
  written: WrittenDigests | undefined,
  entries: readonly Entry[],
  digests: readonly string[],
): WrittenDigests {
  return addDigests(
    written,
    [...digests.map((digest) => ({ digest })), ...entries.map(partOf)],
    entries.flatMap(({ formerDigest }) => formerDigest ?? []),
  );
}

function isKnown(entry: Entry, known: DigestReader): boolean {
  return known.has(partOf(entry)) || (entry.formerDigest !== undefined && known.has({ digest: entry.formerDigest }));
}

function partOf({ digest, message, field }: Entry): WrittenPart {
  const of = message ?? (field === undefined ? undefined : `\0${field}`);
  return of === undefined ? { digest } : { digest, of };
}

/** A history note to be written. Its first line is `mark`, whose `tail` is the same for the same entries in any language. */
export type Note = { mark: string; tail: string; text: string };

export type NoteContent = {
  conversation: string;
  /** Lines above the messages in the first note: contact, topics, links, what the lookups found. */
  head: readonly string[];
  entries: readonly Entry[];
  /** The limeobject has notes already. */
  continued: boolean;
  /** The entries are all of the conversation, told anew beside the notes that tell it already. */
  whole?: boolean;
  /** Of the mark, as of head and entries; English where none is given. */
  language?: Language;
  /** Characters a note may have; undefined where Lime sets no limit. */
  length: number | undefined;
};

/** Below this a note has no room for its own frame. */
const SHORTEST_NOTE = 200;
const MARK_ROOM = 100;

/**
 * Splits a conversation into numbered notes that fit the property. Where a note ends depends on the entries and the
 * length alone, not on the head (which differs with what the lookups find): a repeated attempt makes the same notes.
 */
export function toNotes(content: NoteContent): Note[] {
  const { conversation, head, entries, continued, language = 'en' } = content;
  const { parts, headRoom } = partsOf(content);
  const title = titleOf(conversation, language, continued);
  const base = baseOf(content);
  return parts.map(({ text: part, first, end, left }, index) => {
    const sum = entries.slice(first, end).reduce((sum, { digest }) => sumOf(sum, numberOf(digest)), base);
    const tail = tailOf(index + 1, parts.length, digestFrom(sum), left);
    const mark = `${title} ${tail}`;
    const top =
      index === 0 && head.length > 0 ? `${mark}\n${shorten(head.map(oneLine).join('\n'), headRoom - 1)}\n` : mark;
    // Half a character (a lone surrogate) has no UTF-8: Lime could not store it.
    return { mark, tail, text: (part === '' ? top.trimEnd() : `${top}\n${part}`).toWellFormed() };
  });
}

function partsOf({ entries, length }: NoteContent): { parts: SplitPart[]; headRoom: number } {
  if (length !== undefined && length < SHORTEST_NOTE) {
    throw new MappingError(`a history note of ${length} characters is too short, ${SHORTEST_NOTE} are needed`);
  }
  const headRoom =
    length === undefined ? Number.POSITIVE_INFINITY : Math.min(1_000, Math.floor((length - MARK_ROOM) / 2));
  const room = length === undefined ? Number.POSITIVE_INFINITY : length - MARK_ROOM;
  return { parts: split(entries, room - (length === undefined ? 0 : headRoom), room), headRoom };
}

/** What the digests of all notes of a telling begin with: of what is new they must be the same whatever is told later. */
export function baseOf({ conversation, entries, whole = false }: NoteContent): number {
  return numberOf(digestOf(conversation, ...(whole ? entries.map(({ digest }) => digest) : [])));
}

/** The ends of the marks that notes of this content had in version 0.1.0 before its release. */
export function formerTailsOf(content: NoteContent): string[] {
  const { conversation, entries } = content;
  const { parts } = partsOf(content);
  const starts = parts.slice(1).map(({ first }, index) => {
    const left = parts[index]?.end === first ? undefined : parts[index]?.left;
    return left === undefined ? `${first}` : `${first}-${left}`;
  });
  const digest = digestOf(conversation, ...entries.map((entry) => entry.formerDigest ?? entry.digest), ...starts);
  return parts.map((_, index) => tailOf(index + 1, parts.length, digest));
}
