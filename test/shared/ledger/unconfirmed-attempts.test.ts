import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Settlement } from '../../../shared/ledger/states.ts';
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

describe.each(ledgers)('after an attempt in the ledger $title', ({ open }) => {
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

  it('that crashed, the next one looks before it writes, until the attempt is delivered', async () => {
    await claim('a');
    table.pass(LEASE);
    const next = await claim('a');
    expect(next.decision).toMatchObject({ action: 'write', reconcileFirst: true });
    if (next.claim) await table.ledger.settle(next.claim, deliveredAs(anAttempt('a')));
    expect((await claim('b', 2)).decision).toMatchObject({ action: 'write', reconcileFirst: false });
  });

  it('that crashed, each later one looks, also once another version was delivered', async () => {
    await claim('a', 2);
    table.pass(LEASE);
    await delivered(table, id, anAttempt('b', 3));
    expect((await claim('c', 4)).decision).toMatchObject({ action: 'write', reconcileFirst: true });
  });

  it.each([
    { title: 'wrote nothing, the next one does not look', confirmed: true, reconcileFirst: false },
    { title: 'may have written something, the next one looks', confirmed: false, reconcileFirst: true },
  ])('that failed and $title', async ({ confirmed, reconcileFirst }) => {
    const nextTryAt = table.now() + 10_000;
    const failure = { outcome: 'retrying', object, reason: 'busy', nextTryAt, confirmed } as const;
    await table.ledger.settle(await claimed(table, id, anAttempt('a')), failure);
    expect(await table.ledger.read(keyOf(id))).toMatchObject({
      outcome: 'retrying',
      reason: 'busy',
      nextTryAt,
      object,
    });
    expect((await claim('a')).decision).toMatchObject({ action: 'write', object, reconcileFirst });
  });

  it.each([
    { title: 'left something unconfirmed, the next one looks', confirmed: false, reconcileFirst: true },
    { title: 'found all of it, the next one does not look', confirmed: true, reconcileFirst: false },
  ])('that had nothing to do and $title', async ({ confirmed, reconcileFirst }) => {
    await claim('a');
    table.pass(LEASE);
    await table.ledger.settle(await claimed(table, id, anAttempt('a')), { outcome: 'released', confirmed });
    expect((await claim('b')).decision).toMatchObject({ action: 'write', reconcileFirst });
  });

  it.each<{ title: string; end: Settlement | 'crash'; reconcileFirst: boolean }>([
    {
      title: 'is being retried',
      end: { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, confirmed: true },
      reconcileFirst: false,
    },
    {
      title: 'may have been written',
      end: { outcome: 'retrying', object, reason: 'busy', nextTryAt: 0, confirmed: false },
      reconcileFirst: true,
    },
    {
      title: 'is parked',
      end: { outcome: 'parked', object, reason: 'refused', confirmed: true },
      reconcileFirst: false,
    },
    { title: 'crashed', end: 'crash', reconcileFirst: true },
  ])('whose change $title, a newer version that takes it back is written', async ({ end, reconcileFirst }) => {
    await delivered(table, id, anAttempt('a', 1));
    const change = await claimed(table, id, anAttempt('b', 2));
    if (end === 'crash') table.pass(LEASE);
    else await table.ledger.settle(change, end);
    const { decision, claim: newest } = await claim('a', 3);
    expect(decision).toMatchObject({ action: 'write', object, reconcileFirst });
    if (newest) await table.ledger.settle(newest, deliveredAs(anAttempt('a', 3)));
    expect((await claim('b', 2)).decision).toMatchObject({ action: 'stale', object });
  });

  it('that crashed at a version delivered before, an equal one that is not newer leaves it unconfirmed', async () => {
    await delivered(table, id, anAttempt('a', 1));
    await table.ledger.settle(await claimed(table, id, anAttempt('b', 2)), {
      outcome: 'parked',
      object,
      reason: 'refused',
      confirmed: true,
    });
    await claim('a', 3);
    table.pass(LEASE);
    expect((await claim('a', 1)).decision).toEqual({ action: 'unchanged', newer: false });
    expect(await table.ledger.read(keyOf(id))).toMatchObject({ unconfirmedAttempts: ['a'] });
  });
});
