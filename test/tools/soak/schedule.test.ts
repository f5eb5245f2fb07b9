import { describe, expect, it } from '@jest/globals';
import { Fault as LimeFault } from '../../../sandbox/control/faults.ts';
import { Fault as AwsFault } from '../../../tools/local/emulators/faults.ts';
import { createSchedule, faultNames } from '../../../tools/soak/schedule.ts';

const options = { seed: 7, kind: 'mixed', lastsMs: 120_000, kills: 3, requests: 4_000 } as const;

describe('a schedule of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(createSchedule(options)).toEqual(createSchedule(options));
    expect(createSchedule(options)).not.toEqual(createSchedule({ ...options, seed: 8 }));
  });

  it('lasts as long as was asked for, and meets every kind but the one that is played for itself', () => {
    const { steps } = createSchedule(options);
    const total = steps.reduce((sum, { lastsMs, pauseMs }) => sum + lastsMs + pauseMs, 0);
    expect(total).toBeGreaterThanOrEqual(options.lastsMs);
    const met = new Set(steps.flatMap(({ title }) => title.split(' + ')));
    expect([...met].sort()).toEqual(faultNames.filter((name) => name !== 'late').sort());
  });

  it.each(faultNames)('of %s alone has faults that sandbox and emulators take, and no other', (kind) => {
    const { steps } = createSchedule({ ...options, kind });
    expect(steps.length).toBeGreaterThan(10);
    for (const { title, lime, aws } of steps) {
      expect(title).toBe(kind);
      expect(lime.length).toBeLessThanOrEqual(1);
      expect(lime.length + aws.length).toBeGreaterThan(0);
      for (const fault of lime) expect(LimeFault.safeParse(fault)).toMatchObject({ success: true });
      for (const fault of aws) expect(AwsFault.safeParse(fault)).toMatchObject({ success: true });
    }
  });

  it('refuses for good while SQS at times takes no record into the DLQ', () => {
    const { steps } = createSchedule({ ...options, kind: 'refused' });

    expect(new Set(steps.map(({ aws }) => aws.map(({ action }) => action).join()))).toEqual(
      new Set(['', 'SendMessage']),
    );
  });

  it('commits late whatever a create may be answered without having failed', () => {
    const { steps } = createSchedule({ ...options, kind: 'late-commit' });
    const answers = steps.flatMap(({ lime }) => lime.map((fault) => ('status' in fault ? fault.status : fault.kind)));

    expect(new Set(answers)).toEqual(new Set([408, 502, 504, 'reset']));
    for (const { lime } of steps) expect(lime).toMatchObject([{ commit: { afterMs: [500, 8_000] } }]);
  });

  it('kills as often as was asked for, in order and before the run is nearly over', () => {
    const moments = createSchedule(options).kills.map(({ afterRequests }) => afterRequests);
    expect(moments).toHaveLength(3);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
    expect(Math.min(...moments)).toBeGreaterThan(0);
    expect(Math.max(...moments)).toBeLessThan(options.requests);
  });
});
