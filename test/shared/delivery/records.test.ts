import { beforeEach, describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { settingsFor } from '../../../shared/load-settings.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { aMapper, maxReceives, origin, plenty, recordOf, settings } from '../../support/a-mapper.ts';
import type { Fate } from '../../support/lime-world.ts';
import { aRecord } from '../../support/sqs-record.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

describe('a record', () => {
  it.each([
    { title: 'that is no JSON', body: 'hello' },
    { title: 'of another version', body: '{"v":2}' },
    { title: 'that holds no conversation', body: encodeRecord(origin, '{"id":-1}') ?? '' },
  ])('$title is parked with its reason', async ({ body }) => {
    expect(await deliverBatch([aRecord(body)], around.deps, plenty)).toEqual([]);
    expect(around.parked).toMatchObject([{ attributes: { step: 'decode', reason: expect.stringContaining('not a') } }]);
  });

  it.each([
    { title: "another tenant's conversation", organization: '108905', organization_id: 4711 },
    { title: 'a name that would lead to another secret', organization: '4711/lime/../108905', organization_id: null },
  ])('that was forged with $title reaches neither secret nor ledger nor Lime', async ({ organization, ...forged }) => {
    const opened: string[] = [];
    const openTenant = async (asked: string) => {
      opened.push(asked);
      return around.deps.openTenant(asked);
    };
    const body = JSON.stringify({ v: 1, ...origin, organization, encoding: 'json', body: { id: 1, ...forged } });

    expect(await deliverBatch([aRecord(body)], { ...around.deps, openTenant }, plenty)).toEqual([]);
    expect(around.parked).toMatchObject([{ attributes: { step: 'decode' } }]);
    expect([opened, around.helpdesks.size]).toEqual([[], 0]);
    expect(await around.deps.ledger.read({ organization, conversation: '1' })).toBeUndefined();
  });

  it('that cannot be parked comes again', async () => {
    const parkRecord = async () => Promise.reject(new Error('down'));
    const record = aRecord('hello');
    expect(await deliverBatch([record], { ...around.deps, parkRecord }, plenty)).toEqual([record.messageId]);
  });

  it.each<{ title: string; schedule: Fate[]; remaining: () => number; step: string }>([
    { title: 'Lime failed', schedule: ['lost before'], remaining: plenty, step: 'object' },
    { title: 'there was no time', schedule: [], remaining: () => 1_000, step: 'start' },
  ])('is parked at its last receive where $title, so that the DLQ knows why', async ({ schedule, remaining, step }) => {
    around = aMapper(schedule);
    expect(await deliverBatch([recordOf(1, maxReceives)], around.deps, remaining)).toEqual([]);
    expect(around.parked).toMatchObject([
      { organization: '108905', attributes: { step, conversation: '1', reason: expect.stringMatching(/^given up/) } },
    ]);
    const entry = await around.deps.ledger.read({ organization: '108905', conversation: '1' });
    expect(entry).toMatchObject({ outcome: 'parked', reason: expect.stringMatching(/^given up/) });
  });

  it('of a conversation that no instance takes is parked, and its link says why', async () => {
    const [first] = settingsFor(settings, '108905').instances;
    if (first === undefined) throw new Error('no instance');
    const onlyOrders = { ...settingsFor(settings, '108905'), instances: [{ ...first, topics: ['Orders'] }] };
    await deliverBatch([recordOf(1)], { ...around.deps, settingsFor: () => onlyOrders }, plenty);
    expect(around.parked).toMatchObject([{ attributes: { step: 'plan', conversation: '1' } }]);
    expect(await around.deps.ledger.read({ organization: '108905', conversation: '1' })).toMatchObject({
      outcome: 'parked',
    });
  });
});
