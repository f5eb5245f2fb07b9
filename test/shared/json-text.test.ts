import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from '../../shared/json-text.ts';

function read(text: string) {
  return readJson(new TextEncoder().encode(text));
}

describe('JSON that people edit', () => {
  it.each([
    { title: 'a comma too many', text: '{"a": 1,}', problem: 'line 1, column 9: expected double-quoted property name' },
    {
      title: 'a missing comma',
      text: '{\n "a": 1\n "b": 2\n}',
      problem: "line 3, column 2: expected ',' or '}' after property value",
    },
    { title: 'a key without quotes', text: '{a: 1}', problem: "line 1, column 2: expected property name or '}'" },
    { title: 'single quotes', text: '{\n  "a": \'b\'}', problem: 'line 2, column 8: a value is expected' },
    { title: 'a word that is no value', text: '[\n1,\n  secret]', problem: 'line 3, column 3: a value is expected' },
    { title: 'a comment', text: '// secret\n{}', problem: 'line 1, column 1: a value is expected' },
    { title: 'a line break in a text', text: '{"a": "b\nc"}', problem: 'line 1, column 9: bad control character' },
    { title: 'a missing end', text: '[1, 2', problem: "line 1, column 6: expected ',' or ']' after array element" },
    { title: 'a missing value', text: '{"a":\n', problem: 'line 1, column 6: the text ends too early' },
    { title: 'something after the end', text: '{}\nx', problem: 'line 2, column 1: nothing may follow the value' },
  ])('is refused with line and column for $title', ({ text, problem }) => {
    expect(read(text)).toEqual({ problem: `is not JSON: ${problem}` });
  });

  it('may begin with a byte order mark', () => {
    expect(read('\ufeff{"a": "é"}')).toEqual({ json: { a: 'é' } });
  });

  it.each([
    { title: 'UTF-16 with a byte order mark', bytes: Buffer.from('\ufeff{"a": 1}', 'utf16le') },
    { title: 'UTF-16 without one', bytes: Buffer.from('{"a": 1}', 'utf16le') },
    { title: 'Latin-1', bytes: Buffer.from('{"a": "é"}', 'latin1') },
  ])('is refused in $title', ({ bytes }) => {
    expect(readJson(bytes)).toEqual({ problem: 'is not UTF-8 text: save it with the encoding UTF-8' });
  });

  it('is refused if it is empty', () => {
    expect(read(' \n')).toEqual({ problem: 'is empty' });
  });

  it('is never refused without a place in the text', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', 'x', ',', '"', '}'), (json, at, put) => {
        const text = json.slice(0, at % (json.length + 1)) + put + json.slice((at % (json.length + 1)) + 1);
        const result = read(text);
        if ('json' in result || text.trim() === '') return;
        const [, line, column] = /^is not JSON: line (\d+), column (\d+): \S/.exec(result.problem) ?? [];
        expect(Number(line)).toBe(1);
        expect(Number(column)).toBeGreaterThan(0);
        expect(Number(column)).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});
