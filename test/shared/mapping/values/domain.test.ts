import { describe, expect, it } from '@jest/globals';
import { domainOf, domainSpellings } from '../../../../shared/mapping/values/domain.ts';

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
    'https://example.com:443/two\nlines',
  ])('of %j is example.com', (text) => {
    expect(domainOf(text)).toBe('example.com');
  });

  it.each([
    { text: 'ada@mail.example.com', domain: 'mail.example.com' },
    { text: 'ada@www2.example.com', domain: 'www2.example.com' },
    { text: 'ada@xwww.example.com', domain: 'xwww.example.com' },
    { text: 'ada@bücher.example', domain: 'bücher.example' },
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

  it.each([
    'gmail.com',
    'gmail.se',
    'googlemail.com',
    'gmx.net',
    'hotmail.co.uk',
    'live.se',
    'msn.com',
    'outlook.com.br',
    'yahoo.co.jp',
    'ymail.com',
    'icloud.com',
  ])('of a public mail service is none: %s', (service) => {
    expect(domainOf(`ada@${service}`)).toBeUndefined();
  });

  it.each(['mygmail.se', 'gmail.example.co.uk', 'gmail-x.se', 'yahoo.example.com.se'])(
    'that only looks like a public one is one: %s',
    (domain) => {
      expect(domainOf(`ada@${domain}`)).toBe(domain);
    },
  );
});

it('a domain is looked for in every spelling of a web address', () => {
  expect(domainSpellings('example.com')).toEqual([
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
