import { describe, expect, it } from '@jest/globals';
import { wrap } from '../../cli/wrap.ts';

describe('a wrapped text', () => {
  it.each([
    { title: 'breaks at blanks', text: 'one two three', lines: ['one two', 'three'] },
    { title: 'breaks a word that is too long', text: 'abcdefghijklm no', lines: ['abcdefgh', 'ijklm no'] },
    { title: 'stays one line where it fits', text: 'one', lines: ['one'] },
    { title: 'may be empty', text: '', lines: [''] },
  ])('$title', ({ text, lines }) => {
    expect(wrap(text, 8)).toEqual(lines);
  });
});
