import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CommandError, explain } from '../../cli/errors.ts';
import { escapeControls, printable } from '../../cli/printable.ts';
import { createProgress, progressLine } from '../../cli/progress.ts';
import { renderJson, renderTable } from '../../cli/table.ts';
import { formatAge, parseMoment } from '../../cli/time.ts';
import { describeError } from '../../shared/errors.ts';
import { anyText } from '../support/any-conversations.ts';
import { runHere } from '../support/cli/run-cli.ts';

const now = Date.parse('2026-11-22T10:00:00Z');

describe('a moment', () => {
  it.each([
    ['90s', '2026-11-22T09:58:30.000Z'],
    ['30m', '2026-11-22T09:30:00.000Z'],
    ['1.5h', '2026-11-22T08:30:00.000Z'],
    ['7d', '2026-11-15T10:00:00.000Z'],
    ['2w', '2026-11-08T10:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T12:00:00+01:00', '2026-11-20T11:00:00.000Z'],
  ])('can be %s', (text, moment) => {
    expect(parseMoment(text, now)).toBe(Date.parse(moment));
  });

  it.each([
    '',
    '24',
    'h',
    '24 h',
    '-1h',
    '1y',
    'yesterday',
    '2026-02-30',
    '20.11.2026',
    '2026-11-20T12:00',
    '99999999999d',
  ])('cannot be "%s"', (text) => {
    expect(parseMoment(text, now)).toBeUndefined();
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0s'],
    [-5_000, '0s'],
    [59_999, '59s'],
    [60_000, '1m'],
    [754_000, '12m 34s'],
    [3_600_000, '1h'],
    [3_605_000, '1h'],
    [277_200_000, '3d 5h'],
    [1_209_600_000, '14d'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(formatAge(milliseconds)).toBe(text);
  });
});

describe('a table', () => {
  it('has columns as wide as their longest value, numbers to the right', () => {
    const columns = [{ title: 'ID' }, { title: 'N', right: true }, { title: 'REASON' }];

    expect(
      renderTable(columns, [
        ['long id', 5, 'a'],
        ['x', 1_000, undefined],
      ]).split('\n'),
    ).toEqual(['ID          N  REASON', 'long id     5  a', 'x        1000  -']);
  });

  it('contains nothing that moves the cursor', () => {
    expect(printable('a\u001b[2Jb\nc\u202ed\u0085')).toBe('a\\u001b[2Jb\\u000ac\\u202ed\\u0085');
  });
});

/** What a terminal obeys or nobody sees; a line break, and what joins letters, are no such thing. */
const obeyed = /[[\p{Cc}\p{Cf}\u2028\u2029]--[\n\u200c\u200d]]/v;

describe('printed text', () => {
  it.each([
    { title: 'C0', text: 'a\u0000\u0007\b\t\rb', printed: 'a\\u0000\\u0007\\u0008\\u0009\\u000db' },
    { title: 'C1', text: '\u007f\u009b2J\u009d52;c', printed: '\\u007f\\u009b2J\\u009d52;c' },
    { title: 'what turns the direction', text: '\u202egnp\u2066\u061c', printed: '\\u202egnp\\u2066\\u061c' },
    { title: 'what nobody sees', text: 'a\u200b\ufeff\u{e0041}', printed: 'a\\u200b\\ufeff\\udb40\\udc41' },
    {
      title: 'lines and joined letters as they are',
      text: 'a\n\u{1f469}\u200d\u{1f4bb}',
      printed: 'a\n\u{1f469}\u200d\u{1f4bb}',
    },
  ])('shows $title', ({ text, printed }) => {
    expect(escapeControls(text)).toBe(printed);
  });

  it('contains no control sequence, and stays the same value as JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeControls(text)).not.toMatch(obeyed);
        expect(printable(text)).not.toMatch(/\n/);
        expect(JSON.parse(renderJson({ text }))).toEqual({ text });
        expect(renderJson({ text })).not.toMatch(obeyed);
      }),
    );
  });

  it.each(['out', 'note'] as const)(
    'goes through the same escape on %s, whatever command prints it',
    async (channel) => {
      const printed: string[] = [];
      const io = { out: () => {}, note: () => {}, [channel]: (text: string) => printed.push(text) };
      const args = channel === 'out' ? ['--help'] : ['\u001b[2J\u009b\u202e'];
      await runHere(args, {}, io);

      expect(printed.join('')).toMatch(channel === 'out' ? /Usage/ : /unknown command '\\u001b\[2J\\u009b\\u202e'/);
      expect(printed.join('')).not.toMatch(obeyed);
    },
  );
});

describe('progress', () => {
  it('is one line that is overwritten and then removed', () => {
    const written: string[] = [];
    const progress = createProgress({ isTTY: true, write: (text) => written.push(text) });
    progress.show(1, 2);
    progress.clear();
    progress.clear();

    expect(written).toEqual([`\r${progressLine(1, 2)}\u001b[K`, '\r\u001b[K']);
  });

  it('is a bar', () => {
    expect(progressLine(10, 40)).toBe('[########----------------------] 10/40');
    expect(progressLine(40, 40)).toBe(`[${'#'.repeat(30)}] 40/40`);
  });

  it('is not shown without a terminal', () => {
    const written: string[] = [];
    const progress = createProgress({ write: (text) => written.push(text) });
    progress.show(1, 2);
    progress.clear();

    expect(written).toEqual([]);
  });
});

describe('an error', () => {
  const ofAws = Object.assign(new Error('not allowed\nby policy'), { name: 'AccessDenied', $fault: 'client' });
  const network = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

  it.each([
    [new CommandError('as it is'), 'as it is'],
    [ofAws, 'AWS: AccessDenied: not allowed'],
    [network, 'AWS is out of reach: ECONNREFUSED'],
    [new Error('Region is missing'), 'AWS: no region: set AWS_REGION or AWS_PROFILE'],
    ['text', 'unexpected string'],
  ])('is one line: %s', (error, line) => {
    expect(explain(error)).toBe(line);
  });

  it('that is a bug shows its place, never its text, which may quote a chat', () => {
    const error = new SyntaxError('Unexpected token in "Erika Beispiel"');

    expect(explain(error)).toBe(`unexpected SyntaxError ${describeError(error).at}`);
    expect(explain(error)).toMatch(/text\.test\.ts/);
    expect(explain(error)).not.toContain('Erika');
  });
});
