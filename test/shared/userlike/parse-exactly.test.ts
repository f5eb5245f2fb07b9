import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidCallError } from '../../../shared/userlike/invalid-call.ts';
import { parseExactly } from '../../../shared/userlike/parse-exactly.ts';

function idOf(number: string) {
  const { value, isInexact } = parseExactly(`{"id": ${number}}`);
  return typeof value === 'object' && value !== null ? { ...value, inexact: isInexact(value, 'id') } : undefined;
}

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown;

/** The same by a reviver, which is too slow for a hostile call. */
function reference(text: string): unknown {
  const reviver: Reviver = (key, value, context) => {
    if (key === '__proto__') return undefined;
    const isBeyond = Number.isInteger(value) ? !Number.isSafeInteger(value) : value === Infinity || value === -Infinity;
    return typeof value === 'number' && isBeyond ? context?.source : value;
  };
  return JSON.parse(text, reviver);
}

function resultOf(parse: () => unknown): unknown {
  try {
    return { value: parse() };
  } catch {
    return 'none';
  }
}

describe('a number in JSON', () => {
  it.each([
    ['63741936', 63741936],
    ['63741936.0', 63741936],
    ['63741936.000e0', 63741936],
    ['6.3741936e7', 63741936],
    ['637419360E-1', 63741936],
    ['9007199254740991', 9007199254740991],
    ['-0', -0],
    ['0.000', 0],
    ['0e400', 0],
    ['50.9375', 50.9375],
    ['0.10', 0.1],
    ['1e-7', 1e-7],
  ])('is carried exactly: %s', (number, id) => {
    expect(idOf(number)).toEqual({ id, inexact: false });
  });

  it.each([
    ['an integer that would be rounded', '9007199254740993', '9007199254740993'],
    ['an integer that might have been', '9007199254740992', '9007199254740992'],
    ['a long id of another system', '-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['what would be infinite', '1e400', '1e400'],
    ['what would be infinite below zero', '-1E400', '-1E400'],
  ])('is its text, marked as inexact: %s', (_title, number, id) => {
    expect(idOf(number)).toEqual({ id, inexact: true });
  });

  it.each([
    ['a fraction beyond the precision of a double', '63741936.00000000001', 63741936],
    ['what is too near to zero', '1e-400', 0],
    ['a long fraction', '0.1000000000000000055511151231257827', 0.1],
  ])('is rounded, and marked as inexact: %s', (_title, number, id) => {
    expect(idOf(number)).toEqual({ id, inexact: true });
  });

  it('is marked for its own object only', () => {
    const { value, isInexact } = parseExactly('[{"id": 1, "contact": {"id": 9007199254740993}}]');
    const [first] = Array.isArray(value) ? value : [];
    expect(isInexact(first, 'id')).toBe(false);
    expect(isInexact(first.contact, 'id')).toBe(true);
  });

  it('is text where it stands in a string, and kept wherever else it stands', () => {
    const text = '[1e400, {"a": ["1e400, 9007199254740993", "\\\\", 9007199254740993]}, "\\"1e400"]';
    expect(parseExactly(text).value).toEqual([
      '1e400',
      { a: ['1e400, 9007199254740993', '\\', '9007199254740993'] },
      '"1e400',
    ]);
    expect(parseExactly('1e400').value).toBe('1e400');
  });

  it('is the same as JSON.parse tells its source', () => {
    const digits = fc.stringMatching(/^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/);
    const number = fc.oneof(digits, fc.constantFrom('-', '1.', '.5', '+1', '01', '1e', '1e400', '-0', 'NaN'));
    const list = fc.array(fc.oneof(number, fc.json(), fc.constant('"__proto__"')), { maxLength: 6 });
    fc.assert(
      fc.property(list, list, (some, others) => {
        const text = `[${some.join(',')},{"a":[${others.join(' ,')}],"__proto__":${some[0] ?? 1}}]`;
        expect(resultOf(() => parseExactly(text).value)).toEqual(resultOf(() => reference(text)));
      }),
    );
  });

  it('is exact whenever JavaScript wrote it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }), (number) => {
        expect(idOf(JSON.stringify(number))).toEqual({ id: number, inexact: false });
      }),
    );
  });
});

describe('a text of JSON', () => {
  it('keeps the last of two equal keys, as every JSON.parse does', () => {
    expect(parseExactly('{"id": 9007199254740993, "id": 2}').value).toEqual({ id: 2 });
  });

  it('loses its __proto__ keys, and nothing gets their prototype', () => {
    const { value } = parseExactly(
      '{"id": 1, "__proto__": {"admin": true}, "contact": {"__proto__": {"admin": true}}}',
    );
    expect(JSON.stringify(value)).toBe('{"id":1,"contact":{}}');
    expect(value).not.toHaveProperty('admin');
  });

  it.each(['"__pro\\u0074o__"', '"\\u005F_proto__"', '"\\u005f\\u005fproto\\u005f\\u005f"'])(
    'loses them also where they are escaped: %s',
    (key) => {
      expect(parseExactly(`[{${key}: 1, "a": {${key}: {}}}]`).value).toEqual([{ a: {} }]);
    },
  );

  it('may begin with a byte order mark', () => {
    expect(parseExactly('\ufeff{"id": 1}').value).toEqual({ id: 1 });
  });

  it('keeps lone surrogates and control characters', () => {
    expect(parseExactly('"\\ud800 \\u0000 \ud83d"').value).toBe('\ud800 \u0000 \ud83d');
  });

  it('may be nested 100 levels deep', () => {
    expect(() => parseExactly('['.repeat(100) + ']'.repeat(100))).not.toThrow();
  });

  it.each([
    ['lists', `${'['.repeat(101)}${']'.repeat(101)}`],
    ['objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
    ['lists behind a string that ends in a backslash', `["\\\\", ${'['.repeat(100)}${']'.repeat(100)}]`],
    ['a million lists that are never closed', '['.repeat(1_000_000)],
  ])('is refused where it is nested deeper: %s', (_title, text) => {
    expect(() => parseExactly(text)).toThrow('deeper than 100 levels');
  });

  it('may have any number of lists and objects side by side', () => {
    expect(() => parseExactly(`[${'[],{},'.repeat(200)}1]`)).not.toThrow();
  });

  it('does not count brackets in strings', () => {
    const text = JSON.stringify({ body: `\\"${'['.repeat(200)}` });
    expect(parseExactly(text).value).toEqual(JSON.parse(text));
  });

  it.each(['1e400x', '01e400', '1e400e400', '--1e400', '1e400"a"', '-1234567890123456', '1.2345678901234567.8'])(
    'is refused where JSON.parse refuses its numbers: %s',
    (number) => {
      expect(resultOf(() => parseExactly(`[${number}]`).value)).toEqual(resultOf(() => reference(`[${number}]`)));
    },
  );

  it.each(['', ' ', '{', '{"id": 1', '{id: 1}', "{'id': 1}", '[1,]', 'NaN', 'undefined', '{} {}', '\u0000'])(
    'is refused where it is none: %j',
    (text) => {
      expect(() => parseExactly(text)).toThrow(new InvalidCallError('malformed', 'The body is not JSON.'));
    },
  );

  it('is read as JSON.parse reads it, but for numbers that do not fit', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/__proto__|\d{16}|e\+/.test(text));
        expect(parseExactly(text).value).toEqual(JSON.parse(text));
      }),
    );
  });
});
