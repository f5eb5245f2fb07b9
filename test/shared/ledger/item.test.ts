import { describe, expect, it } from '@jest/globals';
import { Item, keyOf, storedDelivered } from '../../../shared/ledger/item.ts';
import { anAttempt, aTable, claimed, deliveredAs, object } from '../../support/a-table.ts';

const key = { organization: '108905', conversation: '1' };

describe('an item of the ledger', () => {
  it('has a key of its own for each additional limeobject', () => {
    expect(keyOf(key)).toEqual({ pk: '108905#1' });
    expect(keyOf({ ...key, additional: 'Deal' })).toEqual({ pk: '108905#1#Deal' });
  });

  it('keeps the attribute names of version 0.1.0', async () => {
    await using table = await aTable();
    await table.ledger.settle(await claimed(table, '1', anAttempt('a')), deliveredAs(anAttempt('a')));
    await claimed(table, '1', anAttempt('b', 2));

    expect(await table.item('1')).toEqual({
      pk: '108905#1',
      leaseOwner: expect.any(String),
      leaseUntil: expect.any(Number),
      expiresAt: expect.any(Number),
      outcome: 'delivered',
      object,
      delivered: { ...anAttempt('a'), written: 'abcdefgh' },
      unresolved: new Set(['b']),
    });
  });

  it('is read as an entry', () => {
    const delivered = { ...anAttempt('a'), writtenDigests: 'abcdefgh' };
    const stored = { outcome: 'delivered', object, delivered: storedDelivered(delivered), callId: 'call' };
    const entry = { outcome: 'delivered', object, delivered, callId: 'call', unconfirmedAttempts: [] };
    expect(Item.parse({ ...stored, pk: '108905#1', expiresAt: 1 })).toEqual(entry);
    expect(Item.parse({ ...stored, leaseOwner: 'one', leaseUntil: 5, unresolved: new Set(['a', 'b']) })).toEqual({
      ...entry,
      lease: { owner: 'one', until: 5 },
      unconfirmedAttempts: ['a', 'b'],
    });
    expect(Item.parse({ leaseUntil: 5 })).toEqual({ lease: { until: 5 }, unconfirmedAttempts: [] });
  });
});
