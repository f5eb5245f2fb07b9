import { expect, it } from '@jest/globals';
import { linesOf, tableOf } from '../../../tools/bench/rows.ts';

it('a row without a value is left out', () => {
  expect(linesOf({ sizeOfLink: 300 }).map(({ name }) => name)).toEqual(['sizeOfLink']);
});

it.each([
  { title: 'at the goal', measured: { singleP95: 1.4 }, isMet: true },
  { title: 'above it by less than is printed', measured: { singleP95: 1.404 }, isMet: true },
  { title: 'above it', measured: { singleP95: 1.41 }, isMet: false },
  { title: 'above a goal from below', measured: { budgetUseOf40: 98 }, isMet: true },
  { title: 'below a goal from below', measured: { budgetUseOf40: 96.9 }, isMet: false },
])('a value $title says if it meets the goal', ({ measured, isMet }) => {
  expect(linesOf(measured).map((line) => line.isMet)).toEqual([isMet]);
});

it('the table shows each value beside its goal', () => {
  const cells = tableOf({ singleP95: 1.5, dollarsInBulk: 5 })
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(cells.map((row) => row.slice(2, 5))).toEqual([
    ['≤ 1.4 s', '1.50 s', '**no**'],
    ['≤ $6', '$5.00', 'yes'],
  ]);
});
