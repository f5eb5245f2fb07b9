import { expect, it } from '@jest/globals';
import { drawChart } from '../../../../tools/bench/page/chart.ts';

const chart = {
  title: 'Time < goal',
  shown: (value: number) => `${value} s`,
  bars: [
    { label: 'fast', parts: [1], goal: 2, isMet: true },
    { label: 'slow', parts: [3, 1], goal: 2, isMet: false },
  ],
};

it('a chart has each bar with its label and value', () => {
  const svg = drawChart(chart, 'light');
  expect([...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual([
    'Time &lt; goal',
    '| goal',
    'fast',
    '1 s',
    'slow',
    '4 s',
  ]);
});

it('the parts of a bar stand side by side, and the widest bar fills the chart', () => {
  const boxes = [...drawChart(chart, 'light').matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
  const [fast = [], first = [], second = []] = boxes.map(([, x, width]) => [Number(x), Number(width)]);
  expect(second[0]).toBeCloseTo((first[0] ?? 0) + (first[1] ?? 0), 0);
  expect(first[1]).toBeCloseTo(3 * (fast[1] ?? 0), 0);
});

it('the themes differ in colours only', () => {
  const plain = (svg: string): string => svg.replaceAll(/#[0-9a-f]{6}/g, '');
  expect(plain(drawChart(chart, 'dark'))).toBe(plain(drawChart(chart, 'light')));
  expect(drawChart(chart, 'dark')).not.toBe(drawChart(chart, 'light'));
});
