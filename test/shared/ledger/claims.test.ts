import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimLostError } from '../../../shared/ledger/ledger.ts';
import {
  anAttempt,
  type ClockedLedger,
  claimed,
  delivered,
  deliveredAs,
  keyOf,
  LEASE,
  ledgers,
  object,
} from '../../support/a-table.ts';

describe.each(ledgers)('a claim of the ledger $title', ({ open }) => {
  let table: ClockedLedger;
  let id: string;
  beforeAll(async () => {
    table = await open();
  });
  afterAll(() => table[Symbol.asyncDispose]());
  beforeEach(() => {
    id = crypto.randomUUID();
  });
  const claim = (...attempt: Parameters<typeof anAttempt>) => table.ledger.claim(keyOf(id), anAttempt(...attempt));

  it('of a new conversation is had by the first, and the others wait for its lease', async () => {
    const { decision } = await claim('a');
    expect(decision).toEqual({ action: 'write', object: undefined, delivered: undefined, reconcileFirst: false });
    expect(await claim('b')).toEqual({ decision: { action: 'wait', until: table.now() + LEASE } });
  });

  it('is had by exactly one of many that race', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim('a')));
    expect(claims.filter(({ claim }) => claim !== undefined)).toHaveLength(1);
  });

  it('names its call, also once it is settled, and no call where it had none', async () => {
    const callIdAfter = async (callId: string | undefined, ...attempt: Parameters<typeof anAttempt>) => {
      const { claim } = await table.ledger.claim(
        { ...keyOf(id), ...(callId !== undefined && { callId }) },
        anAttempt(...attempt),
      );
      if (claim)
        await table.ledger.settle(claim, {
          outcome: 'delivered',
          object,
          delivered: { ...anAttempt(...attempt), writtenDigests: '' },
        });
      return (await table.ledger.read(keyOf(id)))?.callId;
    };
    expect(await callIdAfter('first', 'a', 1)).toBe('first');
    expect(await callIdAfter('second', 'b', 2)).toBe('second');
    expect(await callIdAfter('unchanged', 'b', 2)).toBe('second');
    expect(await callIdAfter(undefined, 'c', 3)).toBeUndefined();
  });

  it('is not granted for a delivered version without a change', async () => {
    await delivered(table, id, anAttempt('a'));
    expect(await claim('a')).toEqual({ decision: { action: 'unchanged', newer: false } });
    expect(await table.ledger.read(keyOf(id))).toMatchObject({ outcome: 'delivered', object, unconfirmedAttempts: [] });
  });

  it('is stale for a change that comes after a newer version which took it back', async () => {
    await delivered(table, id, anAttempt('a', 1));
    expect((await claim('a', 3)).decision).toEqual({ action: 'unchanged', newer: true });
    expect((await claim('b', 2)).decision).toMatchObject({ action: 'stale', object });
  });

  it('is not had of what was delivered where it is no newer than a later version in trouble', async () => {
    await delivered(table, id, anAttempt('a', 1));
    const trouble = { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, confirmed: true } as const;
    await table.ledger.settle(await claimed(table, id, anAttempt('b', 2)), trouble);
    expect(await claim('a', 1)).toEqual({ decision: { action: 'unchanged', newer: false } });
    expect(await table.ledger.read(keyOf(id))).toMatchObject({
      outcome: 'retrying',
      reason: 'busy',
      unconfirmedAttempts: [],
    });
    expect((await claim('b', 2)).decision).toMatchObject({ action: 'write', reconcileFirst: false });
  });

  it('gives the known object to a newer version, and is stale for an older one', async () => {
    await delivered(table, id, anAttempt('a', 5));
    const older = await claim('b', 4);
    expect(older.decision).toMatchObject({ action: 'stale', object });
    if (older.claim) await table.ledger.settle(older.claim, { outcome: 'released' });
    const newer = await claim('c', 6);
    expect(newer.decision).toMatchObject({
      action: 'write',
      object,
      delivered: { writtenDigests: 'abcdefgh' },
      reconcileFirst: false,
    });
  });

  it('lasts longer where it is extended, by its owner only', async () => {
    const first = await claimed(table, id, anAttempt('a'));
    table.pass(LEASE - 1_000);
    await table.ledger.extend(first, 11_000);
    table.pass(2_000);
    expect((await claim('a')).decision).toMatchObject({ action: 'wait' });
    table.pass(LEASE);
    await claimed(table, id, anAttempt('a'));
    await expect(table.ledger.extend(first, 2 * LEASE)).rejects.toThrow(ClaimLostError);
    await expect(table.ledger.settle(first, deliveredAs(anAttempt('a')))).rejects.toThrow(ClaimLostError);
  });
});
