import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../tools/fuzz/options.ts';

describe('the options of a fuzz run', () => {
  it('have defaults and a new seed each time', () => {
    expect(readOptions([])).toEqual({ runs: 2_000, seed: expect.any(Number), concurrency: 8, key: 'local-addon-key' });
    expect(readOptions(['--runs', '5', '--seed', '3', '--url', 'http://127.0.0.1:1/7'])).toMatchObject({
      runs: 5,
      seed: 3,
    });
  });

  it.each([
    { title: 'an unknown flag', args: ['--run', '5'] },
    { title: 'no calls', args: ['--runs', '0'] },
    { title: 'a URL that is invalid', args: ['--url', 'example'] },
  ])('refuse $title', ({ args }) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ name: 'OptionsError' }));
  });
});
