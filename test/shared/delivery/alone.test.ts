import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import type { RateLimiter } from '../../../shared/lime/pipeline/rate-limiter.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { aMapper, origin, plenty, recordOf } from '../../support/a-mapper.ts';
import { aTenant } from '../../support/a-tenant.ts';
import { aConversation } from '../../support/conversations.ts';
import { aRecord } from '../../support/sqs-record.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

/** A record of a few kilobytes whose conversation is far larger. */
function largeOf(id: number, organization = '108905'): SQSRecord {
  const json = JSON.stringify(
    aConversation({ id, organization_id: organization, contact: null, custom: 'x'.repeat(300_000) }),
  );
  return aRecord(encodeRecord({ ...origin, organization, conversation: String(id) }, json) ?? '');
}

function keyOf({ messageId }: SQSRecord, organization = '108905') {
  return { organization, record: messageId };
}
function deliveredInOrder() {
  return around.logged.filter(({ message }) => message === 'delivered').map(({ conversation }) => conversation);
}
function parkedFor() {
  return around.parked.map(({ attributes }) => attributes.reason);
}

describe('a large record', () => {
  it('follows the others of its batch, those of other organizations included', async () => {
    const records = [largeOf(1), recordOf(2), largeOf(3, '222'), recordOf(4, 1, '333')];
    expect(await deliverBatch(records, around.deps, plenty)).toEqual([]);
    const order = deliveredInOrder();
    expect(order.slice(0, 2).toSorted()).toEqual(['2', '4']);
    expect(order.slice(2).toSorted()).toEqual(['1', '3']);
  });

  it('leaves the interactive lane to the others, because it takes many requests', async () => {
    const lanes: string[] = [];
    const rateLimiter: RateLimiter = async ({ lane }) => void lanes.push(lane);
    const openTenant = async () => aTenant(around.lime, around.metadata, rateLimiter);
    await deliverBatch([largeOf(1), recordOf(2)], { ...around.deps, lane: 'interactive', openTenant }, plenty);
    expect(deliveredInOrder()).toEqual(['2', '1']);
    expect(new Set(lanes)).toEqual(new Set(['interactive', 'bulk']));
    expect(lanes.lastIndexOf('interactive')).toBeLessThan(lanes.indexOf('bulk'));
  });

  it('counts how often it was started only until it comes to an outcome', async () => {
    const record = largeOf(1);
    await around.deps.ledger.start(keyOf(record));
    expect(await deliverBatch([record], around.deps, plenty)).toEqual([]);
    expect(await around.deps.ledger.startsOf(keyOf(record))).toBe(0);
    expect(around.helpdesks.size).toBe(1);
  });

  it('is parked with that reason where two mappers have ended over it, and its link says so', async () => {
    const record = largeOf(1);
    await around.deps.ledger.start(keyOf(record));
    await around.deps.ledger.start(keyOf(record));
    expect(await deliverBatch([recordOf(2), record], around.deps, plenty)).toEqual([]);
    expect(parkedFor()).toEqual(['2 mappers ended over it without an outcome']);
    expect(deliveredInOrder()).toEqual(['2']);
    const entry = await around.deps.ledger.read({ organization: '108905', conversation: '1' });
    expect(entry).toMatchObject({ outcome: 'parked', reason: '2 mappers ended over it without an outcome' });
  });

  it('is given back unread where there is no time for it', async () => {
    const record = largeOf(1);
    expect(await deliverBatch([record], around.deps, () => 10_000)).toEqual([record.messageId]);
    expect(await around.deps.ledger.startsOf(keyOf(record))).toBe(0);
    expect(around.logged).toMatchObject([{ message: 'retrying', conversation: '1', step: 'start' }]);
  });
});

describe('a small record that comes again and again', () => {
  it('is delivered beside the others, and leaves no count behind', async () => {
    const records = [recordOf(1, 4), recordOf(2)];
    expect(await deliverBatch(records, around.deps, plenty)).toEqual([]);
    expect(deliveredInOrder()).toEqual(['1', '2']);
    expect(await Promise.all(records.map((record) => around.deps.ledger.startsOf(keyOf(record))))).toEqual([0, 0]);
  });

  it('follows the others where a mapper has ended over it', async () => {
    const record = recordOf(1, 4);
    await around.deps.ledger.start(keyOf(record));
    expect(await deliverBatch([record, recordOf(2)], around.deps, plenty)).toEqual([]);
    expect(deliveredInOrder()).toEqual(['2', '1']);
    expect(await around.deps.ledger.startsOf(keyOf(record))).toBe(0);
  });

  it.each([
    { starts: 5, reasons: [] },
    { starts: 6, reasons: ['6 mappers ended over it without an outcome'] },
  ])('after $starts mappers that ended over it is parked for $reasons', async ({ starts, reasons }) => {
    const record = recordOf(1, 4);
    for (let start = 0; start < starts; start += 1) await around.deps.ledger.start(keyOf(record));
    expect(await deliverBatch([record], around.deps, plenty)).toEqual([]);
    expect(parkedFor()).toEqual(reasons);
  });
});

it('a record of which nobody can tell how often it was started goes back', async () => {
  const ledger = { ...around.deps.ledger, start: async () => Promise.reject(new Error('out of reach')) };
  const record = largeOf(1);
  expect(await deliverBatch([record], { ...around.deps, ledger }, plenty)).toEqual([record.messageId]);
  expect(around.helpdesks.size).toBe(0);
});
