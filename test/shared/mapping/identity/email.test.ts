import { describe, expect, it } from '@jest/globals';
import { emailOf, emailSearchValue, emailsIn, storedEmail } from '../../../../shared/mapping/identity/email.ts';

describe('an e-mail address', () => {
  it.each([
    'ada@example.org',
    ' Ada@Example.ORG\u00a0',
    'ada@example.org\u200b',
    'ada@exam\u00adple.org',
    '\ufeffada@example.org',
    'a\u2060da@example.org',
    '\u202aada@example.org\u202c',
    '\u200eada@example.org\u200f',
    '\u2066ada@example.org\u2069',
    '\u3000ada@example.org\u2028',
    '\u2800ada@example.org\u0085',
    'ada＠example.org',
    'ａｄａ@ｅｘａｍｐｌｅ.org',
    'ada@example。org',
    'ada@example.org.',
    'mailto:ada@example.org',
    'MAILTO:ada@example.org?subject=Hello%20there',
    'mailto:ada%40example.org',
    'Ada Example <ada@example.org>',
    '<ada@example.org>',
    '"Example, Ada" <ada@example.org>',
    '"x <a@b>" <ADA@example.org>',
    '<mailto:ada@example.org>',
    "'ada@example.org'",
    '"Ada" <\u200bada@example.org\u200b>',
  ])('is the same in %j', (text) => {
    expect(emailOf(text)).toBe('ada@example.org');
  });

  it.each([
    { text: 'ada+shop@example.org', normal: 'ada+shop@example.org' },
    { text: 'a.da@example.org', normal: 'a.da@example.org' },
    { text: 'Ada@localhost', normal: 'ada@localhost' },
    { text: '"a@b"@example.org', normal: '"a@b"@example.org' },
    { text: 'what?@example.org', normal: 'what?@example.org' },
    { text: 'iris@müller-bau.example', normal: 'iris@xn--mller-bau-q9a.example' },
    { text: 'iris@XN--mller-bau-q9a.example', normal: 'iris@xn--mller-bau-q9a.example' },
    { text: 'iris@mu\u0308ller-bau.example', normal: 'iris@xn--mller-bau-q9a.example' },
    { text: 'jose\u0301@example.org', normal: 'jos\u00e9@example.org' },
    { text: 'ada@[192.0.2.1]', normal: 'ada@[192.0.2.1]' },
  ])('$text is $normal', ({ text, normal }) => {
    expect(emailOf(text)).toBe(normal);
  });

  it.each(['', 'Ada', '@', 'ada@', '@example.org', '<>', 'mailto:', 'a@.', '\u200b@\u200b', `a@${'b'.repeat(1_000)}`])(
    'is not %j',
    (text) => {
      expect(emailOf(text)).toBeUndefined();
      expect(emailSearchValue(text)).toBeUndefined();
    },
  );

  it('is stored in its own case without invisible characters', () => {
    expect(storedEmail('Ada Example <Ada@Exam\u00adple.org>\u200b')).toBe('Ada@Example.org');
    expect(storedEmail('iris@müller-bau.example')).toBe('iris@müller-bau.example');
  });
});

it('a field with several addresses holds each', () => {
  expect(emailsIn('ada@example.org; Bo <bo@example.com>')).toEqual(
    expect.arrayContaining(['ada@example.org', 'bo@example.com']),
  );
});
