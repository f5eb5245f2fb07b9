import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_READABLE_LENGTH, readableText } from '../../../../shared/userlike/forms/readable-text.ts';

function nested(depth: number): unknown {
  let value: unknown = 'x';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { in: value } : [value, value];
  return value;
}

describe('a value of any shape', () => {
  it.each<{ value: unknown; text: string }>([
    { value: ' Yes ', text: 'Yes' },
    { value: 5, text: '5' },
    { value: false, text: 'false' },
    { value: null, text: '' },
    { value: [], text: '' },
    { value: {}, text: '' },
    { value: { a: null, b: [''] }, text: '' },
    { value: ['Too slow'], text: 'Too slow' },
    { value: ['a', null, 'b', ''], text: 'a, b' },
    { value: { id: 3, text: 'Cancel' }, text: 'Cancel' },
    { value: { id: 3, name: 'Solved', updated_at: 'x' }, text: 'Solved' },
    { value: { value: 2, max: 5 }, text: '2/5' },
    { value: { rating: 4, scale: 10 }, text: '4/10' },
    { value: { value: 0, max: 5 }, text: '0/5' },
    { value: { value: 4 }, text: '4' },
    { value: { question: 'Helpful?', answer: 'Yes' }, text: 'Helpful? Yes' },
    { value: { label: 'Size', value: 'XL' }, text: 'Size: XL' },
    { value: [{ question: 'A?', answer: 1 }, { question: 'B?' }], text: 'A? 1; question: B?' },
    { value: { text: 'Yes', reason: 'It works' }, text: 'Yes (reason: It works)' },
    { value: { content: 'Call back', operator_name: 'Olga' }, text: 'Call back (Olga)' },
    { value: { text: { en: 'Yes' } }, text: 'en: Yes' },
    { value: { order_number: 7, city: ['Malmö', 'Lund'] }, text: 'order number: 7, city: Malmö, Lund' },
    { value: { id: 7 }, text: 'id: 7' },
    { value: { toString: null, constructor: 'x' }, text: 'constructor: x' },
    { value: { name: 'Bo', phone: '+46 70', email: 'bo@example.org' }, text: 'Bo (+46 70, bo@example.org)' },
    { value: { url: 'https://example.org/a' }, text: 'https://example.org/a' },
    { value: { latitude: 1, longitude: 2, name: 'Home' }, text: 'Home, 1, 2' },
  ])('becomes text for people: $value', ({ value, text }) => {
    expect(readableText(value)).toBe(text);
  });

  it.each<{ title: string; value: unknown; text: string }>([
    { title: 'in a list', value: ['عمر', '070 1'], text: '\u2068عمر\u2069, 070 1' },
    { title: 'as an answer', value: { question: 'كم', answer: 15 }, text: '\u2068كم\u2069: 15' },
    { title: 'beside a number', value: { name: 'עמר', phone: '+46 70' }, text: '\u2068עמר\u2069 (+46 70)' },
    { title: 'as the name of a field', value: { عدد: 5, a: 6 }, text: '\u2068عدد\u2069: 5, a: 6' },
    { title: 'with marks of its own', value: ['عمر\u2069\u202e', 1], text: '\u2068عمر\u2069, 1' },
  ])('keeps its order $title, where a part is written from right to left', ({ value, text }) => {
    expect(readableText(value)).toBe(text);
  });

  it('is not isolated where nothing stands beside it', () => {
    expect(['عمر', ['عمر'], { id: 1, text: 'عمر' }].map(readableText)).toEqual(['عمر', 'عمر', 'عمر']);
  });

  it('ends its isolation where it is cut', () => {
    expect(readableText(['ع'.repeat(1_500), 'ع'.repeat(1_500)])).toMatch(/…\u2069$/);
  });

  it('is whole as a text, and has a bound as anything else', () => {
    const long = 'x'.repeat(100_000);
    expect([long, [long]].map(readableText)).toEqual([long, long]);
    for (const value of [
      [long, 'y'],
      { text: long },
      { [long]: 1 },
      Array(100_000).fill('word'),
      Array(9).fill('🎈'.repeat(150)),
    ]) {
      expect([MAX_READABLE_LENGTH - 1, MAX_READABLE_LENGTH]).toContain(readableText(value).length);
      expect(readableText(value)).toMatch(/…$/);
      expect(readableText(value).isWellFormed()).toBe(true);
    }
  });

  it.each([
    ['nested deeply', nested(90)],
    ['with 100,000 empty lists', Array(100_000).fill([])],
    ['with 100,000 fields', Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n]))],
  ])('is cut to its limit %s', (_title, value) => {
    expect(readableText(value).length).toBeLessThanOrEqual(MAX_READABLE_LENGTH);
  });

  it('never fails, and never gives more than a text holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = readableText(value);
        expect(typeof value === 'object' ? text.length <= MAX_READABLE_LENGTH || Array.isArray(value) : true).toBe(
          true,
        );
      }),
    );
  });
});
