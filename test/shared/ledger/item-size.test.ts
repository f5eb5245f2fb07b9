import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MOST_UNCONFIRMED } from '../../../shared/ledger/item-changes.ts';
import { MOST_RECORDS, RECORD_BYTES } from '../../../shared/ledger/written-digests.ts';
import { anAttempt, aTable, claimed, deliveredAs, keyOf, LEASE, object, type Table } from '../../support/a-table.ts';

let table: Table;
beforeEach(async () => {
  table = await aTable();
});
afterEach(async () => table[Symbol.asyncDispose]());

/** A hash as long as those of the ledger. */
const hashOf = (n: number): string => `${n}`.padStart(43, 'h');

const unclear = { outcome: 'retrying', object, nextTryAt: 0, confirmed: false } as const;

/** Claims for so many versions, none of which is settled. */
async function dieAt(versions: number): Promise<void> {
  for (let version = 1; version <= versions; version += 1) {
    await claimed(table, '1', anAttempt(hashOf(version), version));
    table.pass(LEASE);
  }
}

describe("the ledger's item", () => {
  it('holds the most that can be written, the longest reason and all unconfirmed attempts', async () => {
    const first = await claimed(table, '1', anAttempt(hashOf(0)));
    const writtenDigests = new Uint8Array(MOST_RECORDS * RECORD_BYTES).fill(255);
    const large = { ...object, url: `https://lime.example.com/${'u'.repeat(4_000)}`, values: hashOf(0) };
    const delivered = { fingerprint: hashOf(0), recency: { messages: 20_000 }, writtenDigests };
    await table.ledger.settle(first, { outcome: 'delivered', object: large, delivered });

    for (let version = 1; version <= MOST_UNCONFIRMED + 20; version += 1) {
      const claim = await claimed(table, '1', anAttempt(hashOf(version), version));
      await table.ledger.settle(claim, { ...unclear, object: large, reason: 'r'.repeat(100_000) });
    }

    const entry = await table.ledger.read(keyOf('1'));
    expect(entry?.unconfirmedAttempts).toHaveLength(MOST_UNCONFIRMED);
    expect(entry?.reason).toHaveLength(1_000);
    expect(entry?.delivered?.writtenDigests).toHaveLength(MOST_RECORDS * RECORD_BYTES);
  });

  it('holds no more unconfirmed attempts, however many end without a settlement', async () => {
    await dieAt(MOST_UNCONFIRMED + 20);

    expect((await table.ledger.read(keyOf('1')))?.unconfirmedAttempts).toHaveLength(MOST_UNCONFIRMED);
  });

  it('holds the last of the ids that a relation may have, however many attempts write one', async () => {
    const claim = await claimed(table, '1', anAttempt('a'));
    const ids = Array.from({ length: 120 }, (_, index) => index + 1);
    const links = { person: ids, company: [null] };
    const kept = { ...object, links: { person: ids.slice(-100), company: [null] } };
    await table.ledger.record(claim, { ...object, links });
    expect((await table.ledger.read(keyOf('1')))?.object).toEqual(kept);

    await table.ledger.settle(claim, { ...unclear, object: { ...object, links }, reason: 'r' });
    expect((await table.ledger.read(keyOf('1')))?.object).toEqual(kept);
  });

  it('is claimed for one more version than it has room for, which looks and is delivered like any other', async () => {
    await dieAt(MOST_UNCONFIRMED);
    const attempt = anAttempt(hashOf(101), 101);
    const { decision, claim } = await table.ledger.claim({ ...keyOf('1'), callId: 'call' }, attempt);
    expect(decision).toMatchObject({ action: 'write', reconcileFirst: true });
    if (claim) await table.ledger.settle(claim, deliveredAs(attempt));
    expect(await table.ledger.read(keyOf('1'))).toMatchObject({ outcome: 'delivered', callId: 'call' });

    expect(await table.ledger.claim(keyOf('1'), attempt)).toEqual({ decision: { action: 'unchanged', newer: false } });
    expect((await table.ledger.claim(keyOf('1'), anAttempt(hashOf(102), 102))).decision).toMatchObject({
      reconcileFirst: true,
    });
  });

  it('has room again once one of its attempts is delivered', async () => {
    await dieAt(MOST_UNCONFIRMED);
    const last = anAttempt(hashOf(MOST_UNCONFIRMED), MOST_UNCONFIRMED);
    await table.ledger.settle(await claimed(table, '1', last), deliveredAs(last));
    await claimed(table, '1', anAttempt(hashOf(101), 101));

    const entry = await table.ledger.read(keyOf('1'));
    expect(entry?.unconfirmedAttempts).toHaveLength(MOST_UNCONFIRMED);
    expect(entry?.unconfirmedAttempts).toContain(hashOf(101));
  });

  it.each([
    { title: 'tried again', settlement: { ...unclear, reason: 'r' } },
    { title: 'released', settlement: { outcome: 'released', confirmed: false } },
  ] as const)('without room makes the next attempt look after one that is $title', async ({ settlement }) => {
    await dieAt(MOST_UNCONFIRMED);
    await table.ledger.settle(await claimed(table, '1', anAttempt(hashOf(101), 101)), settlement);

    const { decision } = await table.ledger.claim(keyOf('1'), anAttempt(hashOf(102), 102));
    expect(decision).toMatchObject({ action: 'write', reconcileFirst: true });
    expect((await table.ledger.read(keyOf('1')))?.unconfirmedAttempts).toHaveLength(MOST_UNCONFIRMED);
  });
});
