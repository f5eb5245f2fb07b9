import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identitiesIn, normalise, searchValueOf, storedForm } from '../../../../shared/mapping/identity/identity.ts';
import { anyText } from '../../../support/any-conversations.ts';

const kinds = ['email', 'phone', 'text', 'domain'] as const;

/** Texts near what identities are made of. */
const nearText = fc
  .array(
    fc.constantFrom(
      ...[
        'ada',
        'Ä',
        'ß',
        'İ',
        '@',
        '.',
        'example',
        'org',
        ' ',
        '\u200b',
        '\u00ad',
        '\u202e',
        '＠',
        '<',
        '>',
        '"',
        "'",
      ],
      ...['mailto:', 'tel:', 'https://', 'www.', '/', ':', '?', '#', '%40', '%', 'xn--', ';ext=', ' x', '+', '00', '0'],
      ...['46', '70', '174', '06', '99', '(0)', '-', '55', '11', '٠', '７', ',', ';', '\n', '\ud800'],
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));

describe.each(kinds)('any text as %s', (as) => {
  it('is normalised to what stays as it is when it is normalised again', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, nearText),
        fc.constantFrom('SE', 'DE', 'BR', 'AR', 'MX', 'US', 'XX'),
        (text, country) => {
          const normal = normalise(as, text, country);
          if (normal !== undefined) expect(normalise(as, normal, country)).toBe(normal);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is found by what is asked for, in what is stored of it', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearText), (text) => {
        const wanted = searchValueOf(as, text, 'SE');
        if (wanted === undefined) return;
        const stored = storedForm(as, text);
        expect(wanted.normal).toBe(normalise(as, text, 'SE'));
        expect(identitiesIn(as, stored, 'SE')).toContain(wanted.normal);
        expect(wanted.spellings.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { title: 'letters', part: 'a' },
    { title: 'blanks', part: ' ' },
    { title: 'invisible characters', part: '\u200b' },
    { title: 'at signs', part: '@' },
    { title: 'angles', part: '<>' },
    { title: 'schemes', part: 'mailto:' },
    { title: 'dots', part: '.' },
    { title: 'digits', part: '1' },
    { title: 'semicolons and blanks', part: '; ' },
    { title: 'numbers', part: '070-174 06 05 / ' },
    { title: 'letters of other alphabets', part: 'ü' },
    { title: 'quotes', part: '"' },
  ])('is read where it is 100,000 characters of $title, and asks for no more than a query holds', ({ part }) => {
    const text = part.repeat(100_000 / part.length);
    identitiesIn(as, text, 'SE');
    storedForm(as, text);
    expect(normalise(as, text, 'SE')?.length ?? 0).toBeLessThanOrEqual(100_000);
  });
});
