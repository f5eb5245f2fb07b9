import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toWire } from '../../../../shared/mapping/values/value.ts';
import { anyText } from '../../../support/any-conversations.ts';
import { aProperty } from '../../../support/mapping/builders.ts';

function convert(type: string, raw: unknown, overrides = {}) {
  return toWire(raw, aProperty(type, overrides), 'Europe/Stockholm');
}

const texts = ['string', 'text', 'phone', 'link', 'xml'];
const numbers = ['integer', 'decimal', 'percent'];
const days = ['date', 'month', 'quarter', 'year'];
const ids = ['belongsto', 'hasone', 'user', 'file'];
const others = ['yesno', 'time', 'option', 'set'];
const writable = [...texts, ...numbers, ...days, ...ids, ...others];

describe.each(writable)('a property of type %s', (type) => {
  it.each([
    { title: 'undefined', raw: undefined },
    { title: 'null', raw: null },
    { title: 'an empty text', raw: '' },
    { title: 'blanks', raw: ' \n\t' },
    { title: 'an empty list', raw: [] },
    { title: 'a list of nothing', raw: [null, '', [' ']] },
  ])('is not written for $title', ({ raw }) => {
    expect(convert(type, raw)).toBeUndefined();
  });

  it('gets a value that JSON can carry, or names the rule it breaks', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anyText, fc.double(), fc.date()), (raw) => {
        const converted = convert(type, raw, { length: 20, options: ['a', 'b'] });
        if (converted === undefined) return;
        const [storedForm] = Object.values(converted);
        expect(JSON.parse(JSON.stringify(converted))).toEqual({ ...converted, ...(storedForm === 0 && { value: 0 }) });
        expect(storedForm).not.toBe('');
      }),
    );
  });
});

describe('a text', () => {
  it.each(texts)('of type %s is taken up to its length and not cut beyond it', (type) => {
    expect(convert(type, '1234567890', { length: 10 })).toEqual({ value: '1234567890' });
    expect(convert(type, '12345678901', { length: 10 })).toEqual({ rule: 'tooLong', n: 10 });
    expect(convert(type, 'x'.repeat(100_000))).toEqual({ value: 'x'.repeat(100_000) });
  });

  it.each([
    { title: 'a number', raw: 12, value: '12' },
    { title: 'zero', raw: 0, value: '0' },
    { title: 'true', raw: true, value: 'true' },
    { title: 'a list', raw: ['a', 2, true], value: 'a, 2, true' },
    { title: 'a list with gaps', raw: ['a', null, '', 'b'], value: 'a, b' },
    { title: 'a list of objects', raw: [{ text: 'Sales' }], value: 'Sales' },
    { title: 'an object', raw: { a: 1 }, value: 'a: 1' },
    { title: 'an empty object', raw: {}, value: '{}' },
    { title: 'a single line, without outer blanks', raw: ' a ', value: 'a' },
    { title: 'half an emoji', raw: 'hi \ud83d', value: 'hi \ufffd' },
    { title: 'a whole emoji', raw: 'hi 😀', value: 'hi 😀' },
  ])('is made of $title', ({ raw, value }) => {
    expect(convert('string', raw)).toEqual({ value });
  });

  it.each(['text', 'xml'])('of several lines (%s) keeps its outer blanks', (type) => {
    expect(convert(type, '  a\n')).toEqual({ value: '  a\n' });
  });

  it('takes the options of a string for suggestions only', () => {
    expect(convert('string', 'boss', { options: ['ceo'] })).toEqual({ value: 'boss' });
  });
});

