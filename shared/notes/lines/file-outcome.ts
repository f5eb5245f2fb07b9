import { fill } from '../../text/fill.ts';
import type { Entry } from '../entry.ts';
import type { Language } from '../translations/language.ts';
import type { ImportFailure } from '../translations/translation.ts';
import { translations } from '../translations.ts';

/** `imported` if a file became a document in Lime, otherwise the reason. */
export type FileOutcome = 'imported' | ImportFailure;

/** Adds the outcome of its file to an entry. */
export function withFileOutcome(entry: Entry, result: FileOutcome, language: Language): Entry {
  if (entry.media === undefined) return entry;
  const t = translations[language];
  const outcome = result === 'imported' ? t.imported : fill(t.notImported, { reason: t.importFailures[result] });
  return { ...entry, outcome: ` (${outcome})` };
}

/** A text that ends in a file's URL, without the outcome after it. Works in any language. */
export function withoutOutcome(text: string): string {
  const bracket = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  return bracket === -1 ? text : text.slice(0, bracket);
}
