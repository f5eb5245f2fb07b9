import type { Language } from '../../notes/translations/language.ts';
import { de, en, nl } from './translations/germanic.ts';
import { da, fi, nb, sv } from './translations/nordic.ts';
import type { PageTranslation } from './translations/page-translation.ts';
import { es, fr, ptBR, ptPT } from './translations/romance.ts';

/** Texts of the page behind an operator's link. */
export const pageTranslations: Record<Language, PageTranslation> = {
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
