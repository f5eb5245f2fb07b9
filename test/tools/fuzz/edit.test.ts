import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aPathBelow, applyEdit, removed } from '../../../tools/fuzz/edit.ts';
import { Raw, textOf } from '../../../tools/fuzz/json.ts';

function aValue() {
  return { id: 1, list: [1, { a: 2 }] };
}

it('JSON is written with the text of a Raw as it is', () => {
  expect(textOf({ id: 1, list: [{ a: null }, new Raw('NaN')] })).toBe('{"id":1,"list":[{"a":null},NaN]}');
});

describe('an edit', () => {
  it('changes or removes a value at any path', () => {
    const paths = fc.sample(aPathBelow(aValue()), { seed: 1, numRuns: 60 });
    const texts = paths.map((path, at) => {
      const value = aValue();
      applyEdit(value, { path, change: () => (at % 2 === 0 ? removed : new Raw('01')) });
      return textOf(value);
    });

    expect(texts).toEqual(
      expect.arrayContaining([
        '{"list":[1,{"a":2}]}',
        '{"id":01,"list":[1,{"a":2}]}',
        '{"id":1}',
        '{"id":1,"list":[{"a":2}]}',
        '{"id":1,"list":[1,{}]}',
        '{"id":1,"list":[1,{"a":01}]}',
      ]),
    );
  });

  it('is given the value that stands at its path', () => {
    const value = aValue();
    applyEdit(value, { path: ['list', '1', 'a'], change: (old) => [old] });

    expect(value).toEqual({ id: 1, list: [1, { a: [2] }] });
  });

  it.each([{ path: ['id', 'a'] }, { path: ['none', 'a'] }, { path: [] }])(
    'does nothing where $path leads nowhere',
    ({ path }) => {
      const value = aValue();
      applyEdit(value, { path, change: () => 'changed' });

      expect(value).toEqual(aValue());
    },
  );
});
