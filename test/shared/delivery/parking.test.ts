import { beforeEach, describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import type { MapperDeps } from '../../../shared/delivery/mapper-deps.ts';
import { LimeError, type LimeFailure } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { aMapper, maxReceives, plenty, recordOf } from '../../support/a-mapper.ts';
import { aTenant } from '../../support/a-tenant.ts';
import { aRecord } from '../../support/sqs-record.ts';

let mapper: ReturnType<typeof aMapper>;
beforeEach(() => {
  mapper = aMapper();
});

/** The mapper's deps where Lime answers every create with an error. */
async function creatingIn(error: LimeError, others: Partial<MapperDeps> = {}): Promise<MapperDeps> {
  const lime: Lime = async (request, schema) => {
    if (request.method === 'POST') throw error;
    return mapper.lime(request, schema);
  };
  return { ...mapper.deps, openTenant: async () => aTenant(lime, mapper.metadata), ...others };
}
const refused = new LimeError('refused', 'POST /api/v1/limeobject/helpdesk/ was answered 422', { status: 422 });
const unavailable = new LimeError('unavailable', 'POST /api/v1/limeobject/helpdesk/ was answered 500', { status: 500 });
async function down(): Promise<never> {
  return Promise.reject(new Error('SQS is down'));
}
function entryOf(conversation: number) {
  return mapper.deps.ledger.read({ organization: '108905', conversation: String(conversation) });
}

describe('a record that the DLQ does not take', () => {
  it.each([
    { title: 'Lime has refused it for good', error: refused, record: recordOf(1) },
    { title: 'it was tried for the last time', error: unavailable, record: recordOf(1, maxReceives) },
    { title: 'it does not decode', error: refused, record: aRecord('hello') },
    { title: 'it does not decode at its last receive', error: refused, record: aRecord('hello', maxReceives) },
  ])('comes again where $title', async ({ error, record }) => {
    const deps = await creatingIn(error, { parkRecord: down });

    expect(await deliverBatch([record], deps, plenty)).toEqual([record.messageId]);
    expect((await entryOf(1))?.outcome).not.toBe('parked');
    expect(mapper.logged.map(({ message }) => message)).not.toContain('parked');
  });

  it('comes again at its last receive also where it could not be tried', async () => {
    const record = recordOf(1, maxReceives);

    expect(await deliverBatch([record], { ...mapper.deps, parkRecord: down }, () => 1_000)).toEqual([record.messageId]);
  });

  it('is parked once the DLQ takes it, with what Lime said', async () => {
    await deliverBatch([recordOf(1)], await creatingIn(refused, { parkRecord: down }), plenty);
    mapper.pass(90_000);

    expect(await deliverBatch([recordOf(1, 2)], await creatingIn(refused), plenty)).toEqual([]);
    expect(mapper.parked).toMatchObject([{ attributes: { status: '422', step: 'object', conversation: '1' } }]);
    expect(await entryOf(1)).toMatchObject({ outcome: 'parked' });
  });

  it('does not hold up the others of its batch', async () => {
    const bad = aRecord('hello');

    expect(await deliverBatch([bad, recordOf(2)], { ...mapper.deps, parkRecord: down }, plenty)).toEqual([
      bad.messageId,
    ]);
    expect(mapper.helpdesks.size).toBe(1);
  });
});

describe('a record that the DLQ has', () => {
  it.each<{ failure: LimeFailure; status: number }>([
    { failure: 'refused', status: 422 },
    { failure: 'gone', status: 404 },
  ])('is the one whose create Lime has answered with $status, and that at once', async ({ failure, status }) => {
    const error = new LimeError(failure, `POST was answered ${status}`, { status });

    expect(await deliverBatch([recordOf(1)], await creatingIn(error), plenty)).toEqual([]);
    expect(mapper.parked).toMatchObject([{ attributes: { status: String(status) } }]);
  });

  it('keeps the limeobject that its conversation has become before', async () => {
    await deliverBatch([recordOf(1)], mapper.deps, plenty);
    const { object } = (await entryOf(1)) ?? {};
    await deliverBatch([recordOf(1, maxReceives)], mapper.deps, () => 1_000);

    expect(mapper.parked).toHaveLength(1);
    expect(await entryOf(1)).toMatchObject({ outcome: 'parked', object });
  });

  it('is acknowledged even if the ledger cannot be updated', async () => {
    const { ledger } = mapper.deps;
    const deps = await creatingIn(refused, { ledger: { ...ledger, settle: down } });

    expect(await deliverBatch([recordOf(1)], deps, plenty)).toEqual([]);
    expect(mapper.parked).toHaveLength(1);
    expect(mapper.logged.map(({ message }) => message)).toEqual(['ledger not settled', 'parked']);
  });
});

describe('a record that is given back', () => {
  it('comes again also where SQS does not take its delay', async () => {
    const record = recordOf(1);
    const deps = await creatingIn(unavailable, { returnRecord: down });

    expect(await deliverBatch([record], deps, plenty)).toEqual([record.messageId]);
  });
});
