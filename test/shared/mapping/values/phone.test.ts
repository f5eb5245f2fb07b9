import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalisePhone, phoneSpellings } from '../../../../shared/mapping/values/phone.ts';

// All numbers are from the ranges that the authorities keep for fiction.
const mobile = '+46701740605';

describe('a phone number', () => {
  it.each([
    '+46701740605',
    '+46 70 174 06 05',
    '+46 70-174 06 05',
    '+46 (0)70 174 06 05',
    '0046701740605',
    '0046 70 174 06 05',
    '0701740605',
    '070-1740605',
    '070-174 06 05',
    '070 174 06 05',
    '070/174 06 05',
    ' (070) 174 06 05 ',
    'tel:+46701740605',
  ])('is the same in the spelling %s', (text) => {
    expect(normalisePhone(text, 'SE')).toBe(mobile);
  });

  it.each([
    { text: '020 7946 0958', country: 'GB', normal: '+442079460958' },
    { text: '020 7946 0958', country: 'SE', normal: '+462079460958' },
    { text: '(213) 555-0123', country: 'US', normal: '+12135550123' },
    { text: ' 0046 70 174 06 05', country: 'US', normal: '+46701740605' },
    { text: '+44 7700 900123', country: 'SE', normal: '+447700900123' },
  ])('$text in $country is $normal', ({ text, country, normal }) => {
    expect(normalisePhone(text, country)).toBe(normal);
  });

  it.each(['', 'Erika', '12', '4711', '+4612', '+999123456789', '0'.repeat(40), 'erika@example.org'])(
    'is not %j',
    (text) => {
      expect(normalisePhone(text, 'SE')).toBeUndefined();
      expect(phoneSpellings(text, 'SE')).toEqual([]);
    },
  );

  it('without a country is read only where the settings name a known one', () => {
    expect(normalisePhone('070-174 06 05', 'XX')).toBeUndefined();
    expect(normalisePhone('+46701740605', 'XX')).toBe(mobile);
  });
});

describe('the spellings of a phone number', () => {
  it.each([
    '+46701740605',
    '+46 70 174 06 05',
    '0046701740605',
    '0046 70 174 06 05',
    '0701740605',
    '070-1740605',
    '070-174 06 05',
    '070 174 06 05',
  ])('hold %s', (spelling) => {
    expect(phoneSpellings('070-174 06 05', 'SE')).toContain(spelling);
  });

  it.each([
    { title: 'Swedish mobile', country: 'SE', numbers: { min: 701740605, max: 701740699 }, code: '+46' },
    { title: 'Stockholm', country: 'SE', numbers: { min: 846500400, max: 846500499 }, code: '+46' },
    { title: 'British mobile', country: 'GB', numbers: { min: 7700900000, max: 7700900999 }, code: '+44' },
    { title: 'American', country: 'US', numbers: { min: 2135550100, max: 2135550199 }, code: '+1' },
  ])('of a $title number are few, distinct, and all come back to it', ({ country, numbers, code }) => {
    fc.assert(
      fc.property(fc.integer(numbers), (number) => {
        const normal = `${code}${number}`;
        const spellings = phoneSpellings(normal, country);
        expect(spellings).toContain(normal);
        expect(new Set(spellings).size).toBe(spellings.length);
        expect(spellings.length).toBeLessThanOrEqual(8);
        expect(spellings.map((spelling) => normalisePhone(spelling, country))).toEqual(spellings.map(() => normal));
      }),
    );
  });
});
