import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { phoneOf, phoneSearchValue, phonesIn, storedPhone } from '../../../../shared/mapping/identity/phone.ts';

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
    'whatsapp:46701740605',
    '46701740605',
    '46 (0)70-174 06 05',
    '+0046 70 174 06 05',
    '(0046) 701740605',
    '+46 070-174 06 05',
    '070.174.06.05',
    '070–174–06–05',
    '070\u00a0174\u202f06\u200905',
    '\u202a+46701740605\u202c',
    '070-174\u200b06\u00ad05',
    '٠٧٠١٧٤٠٦٠٥',
    '+۴۶۷۰۱۷۴۰۶۰۵',
    '＋４６７０１７４０６０５',
    '070-1740605 (mobile)',
    '701740605',
  ])('is the same in the spelling %s', (text) => {
    expect(phoneOf(text, 'SE')).toBe(mobile);
  });

  it.each([
    { text: '020 7946 0958', country: 'GB', normal: '+442079460958' },
    { text: '020 7946 0958', country: 'SE', normal: '+462079460958' },
    { text: '(213) 555-0123', country: 'US', normal: '+12135550123' },
    { text: ' 0046 70 174 06 05', country: 'US', normal: '+46701740605' },
    { text: '+44 7700 900123', country: 'SE', normal: '+447700900123' },
    { text: '447700900123', country: 'SE', normal: '+447700900123' },
    { text: '4799999998', country: 'SE', normal: '+4799999998' },
    { text: '99999998', country: 'NO', normal: '+4799999998' },
    { text: '4915112345678', country: 'DE', normal: '+4915112345678' },
    { text: '15112345678', country: 'DE', normal: '+4915112345678' },
    { text: '46701740605', country: 'DE', normal: '+46701740605' },
    { text: '4046701740605', country: 'DE', normal: '+494046701740605' },
    { text: '46701740605', country: 'BR', normal: '+46701740605' },
    { text: '5511987654321', country: 'SE', normal: '+5511987654321' },
    { text: '11987654321', country: 'BR', normal: '+5511987654321' },
  ])('$text in $country is $normal', ({ text, country, normal }) => {
    expect(phoneOf(text, country)).toBe(normal);
  });

  it.each(['', 'Erika', '12', '4711', '+4612', '+999123456789', '0'.repeat(40), 'erika@example.org'])(
    'is not %j',
    (text) => {
      expect(phoneOf(text, 'SE')).toBeUndefined();
      expect(phoneSearchValue(text, 'SE')).toBeUndefined();
    },
  );

  it('without a country is read only where the settings name a known one', () => {
    expect(phoneOf('070-174 06 05', 'XX')).toBeUndefined();
    expect(phoneOf('+46701740605', 'XX')).toBe(mobile);
    expect(phoneOf('46701740605', 'XX')).toBe(mobile);
  });
});

describe('a mobile number that its country writes in two ways', () => {
  it.each([
    {
      title: 'Brazil',
      country: 'BR',
      texts: ['+55 11 8765-4321', '551187654321', '(11) 98765-4321', '011 98765-4321'],
    },
    { title: 'Brazil, from abroad', country: 'SE', texts: ['+55 11 8765-4321', '551187654321', '5511987654321'] },
    {
      title: 'Argentina',
      country: 'AR',
      texts: ['+54 9 11 2345-6789', '+54 11 2345-6789', '011 15-2345-6789', '011 2345-6789', '+54 11 15 2345-6789'],
    },
    { title: 'Argentina, from abroad', country: 'SE', texts: ['5491123456789', '+54 11 2345 6789', '+5491123456789'] },
    {
      title: 'Mexico',
      country: 'MX',
      texts: ['+52 1 55 1234 5678', '+52 55 1234 5678', '044 55 1234 5678', '01 55 1234 5678', '55 1234 5678'],
    },
    { title: 'Mexico, from abroad', country: 'SE', texts: ['5215512345678', '525512345678', '+5215512345678'] },
  ])('is one number: $title', ({ texts, country }) => {
    expect(new Set(texts.map((text) => phoneOf(text, country))).size).toBe(1);
    expect(phoneOf(texts[0] ?? '', country)).toBeDefined();
  });

  it('is no landline of the same digits', () => {
    expect(phoneOf('+55 11 3765-4321', 'BR')).toBe('+551137654321');
  });
});

