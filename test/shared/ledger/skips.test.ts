import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  anAttempt,
  type ClockedLedger,
  claimed,
  delivered,
  keyOf,
  LEASE,
  ledgers,
  object,
} from '../../support/a-table.ts';

describe.each(ledgers)('a skip in the ledger $title', ({ open }) => {
  let table: ClockedLedger;
  let id: string;
  beforeAll(async () => {
    table = await open();
  });
  afterAll(() => table[Symbol.asyncDispose]());
  beforeEach(() => {
    id = crypto.randomUUID();
  });
  const skip = (reason: string) => table.ledger.skip({ ...keyOf(id), callId: 'call' }, reason);
  const read = () => table.ledger.read(keyOf(id));

  it('of a new conversation is recorded with its reason, and a later one replaces it', async () => {
    expect(await skip('one reason')).toBe(true);
    expect(await skip('another reason')).toBe(true);
    expect(await read()).toEqual({
      outcome: 'skipped',
      reason: 'another reason',
      callId: 'call',
      unconfirmedAttempts: [],
    });
  });

  it('does not stop a later version, which is written without a look into Lime', async () => {
    await skip('a reason');
    const { decision } = await table.ledger.claim(keyOf(id), anAttempt('a'));
    expect(decision).toEqual({ action: 'write', object: undefined, delivered: undefined, reconcileFirst: false });
  });

  it('leaves no reason after the delivery of a later version', async () => {
    await skip('a reason');
    await delivered(table, id, anAttempt('a'));
    expect(await read()).toMatchObject({ outcome: 'delivered', object });
    expect((await read())?.reason).toBeUndefined();
  });

  it('is refused while a mapper has the conversation, and after it was killed', async () => {
    await claimed(table, id, anAttempt('a'));
    expect(await skip('a reason')).toBe(false);
    table.pass(LEASE + 1);
    expect(await skip('a reason')).toBe(false);
  });

  it.each(['delivered', 'retrying', 'parked'] as const)('is refused for a conversation that is %s', async (outcome) => {
    if (outcome === 'delivered') await delivered(table, id, anAttempt('a'));
    else {
      const claim = await claimed(table, id, anAttempt('a'));
      const failure = { object: undefined, reason: 'its own reason', confirmed: true };
      await table.ledger.settle(
        claim,
        outcome === 'parked' ? { outcome, ...failure } : { outcome, ...failure, nextTryAt: 0 },
      );
    }
    expect(await skip('a reason')).toBe(false);
    expect(await read()).toMatchObject({ outcome });
  });
});
