import { expect, it } from '@jest/globals';
import { createBudget } from '../../shared/budget.ts';

it('a budget is used up, fills up with time, never above its most, and gets back what is not to count', () => {
  const clock = { now: 0 };
  const budget = createBudget({ perSecond: 2, most: 3, now: () => clock.now });
  const takeAll = () => Array.from({ length: 10 }, budget.take).filter(Boolean).length;
  expect(takeAll()).toBe(3);
  clock.now = 400;
  expect(takeAll()).toBe(0);
  clock.now = 1_000;
  expect(takeAll()).toBe(2);
  clock.now = 60_000;
  expect(takeAll()).toBe(3);
  budget.giveBack();
  expect(takeAll()).toBe(1);
});
