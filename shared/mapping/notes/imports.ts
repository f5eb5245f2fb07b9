import { fill, type ImportFailure, importFailures, type Language, languages, words } from '../../userlike/words.ts';
import type { Entry } from './note.ts';

/** What became of a file: a document in Lime, or why there is none. */
export type ImportResult = 'imported' | ImportFailure;

/** The entry with what became of its file behind the file's address. Its digest stays: nothing else was said. */
export const withImport = (entry: Entry, result: ImportResult, language: Language): Entry =>
  entry.media === undefined ? entry : { ...entry, text: withoutImport(entry) + suffixOf(result, language) };

/** The entry's text without what `withImport` has added, in whatever language. */
export const withoutImport = ({ text, media }: Entry): string =>
  media === undefined || text.endsWith(media.url) ? text : cutImport(text);

/** Cuts what `withImport` adds off a text, where it is there. */
export const cutImport = (text: string): string => {
  const suffix = text.endsWith(')') ? suffixes.find((suffix) => text.endsWith(suffix)) : undefined;
  return suffix === undefined ? text : text.slice(0, -suffix.length);
};

const suffixOf = (result: ImportResult, language: Language): string => {
  const frame = words[language];
  const outcome =
    result === 'imported' ? frame.imported : fill(frame.notImported, 'reason', frame.importFailures[result]);
  return ` (${outcome})`;
};

const suffixes = languages.flatMap((language) =>
  (['imported', ...importFailures] as const).map((result) => suffixOf(result, language)),
);
