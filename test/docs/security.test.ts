import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeIn, project, readText, tableOf } from './pages.ts';

const page = 'docs/security.md';
const threats = tableOf(page, 'threats').map(([threat = '', stops = '', tests = '']) => ({ threat, stops, tests }));

/** Quotes are escaped in a title that holds them, and this page has typographic ones nowhere. */
function titlesIn(file: string): string {
  return readText(file).replaceAll("\\'", "'");
}

describe('the table of threats', () => {
  it.each(threats)('says what stops it, and names a test that exists: $threat', ({ stops, tests }) => {
    const named = tests
      .split('; ')
      .map((test) => ({ file: codeIn(test) ?? '', title: /: \*(.+)\*$/.exec(test)?.[1] ?? '' }));

    expect(stops).toMatch(/\w/);
    expect(named.filter(({ file, title }) => title === '' || !existsSync(join(project, file)))).toEqual([]);
    expect(named.filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
  });

  it('has a row for each of the seven sides of the boundary', () => {
    const text = threats.map(({ threat }) => threat).join('\n');

    for (const word of [/key/, /tenant/, /too large/, /Lime URL/, /Personal data/, /dependency/, /queue/])
      expect(text).toMatch(word);
  });
});
