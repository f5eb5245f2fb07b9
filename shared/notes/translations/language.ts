import * as z from 'zod';

export const languages = ['en', 'de', 'pt-BR', 'pt-PT', 'sv', 'es', 'fr', 'nl', 'da', 'nb', 'fi'] as const;
export type Language = (typeof languages)[number];

/**
 * The language of a BCP 47 tag in any case and with either separator: `sv-SE`, `de_AT`. `no` means Bokmål. Portuguese
 * of a region other than Brazil means European Portuguese.
 */
export function languageNamed(tag: string): Language | undefined {
  const [primary, ...subtags] = tag.trim().toLowerCase().split(/[-_]/);
  if (!subtags.every((subtag) => /^[a-z\d]{1,8}$/.test(subtag))) return undefined;
  if (primary === 'no') return 'nb';
  if (primary !== 'pt') return languages.find((language) => language === primary);
  const region = subtags.find((subtag) => /^[a-z]{2}$/.test(subtag)) ?? 'br';
  return region === 'br' ? 'pt-BR' : 'pt-PT';
}

/** The language without its region: `pt`. */
export function primaryOf(language: Language): string {
  return language.split('-', 1).join();
}

/** A setting that names the language of notes. */
export const LanguageTag = z
  .string({ error: 'must be a text' })
  .meta({ examples: [...languages] })
  .transform((tag, context) => {
    const language = languageNamed(tag);
    if (language !== undefined) return language;
    const suggested = suggestedLanguage(tag);
    const hint = suggested === undefined ? '' : `; did you mean ${suggested}?`;
    context.addIssue({ code: 'custom', message: `is none of ${languages.join(', ')}${hint}` });
    return z.NEVER;
  });

/** Guesses the language if the tag is a country or a language's name. */
function suggestedLanguage(text: string): Language | undefined {
  const word = text.trim().toLowerCase();
  const letters = word.replace(/[^a-z]/g, '');
  const unseparated = languages.find((language) => language.toLowerCase().replace('-', '') === letters);
  if (unseparated !== undefined) return unseparated;
  if (/^[a-z]{2}$/.test(word) && regionNames.of(word.toUpperCase()) !== undefined) {
    return languageNamed(new Intl.Locale(`und-${word}`).maximize().baseName);
  }
  return languages.find((language) =>
    [primaryOf(language), ...(language === 'nb' ? ['no'] : [])].some((tag) =>
      ['en', tag].some((shown) => new Intl.DisplayNames(shown, { type: 'language' }).of(tag)?.toLowerCase() === word),
    ),
  );
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
