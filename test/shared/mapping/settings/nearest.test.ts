import { expect, it } from '@jest/globals';
import { nearest } from '../../../../shared/mapping/settings/nearest.ts';

it.each([
  { name: 'emial', known: ['phone', 'email'], meant: 'email' },
  { name: 'EMAIL', known: ['email'], meant: 'email' },
  { name: 'mail', known: ['email', 'gmail'], meant: 'email' },
  { name: 'descriptoin', known: ['date', 'description'], meant: 'description' },
  { name: 'workmobiles', known: ['mobilephone', 'xorkxobilex'], meant: 'xorkxobilex' },
  { name: 'abcdefghi', known: ['abcdefxyz'], meant: 'abcdefxyz' },
  { name: 'abcdefghi', known: ['abcdewxyz'], meant: undefined },
  { name: 'ab', known: ['xb'], meant: 'xb' },
  { name: 'ab', known: ['xyb'], meant: 'xyb' },
  { name: 'ab', known: ['xy'], meant: undefined },
  { name: 'a', known: ['xy'], meant: undefined },
  { name: 'a', known: ['abc'], meant: 'abc' },
  { name: 'anything', known: [], meant: undefined },
])('$name among $known means $meant', ({ name, known, meant }) => {
  expect(nearest(name, known)).toBe(meant);
});

it('may be asked for fewer changes', () => {
  expect(nearest('emial', ['email'], 2)).toBe('email');
  expect(nearest('emial', ['email'], 1)).toBeUndefined();
});
