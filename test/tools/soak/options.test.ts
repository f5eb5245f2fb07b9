import { describe, expect, it } from '@jest/globals';
import { readOptions, USAGE } from '../../../tools/soak/options.ts';
import { runsOf } from '../../../tools/soak/plan.ts';

describe('the options of a soak run', () => {
  it('have defaults', () => {
    expect(readOptions([])).toMatchObject({ seeds: [1], conversations: 1_000, kills: 3, schedule: 'mixed' });
  });

  it('are all listed by --help', () => {
    for (const flag of [
      'seeds',
      'conversations',
      'kills',
      'schedule',
      'outage-days',
      'time-scale',
      'requests-per-second',
    ])
      expect(USAGE).toContain(`--${flag} `);
  });

  it('take one seed or a range of them', () => {
    expect(readOptions(['--seed', '4']).seeds).toEqual([4]);
    expect(readOptions(['--seeds', '2..5']).seeds).toEqual([2, 3, 4, 5]);
  });

  it.each([
    { title: 'an unknown flag', args: ['--conversation', '5'] },
    { title: 'a range that ends before it begins', args: ['--seeds', '5..2'] },
    { title: 'an unknown fault', args: ['--schedule', 'flood'] },
    { title: 'no conversations', args: ['--conversations', '0'] },
  ])('refuse $title', ({ args }) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ name: 'OptionsError' }));
  });

  it('turn days of outage into a minute by the time scale, without a kill', () => {
    const [run] = runsOf(readOptions(['--schedule', 'outage', '--conversations', '5']));
    expect(run).toMatchObject({ timeScale: 60 / (3 * 86_400), schedule: { kills: [], steps: [{ lastsMs: 60_000 }] } });
  });
});
