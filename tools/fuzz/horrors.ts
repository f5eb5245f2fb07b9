import type { Draw } from '../soak/draw.ts';
import { Raw } from './json.ts';

/** Values that have broken software before, as text or numbers of JSON. */
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

/** A value of any type in place of one that was expected. */
export function aHorror(draw: Draw): unknown {
  const kind = draw.int(0, 9);
  if (kind < 4) return draw.pick(texts);
  if (kind < 6) return new Raw(draw.pick(raws));
  if (kind < 7) return new Raw(draw.pick(own));
  return structuredClone(draw.pick(others));
}

/** Brackets within brackets, far deeper than any recursion could follow. */
export function aDepth(draw: Draw): Raw {
  const depth = draw.pick([50, 99, 100, 101, 1_000, 10_000, 200_000]);
  const [open, close] = draw.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['[{"":', '}]'],
  ]);
  const isClosed = draw.chance(0.8);
  return new Raw(open.repeat(depth) + (isClosed ? `1${close.repeat(depth)}` : ''));
}

/** A long text; rarely so long that no record could carry it. */
export function aFlood(draw: Draw): string {
  return draw
    .pick(['x', 'ä', '👩', '\n', '"', '\\', '\u0000', 'Hello! '])
    .repeat(draw.chance(0.05) ? draw.int(100_000, 1_000_000) : draw.int(1_000, 50_000));
}

/** A number for a conversation, among them what no number can be. */
export function anId(draw: Draw): unknown {
  return draw.chance(0.5) ? draw.int(1, 2 ** 40) : draw.chance(0.5) ? aHorror(draw) : String(draw.int(1, 2 ** 50));
}
