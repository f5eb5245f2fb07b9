import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Claim } from '../../../shared/ledger/ledger.ts';
import { anAttempt, aTable, claimed, deliveredAs, keyOf, LEASE, type Table } from '../../support/a-table.ts';

let table: Table;
beforeAll(async () => {
  table = await aTable();
});
afterAll(() => table[Symbol.asyncDispose]());

let id: string;
let claim: Claim;
beforeEach(async () => {
  id = crypto.randomUUID();
  claim = await claimed(table, id, anAttempt('a'));
});

/** Milliseconds for which others have to wait, as the table has it. */
const leftOf = async (conversation: string): Promise<number> =>
  Number((await table.item(conversation))?.leaseUntil) - table.now();
const writes = (): number => table.sent.filter(({ action }) => action === 'UpdateItemCommand').length;

describe('a lease', () => {
  it('keeps everybody else away until it ends, whatever they want to write', async () => {
    table.pass(LEASE - 1);
    for (const attempt of [anAttempt('a'), anAttempt('b', 2), anAttempt('c', 0)]) {
      expect(await table.ledger.claim(keyOf(id), attempt)).toEqual({
        decision: { action: 'wait', until: table.now() + 1 },
      });
    }
    table.pass(1);
    expect((await table.ledger.claim(keyOf(id), anAttempt('b', 2))).claim).toBeDefined();
  });

  it('keeps them away also from what was delivered before', async () => {
    await table.ledger.settle(claim, deliveredAs(anAttempt('a')));
    await claimed(table, id, anAttempt('b', 2));

    expect((await table.ledger.claim(keyOf(id), anAttempt('a', 3))).decision.action).toBe('wait');
  });

  it('ends with the attempt', async () => {
    await table.ledger.settle(claim, deliveredAs(anAttempt('a')));

    expect(await table.item(id)).not.toHaveProperty('leaseUntil');
    expect((await table.ledger.claim(keyOf(id), anAttempt('b', 2))).claim).toBeDefined();
  });
});

describe('a lease that is extended', () => {
  it.each([
    { title: 'as long as it was at first, where less is asked', asked: 11_000, left: LEASE },
    { title: 'as long as is asked, where that is more', asked: 2 * LEASE, left: 2 * LEASE },
  ])('lasts $title', async ({ asked, left }) => {
    table.pass(LEASE - 10_000);
    await table.ledger.extend(claim, asked);

    expect(await leftOf(id)).toBe(left);
    expect(claim.until - table.now()).toBe(left);
  });

  it.each([
    { title: 'just long enough', asked: 10_000, written: 0 },
    { title: 'a millisecond too short', asked: 10_001, written: 1 },
  ])('is written $written times where it is $title', async ({ asked, written }) => {
    table.pass(LEASE - 10_000);
    const before = writes();
    await table.ledger.extend(claim, asked);
    await table.ledger.extend(claim, asked);

    expect(writes() - before).toBe(written);
  });

  it.each([
    { title: 'has gone to another mapper', next: () => claimed(table, id, anAttempt('b')) },
    { title: 'has been settled', next: () => table.ledger.settle(claim, deliveredAs(anAttempt('a'))) },
  ])('is lost where the conversation $title', async ({ next }) => {
    table.pass(LEASE);
    await next();

    await expect(table.ledger.extend(claim, 11_000)).rejects.toMatchObject({ name: 'ClaimLostError' });
    await expect(table.ledger.settle(claim, deliveredAs(anAttempt('a')))).rejects.toMatchObject({
      name: 'ClaimLostError',
    });
  });
});
