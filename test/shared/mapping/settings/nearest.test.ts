import { expect, it } from '@jest/globals';
import { nearest } from '../../../../shared/mapping/settings/nearest.ts';

it.each([
  { name: 'emial', known: ['phone', 'email'], suggestion: 'email' },
  { name: 'EMAIL', known: ['email'], suggestion: 'email' },
  { name: 'mail', known: ['email', 'gmail'], suggestion: 'email' },
  { name: 'descriptoin', known: ['date', 'description'], suggestion: 'description' },
  { name: 'workmobiles', known: ['mobilephone', 'xorkxobilex'], suggestion: 'xorkxobilex' },
  { name: 'abcdefghi', known: ['abcdefxyz'], suggestion: 'abcdefxyz' },
  { name: 'abcdefghi', known: ['abcdewxyz'], suggestion: undefined },
  { name: 'ab', known: ['xb'], suggestion: 'xb' },
  { name: 'ab', known: ['xyb'], suggestion: 'xyb' },
  { name: 'ab', known: ['xy'], suggestion: undefined },
  { name: 'a', known: ['xy'], suggestion: undefined },
  { name: 'a', known: ['abc'], suggestion: 'abc' },
  { name: 'anything', known: [], suggestion: undefined },
])('$name among $known means $meant', ({ name, known, suggestion }) => {
  expect(nearest(name, known)).toBe(suggestion);
});

it('may be asked for fewer changes', () => {
  expect(nearest('emial', ['email'], 2)).toBe('email');
  expect(nearest('emial', ['email'], 1)).toBeUndefined();
});
