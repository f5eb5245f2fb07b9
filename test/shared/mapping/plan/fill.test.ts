import { expect, it } from '@jest/globals';
import { isBlank } from '../../../../shared/mapping/plan/fill.ts';

it.each([
  { value: undefined, blank: true },
  { value: null, blank: true },
  { value: ' ', blank: true },
  { value: [], blank: true },
  { value: { id: 1, key: 'empty', text: '' }, blank: true },
  { value: { id: 2, key: 'sv', text: 'Swedish' }, blank: false },
  { value: 0, blank: false },
  { value: false, blank: false },
  { value: '-', blank: false },
])('$value is blank in Lime: $blank', ({ value, blank }) => {
  expect(isBlank(value)).toBe(blank);
});
