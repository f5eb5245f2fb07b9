import { beforeEach, describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { LimeError } from '../../../shared/errors.ts';
import { aMapper, plenty, recordOf } from '../../support/a-mapper.ts';
import { aTenant } from '../../support/a-tenant.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

describe('a batch', () => {
  it('acknowledges every record whose conversation is in Lime', async () => {
    expect(await deliverBatch([recordOf(1), recordOf(2), recordOf(3)], around.deps, plenty)).toEqual([]);
    expect(around.helpdesks.size).toBe(3);
  });

  it('gives back only the record that failed, for as long as Lime may still be at work on it', async () => {
    around = aMapper(['answered', 'answered', 'lost before']);
    const records = [recordOf(1), recordOf(2, 3), recordOf(3)];
    expect(await deliverBatch(records, around.deps, plenty)).toEqual([records[1]?.messageId]);
    expect(around.returned).toEqual([20]);
  });

  it('asks Lime nothing more for an organization after a sign of overload', async () => {
    around = aMapper(['answered', 'answered', 'refused for now']);
    const records = [recordOf(1), recordOf(2), recordOf(3), recordOf(4)];
    const failed = await deliverBatch(records, around.deps, plenty);
    expect(failed).toEqual(records.slice(1).map(({ messageId }) => messageId));
    expect(around.helpdesks.size).toBe(1);
    expect(await around.deps.ledger.read({ organization: '108905', conversation: '4' })).toBeUndefined();
  });

  it('sends nothing more of what is already on its way after a sign of overload', async () => {
    around = aMapper(['refused for now']);
    // One after the other they come to their turn.
    const tenant = aTenant(around.lime, around.metadata, () => new Promise(setImmediate));
    const deps = { ...around.deps, concurrency: 4, openTenant: async () => tenant };
    const records = [recordOf(1), recordOf(2), recordOf(3), recordOf(4)];
    expect(await deliverBatch(records, deps, plenty)).toHaveLength(4);
    expect(around.helpdesks.size).toBe(0);
    for (const conversation of ['1', '2', '3', '4']) {
      const entry = await around.deps.ledger.read({ organization: '108905', conversation });
      expect(entry?.unconfirmedAttempts ?? []).toEqual([]);
    }
  });

  it('starts nothing it has no time for, and gives that back at once', async () => {
    let left = 60_000;
    const remaining = () => {
      left -= 5_000;
      return left;
    };
    const records = Array.from({ length: 20 }, (_, index) => recordOf(index + 1));
    const failed = await deliverBatch(records, around.deps, remaining);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length + around.helpdesks.size).toBe(20);
    expect(new Set(around.returned)).toEqual(new Set([0]));
  });

  it('gives every record of an organization back while its Lime cannot be opened', async () => {
    const { deps } = around;
    const openTenant = async (organization: string) => {
      if (organization === '4711') throw new LimeError('denied', 'no Lime credentials are stored');
      return deps.openTenant(organization);
    };
    const records = [recordOf(1, 1, '4711'), recordOf(2)];
    expect(await deliverBatch(records, { ...deps, openTenant }, plenty)).toEqual([records[0]?.messageId]);
    expect(around.helpdesks.size).toBe(1);
  });

  it('gives a record back while the ledger is down, without asking Lime', async () => {
    const claim = async () => Promise.reject(new Error('down'));
    const deps = { ...around.deps, ledger: { ...around.deps.ledger, claim } };
    const record = recordOf(1);
    expect(await deliverBatch([record], deps, plenty)).toEqual([record.messageId]);
    expect(around.helpdesks.size).toBe(0);
  });

  it('loses nothing where a record cannot even be given back', async () => {
    around = aMapper(['lost before']);
    const returnRecord = async () => Promise.reject(new Error('down'));
    const record = recordOf(1);
    expect(await deliverBatch([record], { ...around.deps, returnRecord }, plenty)).toEqual([record.messageId]);
  });
});