describe('a number', () => {
  it.each([
    { title: 'a number', raw: 1.5, value: 1.5 },
    { title: 'zero', raw: 0, value: 0 },
    { title: 'a text with a point', raw: '1.5', value: 1.5 },
    { title: 'a text with a comma', raw: ' 1,5 ', value: 1.5 },
    { title: 'a negative text', raw: '-2', value: -2 },
  ])('is made of $title', ({ raw, value }) => {
    expect(convert('decimal', raw)).toEqual({ value });
  });

  it.each([
    { title: 'a word', raw: 'many' },
    { title: 'NaN', raw: Number.NaN },
    { title: 'infinity', raw: Number.POSITIVE_INFINITY },
    { title: 'a text that says infinity', raw: 'Infinity' },
    { title: 'a number beyond doubles', raw: '1e999' },
    { title: 'thousands with both separators', raw: '1.234,5' },
    { title: 'a number with its unit', raw: '64 %' },
    { title: 'true', raw: true },
    { title: 'an object', raw: {} },
    { title: 'a list', raw: [1] },
  ])('is not made of $title', ({ raw }) => {
    for (const type of numbers) expect(convert(type, raw)).toEqual({ rule: 'notANumber' });
  });

  it('is a percentage as a fraction', () => {
    expect(convert('percent', 0.64)).toEqual({ value: 0.64 });
    expect(convert('percent', '0,64')).toEqual({ value: 0.64 });
  });

  it('has no fraction and is exact where it is an integer', () => {
    expect(convert('integer', '12')).toEqual({ value: 12 });
    expect(convert('integer', '12,5')).toEqual({ rule: 'notAWholeNumber' });
    expect(convert('integer', '9007199254740993')).toEqual({ rule: 'notAWholeNumber' });
  });
});

describe('an id', () => {
  it.each(ids)('of type %s is a positive whole number', (type) => {
    expect(convert(type, '1011')).toEqual({ value: 1011 });
    expect(convert(type, 1)).toEqual({ value: 1 });
    expect(convert(type, 0)).toEqual({ rule: 'notAnId' });
    expect(convert(type, -1)).toEqual({ rule: 'notAnId' });
    expect(convert(type, 1.5)).toEqual({ rule: 'notAWholeNumber' });
    expect(convert(type, 'Ada')).toEqual({ rule: 'notANumber' });
  });
});

describe('a yesno', () => {
  it.each([true, 'true', 'Yes', ' YES ', 1, '1'])('is true for %j', (raw) => {
    expect(convert('yesno', raw)).toEqual({ value: true });
  });
  it.each([false, 'false', 'No', 0, '0'])('is false for %j', (raw) => {
    expect(convert('yesno', raw)).toEqual({ value: false });
  });
  it.each(['maybe', 2, 'ja', {}, ['x']])('is neither for %j', (raw) => {
    expect(convert('yesno', raw)).toEqual({ rule: 'neitherTrueNorFalse' });
  });
});

describe('an option', () => {
  const options = ['empty', 'new', '520401'];
  it.each(['new', 520401, 'empty'])('is written by its key: %j', (raw) => {
    expect(convert('option', raw, { options })).toEqual({ value: String(raw) });
  });
  it.each([
    { title: 'a key that is not there (or not active)', raw: 'retired' },
    { title: 'a key in another case', raw: 'New' },
    { title: 'an object', raw: { key: 'new' } },
  ])('is not $title', ({ raw }) => {
    expect(convert('option', raw, { options })).toEqual({ rule: 'notAnOption' });
  });
  it('is accepted if the options are unknown', () => {
    expect(convert('option', 'new')).toEqual({ value: 'new' });
  });
});

describe('a set', () => {
  const options = ['a', 'b', '7'];
  it('is a list of keys', () => {
    expect(convert('set', ['a', null, 7], { options })).toEqual({ value: ['a', '7'] });
    expect(convert('set', 'b', { options })).toEqual({ value: ['b'] });
    expect(convert('set', ['x'])).toEqual({ value: ['x'] });
  });
  it('is refused whole for one key that is not there', () => {
    expect(convert('set', ['a', 'x'], { options })).toEqual({ rule: 'notAmongOptions' });
  });
});

it.each(['hasmany', 'hasandbelongstomany', 'system', 'hologram'])('a property of type %s cannot be written', (type) => {
  expect(convert(type, 'x')).toEqual({ rule: 'typeNotWritten', type });
});

it('a property that Lime computes cannot be written', () => {
  expect(convert('string', 'x', { computed: true })).toEqual({ rule: 'computed' });
  expect(convert('string', '', { computed: true })).toBeUndefined();
});
