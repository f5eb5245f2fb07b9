import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { aMapper, maxReceives, origin, plenty, recordOf } from '../../support/a-mapper.ts';
import type { Fate } from '../../support/lime-world.ts';
import { aRecord } from '../../support/sqs-record.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

describe('the metrics of a batch', () => {
  it('count what Lime has by what was done for it, and the seconds since it was accepted', async () => {
    const now = Date.parse(origin.acceptedAt) + 2_500;
    const deps = { ...around.deps, now: () => now };
    await deliverBatch([recordOf(1), recordOf(2), recordOf(1)], deps, plenty);
    expect(around.emitted).toEqual({
      'Delivered created': [1, 1],
      'Delivered unchanged': [1],
      TimeToLime: [2.5, 2.5],
      'TimeToLimeByLane interactive': [2.5, 2.5],
    });
  });

  it('never count a negative time where the clock of intake is ahead', async () => {
    const deps = { ...around.deps, now: () => Date.parse(origin.acceptedAt) - 40 };
    await deliverBatch([recordOf(1)], deps, plenty);
    expect(around.emitted.TimeToLime).toEqual([0]);
  });

  it('count every record that goes back, tried or not', async () => {
    around = aMapper(['answered', 'answered', 'refused for now']);
    const failed = await deliverBatch([recordOf(1), recordOf(2), recordOf(3)], around.deps, plenty);
    expect(failed).toHaveLength(2);
    expect(around.emitted).toMatchObject({ Returned: [1, 1], 'Delivered created': [1] });
  });

  it.each<{ step: string; record: SQSRecord; schedule?: Fate[]; remaining?: () => number }>([
    { step: 'decode', record: aRecord('hello') },
    { step: 'start', record: recordOf(1, maxReceives), remaining: () => 1_000 },
    { step: 'object', record: recordOf(1, maxReceives), schedule: ['lost before'] },
    { step: 'note', record: recordOf(1, maxReceives), schedule: ['answered', 'lost before'] },
  ])('count what was parked at $step', async ({ step, record, schedule = [], remaining = plenty }) => {
    around = aMapper(schedule);
    await deliverBatch([record], around.deps, remaining);
    expect(around.emitted).toEqual({ [`Parked ${step}`]: [1] });
  });

  it('count nothing as parked that the DLQ did not take', async () => {
    const parkRecord = async () => Promise.reject(new Error('down'));
    await deliverBatch([aRecord('hello')], { ...around.deps, parkRecord }, plenty);
    expect(around.emitted).toEqual({ Returned: [1] });
  });
});