describe('an extension', () => {
  it.each([
    { text: '08-465 004 04 ext 77', country: 'SE' },
    { text: '08-465 004 04 ext. 77', country: 'SE' },
    { text: '08-465 004 04 x77', country: 'SE' },
    { text: 'tel:+46-8-465-004-04;ext=77', country: 'SE' },
    { text: '08-465 004 04 anknytning 77', country: 'SE' },
    { text: '08-465 004 04, ankn. 77', country: 'SE' },
    { text: '+46 8 465 004 04 Durchwahl: 77', country: 'DE' },
    { text: '+46 8 465 004 04 poste 77', country: 'FR' },
    { text: '+46 8 465 004 04 toestel 77', country: 'NL' },
    { text: '+46 8 465 004 04 alanumero 77', country: 'FI' },
    { text: '+46 8 465 004 04 ramal 77', country: 'BR' },
  ])('is kept: $text', ({ text, country }) => {
    expect(phoneOf(text, country)).toBe('+46846500404;ext=77');
  });

  it('distinguishes extensions of one number', () => {
    expect(phoneOf('08-465 004 04', 'SE')).toBe('+46846500404');
    expect(phonesIn('08-465 004 04 ext 78', 'SE')).toEqual(['+46846500404;ext=78']);
  });
});

describe('a field with several numbers', () => {
  it.each([
    '08-465 004 04 / 070-174 06 05',
    '08-46500404/070-1740605',
    '08-465 004 04, 070-174 06 05 (mobile)',
    'Work 08-465 004 04; mobile 070-174 06 05',
    '08-465 004 04\n070-174 06 05',
  ])('holds each: %j', (text) => {
    expect(phonesIn(text, 'SE')).toEqual(['+46846500404', mobile]);
    expect(phoneOf(text, 'SE')).toBe('+46846500404');
  });

  it('is none where a slash stands inside one number', () => {
    expect(phonesIn('030/12345678', 'DE')).toEqual(['+493012345678']);
    expect(phonesIn('05251/123456', 'DE')).toEqual(['+495251123456']);
    expect(phonesIn('08/46500404', 'SE')).toEqual(['+46846500404']);
  });
});

it('a number is stored as it was typed, in digits that everybody reads', () => {
  expect(storedPhone(' 070-174 06 05 ')).toBe('070-174 06 05');
  expect(storedPhone('\u202a٠٧٠-١٧٤ ٠٦ ٠٥\u202c')).toBe('070-174 06 05');
});

describe('the spellings of a phone number', () => {
  it.each(['+46701740605', '+46 70 174 06 05', '0701740605', '070-1740605', '070-174 06 05', '070/174 06 05'])(
    'hold %s',
    (spelling) => {
      expect(phoneSearchValue(' 070/174 06 05', 'SE')?.spellings).toContain(spelling);
    },
  );

  it.each([
    { title: 'Swedish mobile', country: 'SE', numbers: { min: 701740605, max: 701740699 }, code: '+46' },
    { title: 'Stockholm', country: 'SE', numbers: { min: 846500400, max: 846500499 }, code: '+46' },
    { title: 'British mobile', country: 'GB', numbers: { min: 7700900000, max: 7700900999 }, code: '+44' },
    { title: 'American', country: 'US', numbers: { min: 2135550100, max: 2135550199 }, code: '+1' },
  ])('of a $title number are few, distinct, and all come back to it', ({ country, numbers, code }) => {
    fc.assert(
      fc.property(fc.integer(numbers), (number) => {
        const normal = `${code}${number}`;
        const spellings = [...new Set(phoneSearchValue(normal, country)?.spellings)];
        expect(spellings).toContain(normal);
        expect(spellings.length).toBeLessThanOrEqual(5);
        expect(spellings.map((spelling) => phoneOf(spelling, country))).toEqual(spellings.map(() => normal));
      }),
    );
  });
});
