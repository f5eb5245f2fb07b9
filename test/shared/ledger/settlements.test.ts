import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ClaimLostError } from '../../../shared/ledger/ledger.ts';
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

type Failure = Omit<Extract<Settlement, { outcome: 'parked' }>, 'outcome'>;

/** An attempt that failed is tried again or not; both are kept alike. */
function failed(outcome: 'retrying' | 'parked', failure: Failure, nextTryAt = 0): Settlement {
  return outcome === 'parked' ? { outcome, ...failure } : { outcome, ...failure, nextTryAt };
}

describe.each(ledgers)('a settlement in the ledger $title', ({ open }) => {
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
  const settle = async (settlement: Settlement, ...attempt: Parameters<typeof anAttempt>) =>
    table.ledger.settle(await claimed(table, id, anAttempt(...attempt)), settlement);
  const read = () => table.ledger.read(keyOf(id));

  it.each(['retrying', 'parked'] as const)(
    'as %s makes the same version be written again although it was delivered before, until it is delivered again',
    async (outcome) => {
      await delivered(table, id, anAttempt('a'));
      await settle(failed(outcome, { object, reason: 'other settings', confirmed: true }), 'b');
      const { decision, claim: again } = await claim('a');
      expect(decision).toMatchObject({
        action: 'write',
        object,
        delivered: { writtenDigests: 'abcdefgh' },
        reconcileFirst: false,
      });
      if (again) await table.ledger.settle(again, deliveredAs(anAttempt('a')));
      expect(await read()).toEqual({
        outcome: 'delivered',
        object,
        delivered: { ...anAttempt('a'), writtenDigests: 'abcdefgh' },
        unconfirmedAttempts: [],
      });
    },
  );

  it('without an object forgets the object and its notes', async () => {
    await delivered(table, id, anAttempt('a'));
    await settle({ outcome: 'parked', object: undefined, reason: 'gone', confirmed: true }, 'b');
    expect(await read()).toEqual({
      outcome: 'parked',
      reason: 'gone',
      tried: anAttempt('b').recency,
      unconfirmedAttempts: [],
    });
  });

  it.each(['retrying', 'parked'] as const)(
    'as %s with another object than before forgets what was delivered to the one that vanished',
    async (outcome) => {
      await delivered(table, id, anAttempt('a'));
      const another = { ...object, id: 1002 };
      await settle(failed(outcome, { object: another, reason: 'busy', confirmed: true, isReplacement: true }), 'b', 2);
      expect((await claim('a')).decision).toEqual({
        action: 'write',
        object: another,
        delivered: undefined,
        reconcileFirst: false,
      });
    },
  );

  it.each(['retrying', 'parked'] as const)(
    'as %s holds the conversation while Lime may still be at work on the last request',
    async (outcome) => {
      const heldUntil = table.now() + 20_000;
      const first = await claimed(table, id, anAttempt('a'));
      const failure = { object, reason: 'no answer', confirmed: false, heldUntil };
      await table.ledger.settle(first, failed(outcome, failure, heldUntil));
      expect(await read()).toMatchObject({ outcome, object, lease: { until: heldUntil } });
      await expect(table.ledger.extend(first, 200_000)).rejects.toThrow(ClaimLostError);
      expect(await claim('b', 2)).toEqual({ decision: { action: 'wait', until: heldUntil } });
      table.pass(20_000);
      const next = await claim('b', 2);
      expect(next.decision).toMatchObject({ action: 'write', object, reconcileFirst: true });
      if (next.claim) await table.ledger.settle(next.claim, deliveredAs(anAttempt('b', 2)));
      expect((await read())?.lease).toBeUndefined();
    },
  );

  it('as released keeps what was settled before', async () => {
    await delivered(table, id, anAttempt('a', 5));
    const before = await read();
    await settle({ outcome: 'released' }, 'b', 4);
    expect(await read()).toEqual(before);
  });

  it('as released adds what an older version has written, and keeps what it knows of the newest', async () => {
    await delivered(table, id, anAttempt('a', 5));
    const before = await read();
    const { decision, claim: older } = await claim('b', 4);
    if (older === undefined || decision.action !== 'stale') throw new Error('not stale');
    const more = { ...decision.delivered, writtenDigests: 'abcdefghijklmnop' };
    await table.ledger.settle(older, { outcome: 'released', delivered: more });
    expect(await read()).toEqual({ ...before, delivered: more });
  });

  it('as released holds the conversation while Lime may be at work on what an older version has sent', async () => {
    await delivered(table, id, anAttempt('a', 5));
    const heldUntil = table.now() + 20_000;
    await settle({ outcome: 'released', confirmed: false, heldUntil }, 'b', 4);
    expect(await read()).toMatchObject({
      outcome: 'delivered',
      lease: { until: heldUntil },
      unconfirmedAttempts: ['b'],
    });
    expect(await claim('b', 4)).toEqual({ decision: { action: 'wait', until: heldUntil } });
    table.pass(20_000);
    expect((await claim('b', 4)).decision).toMatchObject({ action: 'stale', reconcileFirst: true });
  });

  it('is made by the owner of the claim only, as is what the limeobject may hold from now on', async () => {
    await delivered(table, id, anAttempt('a'));
    const owner = await claimed(table, id, anAttempt('b', 2));
    const links = { person: [1001, null], company: [null], coworker: [1002] };
    await table.ledger.record(owner, { ...object, values: '', links });
    expect(await read()).toMatchObject({
      outcome: 'delivered',
      object: { values: '', links },
      lease: { owner: owner.owner },
    });
    const stranger = { ...owner, owner: 'another' };
    await expect(table.ledger.record(stranger, object)).rejects.toThrow(ClaimLostError);
    await expect(table.ledger.settle(stranger, { outcome: 'released' })).rejects.toThrow(ClaimLostError);
    table.pass(LEASE);
    expect((await claim('c', 3)).decision).toMatchObject({ object: { links }, reconcileFirst: true });
  });
});
