import { expect, it } from '@jest/globals';
import { preferredLanguage } from '../../../../shared/http/link/preferred-language.ts';

it.each([
  { header: 'de', language: 'de' },
  { header: 'en;q=0.5, de', language: 'de' },
  { header: 'en;q=0.5, de;q=0.4', language: 'en' },
  { header: 'zh-CN, zh;q=0.9, es-MX;q=0.8, en;q=0.7', language: 'es' },
  { header: 'pt-PT', language: 'pt-PT' },
  { header: 'DE-at ; q=1', language: 'de' },
  { header: 'de;q=0, sv', language: 'sv' },
  { header: 'de;q=x, sv;q=0.1', language: 'sv' },
  { header: '*', language: 'en' },
  { header: 'zh', language: 'en' },
  { header: '', language: 'en' },
  { header: undefined, language: 'en' },
  { header: `${'zh,'.repeat(100_000)}sv`, language: 'en' },
])('a browser that accepts $header is answered in $language', ({ header, language }) => {
  expect(preferredLanguage(header)).toBe(language);
});
