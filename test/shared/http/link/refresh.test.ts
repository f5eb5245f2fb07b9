import { expect, it } from '@jest/globals';
import { refreshOf } from '../../../../shared/http/link/refresh.ts';

const query = { signature: 'a-signature', expires: '1796227100' };
const now = 1_000_000;

it.each([
  { title: 'soon at first', reloads: undefined, nextTryAt: undefined, seconds: 5 },
  { title: 'later each time', reloads: '3', nextTryAt: undefined, seconds: 40 },
  { title: 'every five minutes at last', reloads: '10', nextTryAt: undefined, seconds: 300 },
  { title: 'after the next try', reloads: '7', nextTryAt: now + 10_500, seconds: 13 },
  {
    title: 'within five minutes, if the next try is later',
    reloads: undefined,
    nextTryAt: now + 1_800_000,
    seconds: 300,
  },
  { title: 'as without a next try, once that is due', reloads: '2', nextTryAt: now, seconds: 20 },
])('a waiting page reloads $title', ({ reloads, nextTryAt, seconds }) => {
  expect(refreshOf({ ...query, reloads }, nextTryAt, now).seconds).toBe(seconds);
});

it('the address of a reload is the link itself, with the number of reloads', () => {
  expect(refreshOf({ ...query, reloads: '4' }, undefined, now).url).toBe(
    '?expires=1796227100&signature=a-signature&reloads=5',
  );
});
