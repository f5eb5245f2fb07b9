import { de, en, nl } from './translations/germanic.ts';
import type { Language } from './translations/language.ts';
import { da, fi, nb, sv } from './translations/nordic.ts';
import { es, fr, ptBR, ptPT } from './translations/romance.ts';
import type { Translation } from './translations/translation.ts';

/** The texts of every language. */
export const translations: Record<Language, Translation> = {
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
