import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isolated } from '../../../shared/text/isolate.ts';

it.each([
  { title: 'a Latin name', value: 'Åsa Öberg', told: 'Åsa Öberg' },
  { title: 'a Chinese name', value: '王小明', told: '王小明' },
  { title: 'a phone number', value: '+966 50 123 4567', told: '+966 50 123 4567' },
  { title: 'an Arabic name', value: 'محمد', told: '\u2068محمد\u2069' },
  { title: 'a Hebrew name among Latin letters', value: 'Dr. משה', told: '\u2068Dr. משה\u2069' },
  { title: 'Arabic digits', value: '٠٥٠', told: '\u2068٠٥٠\u2069' },
  { title: 'presentation forms', value: '\ufeb3', told: '\u2068\ufeb3\u2069' },
  { title: 'a script of few', value: '\u{10900}', told: '\u2068\u{10900}\u2069' },
  { title: 'a name that turns what follows', value: '\u202eeilA', told: 'eilA' },
  { title: 'a name that ends an isolate', value: 'م\u2069\u2066x', told: '\u2068مx\u2069' },
  { title: 'a name of two lines', value: ' Ada\r\nExample\u0000', told: 'Ada Example' },
  { title: 'nothing', value: '\u200f', told: '' },
])('$title keeps its reading order: $value', ({ value, told }) => {
  expect(isolated(value)).toBe(told);
});

it('no value changes the direction of other text or leaves its line', () => {
  const unit = fc.constantFrom(
    'a',
    'م',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u061c',
    '\n',
    '\u2028',
    ' ',
  );
  fc.assert(
    fc.property(fc.string({ unit }), (value) => {
      expect(isolated(value)).toMatch(/^(?:\u2068[^\p{Bidi_C}\n\u2028]*\u2069|[^\p{Bidi_C}م\n\u2028]*)$/u);
    }),
  );
});
