import { MappingError } from '../errors.ts';
import { shorten } from '../text/cut.ts';
import { oneLine } from '../text/one-line.ts';
import { digestOf, type Entry } from './entry.ts';
import { addDigests, digestToNumber, numberToDigest, tailOf, titleOf } from './lines/mark.ts';
import { type Part, split } from './split.ts';
import type { Language } from './translations/language.ts';

/** A history note to write. Its first line is `mark`. The same entries give the same `tail` in every language. */
export type Note = { mark: string; tail: string; text: string };

export type NoteContent = {
  conversation: string;
  /** Lines above the messages in the first note. */
  head: readonly string[];
  entries: readonly Entry[];
  /** True if the limeobject already has notes. */
  continued: boolean;
  /** True if the entries are the whole conversation, written again next to earlier notes. */
  whole?: boolean;
  /** Language of the mark, head and entries. Default: English. */
  language?: Language;
  /** Characters that fit into a note. Undefined if Lime sets no limit. */
  length: number | undefined;
};

/** Shorter properties have no room for mark and head. */
const MIN_NOTE_LENGTH = 200;
const RESERVED_FOR_MARK = 100;

/**
 * Splits a conversation into numbered notes that fit the property. The splits depend only on entries and length, not on
 * the head, so that a repeated attempt makes the same notes.
 */
export function toNotes(content: NoteContent): Note[] {
  const { conversation, head, entries, continued, language = 'en' } = content;
  const { parts, headRoom } = splitContent(content);
  const title = titleOf(conversation, language, continued);
  const base = baseDigest(content);
  return parts.map(({ text: part, first, end, left }, index) => {
    const sum = entries.slice(first, end).reduce((sum, { digest }) => addDigests(sum, digestToNumber(digest)), base);
    const tail = tailOf(index + 1, parts.length, numberToDigest(sum), left);
    const mark = `${title} ${tail}`;
    const top =
      index === 0 && head.length > 0 ? `${mark}\n${shorten(head.map(oneLine).join('\n'), headRoom - 1)}\n` : mark;
    // A lone surrogate has no UTF-8 form, so Lime could not store it.
    return { mark, tail, text: (part === '' ? top.trimEnd() : `${top}\n${part}`).toWellFormed() };
  });
}

function splitContent({ entries, length }: NoteContent): { parts: Part[]; headRoom: number } {
  if (length !== undefined && length < MIN_NOTE_LENGTH) {
    throw new MappingError(`a history note of ${length} characters is too short, ${MIN_NOTE_LENGTH} are needed`);
  }
  const headRoom =
    length === undefined ? Number.POSITIVE_INFINITY : Math.min(1_000, Math.floor((length - RESERVED_FOR_MARK) / 2));
  const room = length === undefined ? Number.POSITIVE_INFINITY : length - RESERVED_FOR_MARK;
  return { parts: split(entries, room - (length === undefined ? 0 : headRoom), room), headRoom };
}

/** The digest that every mark starts from. It must not depend on entries that are added later. */
export function baseDigest({ conversation, entries, whole = false }: NoteContent): number {
  return digestToNumber(digestOf(conversation, ...(whole ? entries.map(({ digest }) => digest) : [])));
}

/** The mark tails that version 0.1.0 gave this content before its release. */
export function legacyTailsOf(content: NoteContent): string[] {
  const { conversation, entries } = content;
  const { parts } = splitContent(content);
  const starts = parts.slice(1).map(({ first }, index) => {
    const left = parts[index]?.end === first ? undefined : parts[index]?.left;
    return left === undefined ? `${first}` : `${first}-${left}`;
  });
  const digest = digestOf(conversation, ...entries.map((entry) => entry.legacyDigest ?? entry.digest), ...starts);
  return parts.map((_, index) => tailOf(index + 1, parts.length, digest));
}
