import type { Language } from '../../userlike/transcript.ts';
import type { Entry } from './note.ts';

/** Why a file of a message is not in Lime as a document. */
const failures = {
  tooLarge: 'too large',
  wrongType: 'file type not allowed',
  hostNotAllowed: 'server not allowed',
  notFound: 'not found',
  noAnswer: 'no answer',
  refused: 'refused by Lime',
  tooMany: 'too many files',
};
export type ImportFailure = keyof typeof failures;

/** What became of a file: a document in Lime, or why there is none. */
export type ImportResult = 'imported' | ImportFailure;

/** The entry with what became of its file behind the file's address. Its digest stays: nothing else was said. */
export const withImport = (entry: Entry, result: ImportResult, _language: Language): Entry =>
  entry.media === undefined ? entry : { ...entry, text: withoutImport(entry) + suffixOf(result) };

/** The entry's text without what `withImport` has added. */
export const withoutImport = ({ text, media }: Entry): string => (media === undefined ? text : cutImport(text));

/** Cuts what `withImport` adds off a text, where it is there. */
export const cutImport = (text: string): string => {
  const suffix = text.endsWith(')') ? suffixes.find((suffix) => text.endsWith(suffix)) : undefined;
  return suffix === undefined ? text : text.slice(0, -suffix.length);
};

const suffixOf = (result: ImportResult): string =>
  result === 'imported' ? ' (in Lime as a document)' : ` (not imported: ${failures[result]})`;

const suffixes = [' (in Lime as a document)', ...Object.values(failures).map((reason) => ` (not imported: ${reason})`)];
