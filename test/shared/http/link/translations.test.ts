import { expect, it } from '@jest/globals';
import { pageTranslations } from '../../../../shared/http/link/translations.ts';
import { languages } from '../../../../shared/notes/translations/language.ts';

it.each(languages)('every text of the page is there: %s', (language) => {
  const texts = Object.values(pageTranslations[language]).flatMap((text) =>
    typeof text === 'string' ? [text] : [text.title, text.text],
  );

  expect(texts).toHaveLength(24);
  for (const text of texts) expect(text.trim()).toMatch(/^[^<>{}]*[^<>{}:]$/);
});
