import { expect, it } from '@jest/globals';
import { businessDaysAfter } from '../../../../shared/mapping/values/business-days.ts';

it.each([
  {
    title: 'Thursday and two days are Monday',
    from: '2024-02-22T15:00:00Z',
    businessDays: 2,
    due: '2024-02-26T08:00:00.000Z',
  },
  {
    title: 'Friday and one day are Monday',
    from: '2024-02-23T15:00:00Z',
    businessDays: 1,
    due: '2024-02-26T08:00:00.000Z',
  },
  {
    title: 'Saturday and no day are Monday',
    from: '2024-02-24T15:00:00Z',
    businessDays: 0,
    due: '2024-02-26T08:00:00.000Z',
  },
  {
    title: 'Sunday and one day are Monday',
    from: '2024-02-25T15:00:00Z',
    businessDays: 1,
    due: '2024-02-26T08:00:00.000Z',
  },
  { title: 'no day is the same day', from: '2024-02-22T15:00:00Z', businessDays: 0, due: '2024-02-22T08:00:00.000Z' },
  {
    title: 'late on Friday in UTC is Saturday in Stockholm',
    from: '2024-02-23T23:30:00Z',
    businessDays: 0,
    due: '2024-02-26T08:00:00.000Z',
  },
  {
    title: 'the clocks go forward in between',
    from: '2024-03-29T12:00:00Z',
    businessDays: 1,
    due: '2024-04-01T07:00:00.000Z',
  },
  { title: 'ten days are two weeks', from: '2024-02-22T15:00:00Z', businessDays: 10, due: '2024-03-07T08:00:00.000Z' },
])('$title', ({ from, businessDays, due }) => {
  expect(businessDaysAfter(from, { businessDays, at: '09:00' }, 'Europe/Stockholm')).toBe(due);
});

it('what is no time has no due time', () => {
  expect(businessDaysAfter('soon', { businessDays: 1, at: '09:00' }, 'UTC')).toBeUndefined();
});
