import { languageNamed } from '../../notes/translations/language.ts';
import { type Language, languages } from '../../notes/translations.ts';
import { de, en, nl } from './germanic.ts';
import { da, fi, nb, sv } from './nordic.ts';
import { es, fr, ptBR, ptPT } from './romance.ts';

type Told = { title: string; text: string };

/** What the page behind an operator's link says. */
export type PageWords = {
  queued: Told;
  delivering: Told;
  retrying: Told;
  delivered: Told;
  parked: Told;
  notFound: Told;
  unavailable: Told;
  /** Labels, with a colon. */
  reason: string;
  nextTry: string;
  /** Of the link to the limeobject. */
  open: string;
};

export const pageWords: Record<Language, PageWords> = {
  en,
  de,
  'pt-BR': ptBR,
  'pt-PT': ptPT,
  sv,
  es,
  fr,
  nl,
  da,
  nb,
  fi,
};

/** The language that a browser asks for first among those of the page, else English. */
export function preferredLanguage(acceptLanguage = ''): Language {
  return (
    acceptLanguage
      .slice(0, LONGEST_HEADER)
      .split(',')
      .flatMap((entry) => {
        const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
        const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
        const language = languageNamed(tag);
        return language === undefined || !(quality > 0) ? [] : [{ language, quality }];
      })
      .toSorted((one, other) => other.quality - one.quality)[0]?.language ?? languages[0]
  );
}

const LONGEST_HEADER = 1_000;
