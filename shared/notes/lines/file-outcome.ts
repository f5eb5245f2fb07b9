import { fill } from '../../text/fill.ts';
import type { Entry } from '../entry.ts';
import type { Language } from '../translations/language.ts';
import type { ImportFailure } from '../translations/translation.ts';
import { translations } from '../translations.ts';

/** What became of a file: a document in Lime, or why there is none. */
export type FileOutcome = 'imported' | ImportFailure;

/** The entry with what became of its file, to be told behind the file's address. */
export function withFileOutcome(entry: Entry, result: FileOutcome, language: Language): Entry {
  if (entry.media === undefined) return entry;
  const t = translations[language];
  const outcome = result === 'imported' ? t.imported : fill(t.notImported, { reason: t.importFailures[result] });
  return { ...entry, outcome: ` (${outcome})` };
}

/** A text that ends in a file's address, without what is told behind that in whatever translations. */
export function withoutOutcome(text: string): string {
  const bracket = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  return bracket === -1 ? text : text.slice(0, bracket);
}
