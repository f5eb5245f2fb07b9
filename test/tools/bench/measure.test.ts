import { describe, expect, it } from '@jest/globals';
import { budgetUse, percentile, requestsFor } from '../../../tools/bench/measure.ts';

describe('the requests for conversations', () => {
  it('leave out those that read metadata', () => {
    const paths = ['/lime/api/v1/limetype/helpdesk/', '/lime/api/v1/query/', '/lime/api/v1/limeobject/helpdesk/'];
    expect(requestsFor(paths.map((path) => ({ path })))).toBe(2);
  });
});

describe('the use of the budget', () => {
  const received = (seconds: number, method: string, limetype: string) => ({
    at: new Date(seconds * 1_000).toISOString(),
    method,
    path: `/lime/api/v1/limeobject/${limetype}/`,
  });

  it('is measured from the first request until the last limeobject is created', () => {
    const requests = [
      received(0, 'GET', 'person'),
      received(1, 'POST', 'helpdesk'),
      received(2, 'POST', 'history'),
      received(4, 'POST', 'helpdesk'),
      received(9, 'POST', 'history'),
    ];
    expect(budgetUse(requests, 'helpdesk', 1)).toBeCloseTo(0.75);
  });

  it('is unknown where no limeobject was created', () => {
    expect(() => budgetUse([received(0, 'GET', 'person')], 'helpdesk', 1)).toThrow(RangeError);
  });
});

describe('a percentile', () => {
  it.each([
    { share: 0.5, value: 3 },
    { share: 0.95, value: 5 },
    { share: 0, value: 1 },
  ])('of $share is $value in 1 to 5', ({ share, value }) => {
    expect(percentile([5, 1, 4, 2, 3], share)).toBe(value);
  });

  it('of nothing is an error', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
  });
});
