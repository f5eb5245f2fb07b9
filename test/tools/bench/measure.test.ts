import { describe, expect, it } from '@jest/globals';
import { budgetUse, costOf, percentile } from '../../../tools/bench/measure.ts';

describe('the cost of requests', () => {
  it('is counted by what they are for', () => {
    const paths = [
      '/lime/api/v1/limetype/helpdesk/',
      '/lime/api/v1/query/',
      '/lime/api/v1/limeobject/helpdesk/',
      '/lime/api/v1/limeobject/history/',
    ];
    expect(costOf(paths.map((path) => ({ path })))).toEqual({ metadata: 1, lookups: 1, writes: 2 });
  });
});

describe('the use of the budget', () => {
  const sample = (at: number, waiting: number, requests: number) => ({ at, waiting, requests });

  it('is measured from the first moment in which records wait to the last', () => {
    const samples = [
      sample(0, 0, 0),
      sample(1_000, 5, 10),
      sample(2_000, 0, 20),
      sample(3_000, 1, 28),
      sample(9_000, 0, 30),
    ];
    expect(budgetUse(samples, 10)).toBeCloseTo(0.9);
  });

  it('is unknown where no record ever waited', () => {
    expect(budgetUse([sample(0, 0, 0), sample(1_000, 0, 9)], 10)).toBeUndefined();
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
