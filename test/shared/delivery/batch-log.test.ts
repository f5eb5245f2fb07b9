import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { aMapper, maxReceives, origin, plenty, recordOf } from '../../support/a-mapper.ts';
import type { Fate } from '../../support/lime-world.ts';
import { aRecord } from '../../support/sqs-record.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

describe('the log line of a record', () => {
  const ids = {
    lane: 'interactive',
    callId: 'call',
    organization: '108905',
    conversation: '1',
    recordId: expect.stringMatching(/^record-/),
  };
  const seconds = expect.any(Number);

  it.each<{
    title: string;
    record: SQSRecord;
    schedule?: Fate[];
    remaining?: () => number;
    line: Record<string, unknown>;
  }>([
    {
      title: 'that is delivered',
      record: recordOf(1),
      line: { message: 'delivered', receiveCount: 1, outcome: 'created', limeobject: 1_001, seconds },
    },
    {
      title: 'that was tried',
      record: recordOf(1, 3),
      schedule: ['refused for now'],
      line: {
        message: 'retrying',
        receiveCount: 3,
        failure: 'overloaded',
        status: 429,
        limetype: 'helpdesk',
        reason: 'asks for quiet',
        retryInSeconds: 3,
        seconds,
      },
    },
    {
      title: 'that was not tried',
      record: recordOf(1),
      remaining: () => 1_000,
      line: {
        message: 'retrying',
        receiveCount: 1,
        step: 'start',
        reason: 'no batch had time for it',
        retryInSeconds: 0,
        seconds,
      },
    },
    {
      title: 'that is parked',
      record: recordOf(1, maxReceives),
      schedule: ['refused for now'],
      line: {
        message: 'parked',
        receiveCount: maxReceives,
        step: 'object',
        failure: 'overloaded',
        status: 429,
        limetype: 'helpdesk',
        reason: expect.stringMatching(/^given up/),
        seconds,
      },
    },
  ])('$title names it and says what became of it', async ({ record, schedule = [], remaining = plenty, line }) => {
    around = aMapper(schedule);
    await deliverBatch([record], around.deps, remaining);
    expect(around.logged).toEqual([{ ...ids, ...line }]);
  });

  it('that was not tried for an overload names that, and its own ids', async () => {
    around = aMapper(['refused for now']);
    await deliverBatch([recordOf(2), recordOf(1)], around.deps, plenty);
    expect(around.logged[1]).toMatchObject({
      ...ids,
      message: 'retrying',
      step: 'start',
      failure: 'overloaded',
      status: 429,
    });
  });

  it('of a conversation that does not decode has the fields of its envelope', async () => {
    await deliverBatch([aRecord(encodeRecord(origin, '{"id":-1}') ?? '')], around.deps, plenty);
    expect(around.logged).toMatchObject([{ message: 'parked', callId: 'call', organization: '108905', seconds }]);
  });
});
