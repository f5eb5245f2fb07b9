import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutBefore, shorten } from '../../../shared/text/cut.ts';

describe('the place of a cut', () => {
  // U+101FD is a mark whose first half is the first of all surrogates.
  const mark = '\u{101fd}';

  it.each([
    { title: 'behind a blank in the second half', text: 'xxxxx xxxxxxx', at: 6 },
    { title: 'behind the last blank', text: 'xxxxx xx xxxxx', at: 9 },
    { title: 'behind a line break', text: 'xxxxxxx\nxxxxx', at: 8 },
    { title: 'behind a blank that is the last to fit', text: 'xxxxxxxxx xxx', at: 10 },
    { title: 'anywhere, where the blank is in the first half', text: 'xxxx xxxxxxxxx', at: 10 },
    { title: 'before a blank that does not fit', text: 'xxxxxxxxxx xxx', at: 10 },
    { title: 'before a line break that does not fit', text: 'xxxxxxxxxx\nxxx', at: 10 },
    { title: 'before a character that begins in the second half', text: `xxxxx${'\u0301'.repeat(9)}`, at: 4, room: 8 },
    { title: 'within one that begins in the first half', text: `xxxx${'\u0301'.repeat(9)}`, at: 10 },
    { title: 'within one, between its code points', text: `x${mark.repeat(9)}`, at: 9 },
    { title: 'within one, behind a whole code point', text: `xx${mark.repeat(9)}`, at: 10 },
  ])('is $title', ({ text, at, room = 10 }) => {
    expect(cutBefore(text, room)).toBe(at);
  });
});

it('a text is shortened to what there is room for, with an ellipsis and no half character', () => {
  expect(shorten('My order has not arrived', 24)).toBe('My order has not arrived');
  expect(shorten('My order has not arrived', 23)).toBe('My order has not…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 40 }), (text, room) => {
      const short = shorten(text, room);
      expect(short.length).toBeLessThanOrEqual(room);
      expect(short.isWellFormed()).toBe(true);
      expect(short === text || short.endsWith('…')).toBe(true);
    }),
  );
});
