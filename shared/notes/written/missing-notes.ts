import type { Entry } from '../entry.ts';
import { withoutOutcome } from '../lines/file-outcome.ts';
import { INDENT, looksLikeBridgeLine, startsEntry } from '../lines/indent.ts';
import { addDigests, digestToNumber, readMark, subtractDigests } from '../lines/mark.ts';
import { baseDigest, legacyTailsOf, type Note, type NoteContent, toNotes } from '../note.ts';

/**
 * The notes that the limeobject does not have yet. If earlier notes, in another language or of another version, contain
 * some of the entries, one note with the remaining entries.
 * @param all all entries of the conversation, written ones included
 * @param texts the notes of the limeobject
 */
export function missingNotes(content: NoteContent, all: readonly Entry[], texts: readonly string[]): Note[] {
  const { conversation } = content;
  const notes = toNotes(content);
  const legacyTails = legacyTailsOf(content);
  const textByTail = new Map(texts.map((text) => [readMark(conversation, text)?.tail ?? '', text]));
  const written = new Map(
    notes.flatMap((note, index) => {
      const text = textByTail.get(note.tail) ?? textByTail.get(legacyTails[index] ?? '');
      return text === undefined ? [] : [[note, text] as const];
    }),
  );
  if (written.size === notes.length) return [];
  const writtenTexts = new Set(written.values());
  const others = texts.filter((text) => !writtenTexts.has(text));
  if (entriesInNotes(content, all, others).size === 0) return notes.filter((note) => !written.has(note));
  const missing = entriesInNotes(content, all, texts);
  const rest = content.entries.flatMap((entry) => remainderOf(entry, missing.get(entry)));
  return rest.length === 0 ? [] : toNotes({ ...content, entries: rest, continued: true });
}

/**
 * The part of an entry to write, given how many characters at its end are missing. The whole entry if no note contains
 * it.
 */
function remainderOf(entry: Entry, left: number | undefined): Entry[] {
  if (left === 0) return [];
  // A file's outcome may be longer in another language. Writing the entry twice is better than cutting it.
  if (left === undefined || left >= entry.text.length || entry.media !== undefined) return [entry];
  const rest = entry.text.slice(-left);
  return [{ ...entry, text: looksLikeBridgeLine(rest) ? INDENT + rest : rest }];
}

/**
 * The entries that notes contain, each with the number of characters missing at its end. A note is read by its mark if
 * its entries are consecutive in this version, otherwise by its text.
 */
export function entriesInNotes(
  content: NoteContent,
  all: readonly Entry[],
  texts: readonly string[],
): Map<Entry, number> {
  const missingAtEnd = new Map<Entry, number>();
  const runOf = createRunFinder(content);
  const unmatched: string[] = [];
  for (const text of texts) {
    const mark = readMark(content.conversation, text);
    if (mark === undefined) continue;
    const run = runOf(mark.digest);
    if (run.length === 0) unmatched.push(text);
    for (const entry of run) {
      const left = entry === run.at(-1) ? mark.left : 0;
      missingAtEnd.set(entry, Math.min(left, missingAtEnd.get(entry) ?? left));
    }
  }
  if (content.whole) return missingAtEnd;
  const fresh = new Set(content.entries.map(({ digest }) => digest));
  const notFound = content.entries.filter((entry) => !missingAtEnd.has(entry));
  const others = all.filter(({ digest }) => !fresh.has(digest));
  for (const entry of foundByText(notFound, others, unmatched)) missingAtEnd.set(entry, 0);
  return missingAtEnd;
}

/** Finds the run of consecutive entries whose sum matches a mark. */
function createRunFinder(content: NoteContent): (digest: number) => Entry[] {
  const { entries } = content;
  const sums = [0];
  for (const { digest } of entries) sums.push(addDigests(sums.at(-1) ?? 0, digestToNumber(digest)));
  const placeOf = new Map(sums.map((sum, place) => [sum, place]));
  const base = baseDigest(content);
  // A note usually continues where the previous one ends.
  let from = 0;
  return (digest) => {
    const sum = subtractDigests(digest, base);
    for (let steps = 0; steps < entries.length; steps += 1) {
      const start = (from + steps) % entries.length;
      const end = placeOf.get(addDigests(sums[start] ?? 0, sum));
      if (end === undefined || end <= start) continue;
      from = end;
      return entries.slice(start, end);
    }
    return [];
  };
}

/**
 * The entries whose text is in these notes, under any speaker's name. Identical texts count only beyond those that
 * `others` already account for. Entries that cannot be found, because they were cut or changed in Lime, are written
 * again rather than lost.
 */
function foundByText(entries: readonly Entry[], others: readonly Entry[], notes: readonly string[]): Entry[] {
  const noteEntries = notes.flatMap(entriesIn);
  const whole = countOf(noteEntries.map(keyOf));
  // Ignore the outcome for files only: other texts may end in the same words.
  const withoutOutcomes = countOf(noteEntries.map((text) => keyOf(withoutOutcome(text))));
  const known = countOf(others.map(({ text }) => keyOf(text)));
  return [...Map.groupBy(entries, ({ text }) => keyOf(text))].flatMap(([key, equal]) => {
    const counts = equal.some(({ media }) => media !== undefined) ? withoutOutcomes : whole;
    return equal.slice(0, Math.max(0, (counts.get(key) ?? 0) - (known.get(key) ?? 0)));
  });
}

/** Splits a note into the texts of its entries. */
function entriesIn(note: string): string[] {
  const texts: string[][] = [];
  for (const line of withPlainBreaks(note).split('\n')) {
    if (startsEntry(line)) texts.push([line]);
    else texts.at(-1)?.push(line);
  }
  return texts.map((lines) => lines.join('\n').trimEnd());
}

/** Compares entries by time and content, without the speaker. */
function keyOf(text: string): string {
  const plain = withPlainBreaks(text).toWellFormed().trimEnd();
  const time = plain.startsWith('[') ? plain.indexOf('] ') : -1;
  const start = time === -1 ? -1 : plain.indexOf(': ', time);
  return start === -1 ? plain : plain.slice(0, time) + plain.slice(start);
}

function withPlainBreaks(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
