import { expect, it } from '@jest/globals';
import { pageTranslations } from '../../../../shared/http/link/translations.ts';
import { languages } from '../../../../shared/notes/translations/language.ts';

it.each(languages)('every text of the page is there: %s', (language) => {
  const { reason, nextTry, open, ...states } = pageTranslations[language];
  for (const text of [open, ...Object.values(states).flatMap(({ title, text }) => [title, text])]) {
    expect(text.trim()).toMatch(/^[^<>{}]+$/);
  }
  for (const label of [reason, nextTry]) expect(label).toMatch(/\S\u00a0?: $/);
});
