import { expect, it } from '@jest/globals';
import {
  type Language,
  LanguageTag,
  languageNamed,
  languages,
  primaryOf,
} from '../../../../shared/notes/translations/language.ts';

it.each<{ tag: string; language: Language | undefined }>([
  ...languages.map((language) => ({ tag: language, language })),
  { tag: 'SV', language: 'sv' },
  { tag: 'sv-SE', language: 'sv' },
  { tag: 'de_AT', language: 'de' },
  { tag: ' nb-no ', language: 'nb' },
  { tag: 'nb-Latn-NO', language: 'nb' },
  { tag: 'no', language: 'nb' },
  { tag: 'no_NO', language: 'nb' },
  { tag: 'pt', language: 'pt-BR' },
  { tag: 'PT_br', language: 'pt-BR' },
  { tag: 'pt-pt', language: 'pt-PT' },
  { tag: 'pt-AO', language: 'pt-PT' },
  { tag: 'nn', language: undefined },
  { tag: 'sv-', language: undefined },
  { tag: 'sve', language: undefined },
  { tag: '', language: undefined },
])('the tag "$tag" names $language', ({ tag, language }) => {
  expect(languageNamed(tag)).toBe(language);
});

it.each([
  { written: 'se', meant: 'sv' },
  { written: 'DK', meant: 'da' },
  { written: 'at', meant: 'de' },
  { written: 'br', meant: 'pt-BR' },
  { written: 'German', meant: 'de' },
  { written: 'svenska', meant: 'sv' },
  { written: 'norsk', meant: 'nb' },
])('a setting that says $written is refused, and $meant is proposed', ({ written, meant }) => {
  expect(LanguageTag.safeParse(written).error?.issues).toEqual([
    expect.objectContaining({
      message: `is none of en, de, pt-BR, pt-PT, sv, es, fr, nl, da, nb, fi; did you mean ${meant}?`,
    }),
  ]);
});

it.each(['xx', 'zh', 'klingon', '\u0000', 'x'.repeat(100_000)])('a setting that says %j is refused', (written) => {
  expect(LanguageTag.safeParse(written).error?.issues).toEqual([
    expect.objectContaining({ message: 'is none of en, de, pt-BR, pt-PT, sv, es, fr, nl, da, nb, fi' }),
  ]);
});

it('the primary tag of a language has no region', () => {
  expect(primaryOf('pt-PT')).toBe('pt');
  expect(primaryOf('sv')).toBe('sv');
});
