import { describe, expect, it } from '@jest/globals';
import { domainOf, domainSearchValue, domainsIn } from '../../../../shared/mapping/identity/domain.ts';

describe('the domain', () => {
  it.each([
    'ada@example.com',
    ' Ada@Example.COM ',
    'ada@www.example.com',
    '"a@b"@example.com',
    'a.b/c@example.com',
    'mailto:ada@example.com',
    'ada@example.com.',
    'example.com',
    'www.example.com',
    'example.com:8080',
    'example.com/contact',
    'example.com?from=chat',
    'example.com#team',
    'http://example.com',
    'HTTPS://www.example.com/contact?mail=ada@example.net',
    'https://ada:secret@example.com/',
    'https://example.com./',
    '//example.com/contact',
    'exam\u00adple.com\u200b',
    'ｅｘａｍｐｌｅ．ｃｏｍ',
    'Ada <ada@example.com>',
    'https://example.com:443/two\nlines',
  ])('of %j is example.com', (text) => {
    expect(domainOf(text)).toBe('example.com');
  });

  it.each([
    { text: 'ada@mail.example.com', domain: 'mail.example.com' },
    { text: 'ada@www2.example.com', domain: 'www2.example.com' },
    { text: 'ada@xwww.example.com', domain: 'xwww.example.com' },
    { text: 'ada@bücher.example', domain: 'xn--bcher-kva.example' },
    { text: 'https://www.BÜCHER.example/', domain: 'xn--bcher-kva.example' },
    { text: 'https://xn--bcher-kva.example', domain: 'xn--bcher-kva.example' },
    { text: 'https://straße.example', domain: 'xn--strae-oqa.example' },
    { text: 'www.example', domain: 'www.example' },
    { text: 'ada@example.sexample', domain: 'example.sexample' },
    { text: 'ada@a.b.c.d', domain: 'a.b.c.d' },
  ])('of $text is $domain', ({ text, domain }) => {
    expect(domainOf(text)).toBe(domain);
  });

  it.each([
    '',
    'Ada',
    'ada@localhost',
    'http://localhost:8080/example.com',
    'https://',
    'ada@',
    '@',
    '.',
    '..',
    'example..com',
    '.example.com',
    'example.com and more',
    'see example.com',
    'ada@example.com/x',
    'ada@example.com:x',
    'javascript:alert.x',
  ])('is not in %j', (text) => {
    expect(domainOf(text)).toBeUndefined();
  });
});

it('a field with several addresses holds the domain of each', () => {
  expect(new Set(domainsIn('www.example.com, http://example.org/se | info@example.net'))).toEqual(
    new Set(['example.com', 'example.org', 'example.net']),
  );
});

it('a domain is looked for in every spelling of a web address', () => {
  expect(domainSearchValue('ada@example.com')?.spellings).toEqual([
    'example.com',
    'www.example.com',
    'http://example.com',
    'http://example.com/',
    'http://www.example.com',
    'http://www.example.com/',
    'https://example.com',
    'https://example.com/',
    'https://www.example.com',
    'https://www.example.com/',
  ]);
});
