import { describe, expect, it } from '@jest/globals';
import { growthOf, samplesAt } from '../../../tools/fuzz/memory.ts';

describe('the memory of a fuzz run', () => {
  const series = (of: (at: number) => number) =>
    Array.from({ length: 101 }, (_, percent) => ({ at: percent / 100, megabytes: of(percent / 100) }));

  it.each([
    {
      title: 'does not count as grown while caches fill up at the start',
      of: (at: number) => Math.min(200, 100 + 1_000 * at),
      grew: false,
    },
    { title: 'does not count as grown if it swings', of: (at: number) => 150 + 50 * Math.sin(50 * at), grew: false },
    { title: 'counts as grown if it leaks', of: (at: number) => 100 + 200 * at, grew: true },
  ])('$title', ({ of, grew }) => {
    expect(growthOf(series(of)) !== undefined).toBe(grew);
  });

  it('is no violation if the run is too short', () => {
    expect(growthOf([{ at: 0, megabytes: 100 }])).toBeUndefined();
    expect(growthOf([])).toBeUndefined();
  });

  it('is shown at any shares of the calls', () => {
    expect(
      samplesAt(
        series((at) => at * 100),
        [0, 0.25, 1],
      ),
    ).toEqual([
      { at: 0, megabytes: 0 },
      { at: 0.25, megabytes: 25 },
      { at: 1, megabytes: 100 },
    ]);
  });
});
