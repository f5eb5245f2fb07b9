import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MOST_UNRESOLVED } from '../../../shared/ledger/item-changes.ts';
import { mostRecords, recordBytes } from '../../../shared/ledger/written.ts';
import { anAttempt, aTable, claimed, keyOf, object, type Table } from '../../support/a-table.ts';

let table: Table;
beforeEach(async () => {
  table = await aTable();
});
afterEach(async () => table[Symbol.asyncDispose]());

/** A hash as long as those of the ledger. */
const hashOf = (n: number): string => `${n}`.padStart(43, 'h');

const unclear = { outcome: 'retrying', object, nextTryAt: 0, resolved: false } as const;

describe("the ledger's item", () => {
  it('holds the most that can be written, the longest reason and all unresolved attempts', async () => {
    const first = await claimed(table, '1', anAttempt(hashOf(0)));
    const written = new Uint8Array(mostRecords * recordBytes).fill(255);
    const large = { ...object, url: `https://lime.example.com/${'u'.repeat(4_000)}`, values: hashOf(0) };
    const delivered = { fingerprint: hashOf(0), recency: { messages: 20_000 }, written };
    await table.ledger.settle(first, { outcome: 'delivered', object: large, delivered });

    for (let version = 1; version <= MOST_UNRESOLVED + 20; version += 1) {
      const claim = await claimed(table, '1', anAttempt(hashOf(version), version));
      await table.ledger.settle(claim, { ...unclear, object: large, reason: 'r'.repeat(100_000) });
    }

    const entry = await table.ledger.read(keyOf('1'));
    expect(entry?.unresolved).toHaveLength(MOST_UNRESOLVED);
    expect(entry?.reason).toHaveLength(1_000);
    expect(entry?.delivered?.written).toHaveLength(mostRecords * recordBytes);
  });

  it('is looked for by each later attempt, although that one is not among the unresolved', async () => {
    for (let version = 1; version <= MOST_UNRESOLVED; version += 1) {
      await table.ledger.settle(await claimed(table, '1', anAttempt(hashOf(version), version)), {
        ...unclear,
        reason: 'r',
      });
    }
    for (const [version, outcome] of [
      [101, 'retrying'],
      [102, 'released'],
    ] as const) {
      const claim = await claimed(table, '1', anAttempt(hashOf(version), version));
      const settlement = outcome === 'released' ? { outcome, resolved: false } : { ...unclear, reason: 'r' };
      await table.ledger.settle(claim, settlement);
    }
    const { decision } = await table.ledger.claim(keyOf('1'), anAttempt(hashOf(103), 103));
    expect(decision).toMatchObject({ action: 'write', look: true });
    expect((await table.ledger.read(keyOf('1')))?.unresolved).toHaveLength(MOST_UNRESOLVED + 1);
  });
});
