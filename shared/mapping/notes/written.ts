import type { Written } from '../../ledger/written.ts';
import { type Language, languages } from '../../userlike/words.ts';
import { cutImport, withoutImport } from './imports.ts';
import { type Entry, firstLine, isNoteOf, type Note, type NoteContent, newEntries, toNotes } from './note.ts';

/**
 * Of the notes that hold what is new, those that the limeobject does not have yet. An attempt that began in another
 * language goes on in it. Where notes of another version's attempt hold new entries, one more that holds the rest.
 * @param entriesIn all of the conversation in a language, those in `written` included: as many and in the same order in
 *   each
 * @param texts the notes the limeobject has
 */
export const missingNotes = (
  content: Omit<NoteContent, 'entries'>,
  entriesIn: (language: Language) => readonly Entry[],
  written: Written,
  texts: readonly string[],
): Note[] => {
  const { conversation, language: wanted = 'en' } = content;
  const attempts = languages
    .filter((language) => language === wanted || texts.some((text) => isNoteOf(conversation, text, language)))
    .map((language) => {
      const entries = entriesIn(language);
      const notes = toNotes({ ...content, language, entries: newEntries(entries, written) });
      const marks = new Set(notes.map(({ mark }) => mark));
      const own = texts.filter((text) => marks.has(firstLine(text)));
      const there = new Set(own.map(firstLine));
      const held = entriesFound(conversation, entries, written, own).size;
      return { language, entries, there: there.size, held, missing: notes.filter(({ mark }) => !there.has(mark)) };
    });
  // Danish and Norwegian have the same mark: what is in the notes tells which it is.
  const rankOf = ({ language, there, held }: (typeof attempts)[number]) => [there, held, Number(language === wanted)];
  const [begun] = attempts.toSorted((one, other) => compare(rankOf(other), rankOf(one)));
  if (begun === undefined || begun.missing.length === 0) return [];
  const placesFound = new Set(
    attempts.flatMap(({ entries }) => {
      const found = entriesFound(conversation, entries, written, texts);
      return [...entries.entries()].flatMap(([place, entry]) => (found.has(entry) ? [place] : []));
    }),
  );
  if (placesFound.size <= begun.held) return begun.missing;
  const rest = newEntries(
    entriesIn(wanted).filter((_, place) => !placesFound.has(place)),
    written,
  );
  return rest.length === 0 ? [] : toNotes({ ...content, entries: rest, continued: true });
};

/** By the first of the numbers in which they differ. */
const compare = (ones: readonly number[], others: readonly number[]): number =>
  ones.map((number, place) => number - (others[place] ?? 0)).find((difference) => difference !== 0) ?? 0;

/**
 * The new entries that notes of any language hold all the same: an attempt of another version wrote them and never knew.
 * Each is told by its whole text, whatever became of its file; of equal texts only as many count as no written entry
 * stands for. What is not found so (split among notes, changed by the tenant) is written again rather than lost.
 */
export const entriesFound = (
  conversation: string,
  entries: readonly Entry[],
  written: Written,
  notes: readonly string[],
): Set<Entry> => {
  const boundary = boundaryOf(entries);
  const held = notes
    .filter((note) => isNoteOf(conversation, note))
    .flatMap((note) => withPlainBreaks(note).split(boundary))
    .map((part) => part.trimEnd());
  const asWritten = countOf(held);
  // Only a text with a file is told without what became of it: others may end in the same words themselves.
  const withoutOutcome = countOf(held.map(cutImport));
  const fresh = new Set(newEntries(entries, written));
  const found = new Set<Entry>();
  for (const [key, equal] of Map.groupBy(entries, keyOf)) {
    const counts = equal.some(({ media }) => media !== undefined) ? withoutOutcome : asWritten;
    const unknown = equal.filter((entry) => fresh.has(entry));
    const known = equal.length - unknown.length;
    for (const entry of unknown.slice(0, Math.max(0, (counts.get(key) ?? 0) - known))) found.add(entry);
  }
  return found;
};

const keyOf = (entry: Entry): string => withPlainBreaks(withoutImport(entry)).toWellFormed().trimEnd();

const withPlainBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');

const countOf = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

/** Where entries begin in a note: a message at its bracket, which no further line of one has, the others at their label. */
const boundaryOf = (entries: readonly Entry[]): RegExp => {
  const labels = new Set(
    entries.map(({ text }) => (text.startsWith('[') ? '[' : text.slice(0, text.indexOf(': ') + 1))),
  );
  return new RegExp(`\\n(?=${[...labels.add('[')].map(RegExp.escape).join('|')})`);
};
