import { expect, it } from '@jest/globals';
import { withMeasured } from '../../../../tools/bench/page/page.ts';
import { readText } from '../../../docs/pages.ts';

it('what was measured replaces what the page said before, and nothing else', () => {
  const page = readText('docs/performance.md');
  const written = withMeasured(page, 'first');
  expect(withMeasured(written, 'second')).toBe(written.replace('first', 'second'));
  expect(written).toContain('## How it is measured');
});

it('a page without its marks is an error', () => {
  expect(() => withMeasured('# Performance', 'x')).toThrow('docs/performance.md needs the lines');
});
