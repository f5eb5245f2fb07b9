import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_UNCONFIRMED } from '../../../shared/ledger/item-changes.ts';
import { decide } from '../../../shared/ledger/states.ts';
import {
  anAttempt,
  aTable,
  claimed,
  deliveredAs,
  keyOf,
  LEASE,
  object,
  type Sent,
  type Table,
} from '../../support/a-table.ts';

let table: Table;
beforeAll(async () => {
  table = await aTable();
});
afterAll(() => table[Symbol.asyncDispose]());

let id: string;
beforeEach(() => {
  id = crypto.randomUUID();
});

const threeYears = 3 * 365 * 24 * 3_600;

describe('an item of the ledger', () => {
  it('is kept for three years after it was claimed or delivered last', async () => {
    const expiry = async () => Number((await table.item(id))?.expiresAt) - Math.floor(table.now() / 1_000);
    const claim = await claimed(table, id, anAttempt('a'));
    expect(await expiry()).toBe(threeYears);
    table.pass(LEASE / 2);
    expect(await expiry()).toBe(threeYears - LEASE / 2_000);
    await table.ledger.settle(claim, deliveredAs(anAttempt('a')));
    expect(await expiry()).toBe(threeYears);
  });

  it('is read consistently, without earlier states', async () => {
    table.sent.splice(0);
    await table.ledger.read(keyOf(id));

    expect(table.sent).toMatchObject([{ action: 'GetItemCommand', input: { ConsistentRead: true } }]);
  });

  it('says nothing any more of a trouble that is over', async () => {
    const busy = { outcome: 'retrying', object, reason: 'busy', nextTryAt: 1, confirmed: true } as const;
    await table.ledger.settle(await claimed(table, id, anAttempt('a')), busy);
    await table.ledger.settle(await claimed(table, id, anAttempt('b', 2)), deliveredAs(anAttempt('b', 2)));

    expect(Object.keys((await table.item(id)) ?? {}).sort()).toEqual([
      'delivered',
      'expiresAt',
      'object',
      'outcome',
      'pk',
    ]);
  });
});

/** The requests of what is done, each as `write` or `read`. */
async function requestsOf(action: () => Promise<unknown>): Promise<string[]> {
  table.sent.splice(0);
  await action();
  return table.sent.map(({ action }) => (action === 'GetItemCommand' ? 'read' : 'write'));
}

const trouble = { outcome: 'parked', object, reason: 'refused', confirmed: true } as const;

describe('a claim', () => {
  it.each([
    { title: 'of a new conversation is one write', attempts: [], next: anAttempt('a'), requests: ['write'] },
    { title: 'of a change is one write', attempts: [deliveredAs], next: anAttempt('b', 2), requests: ['write'] },
    {
      title: 'of an older version is one write',
      attempts: [deliveredAs],
      next: anAttempt('b', 0),
      requests: ['write'],
    },
    {
      title: 'of the same version, in trouble since it was delivered, is one write',
      attempts: [deliveredAs, () => trouble],
      next: anAttempt('b', 1),
      requests: ['write'],
    },
    {
      title: 'of what is delivered as it is writes nothing: its write is refused',
      attempts: [deliveredAs],
      next: anAttempt('a'),
      requests: ['write', 'read'],
    },
    {
      title: 'of what is delivered as it is, and newer, writes the time',
      attempts: [deliveredAs],
      next: anAttempt('a', 2),
      requests: ['write', 'read', 'write'],
    },
  ])('$title', async ({ attempts, next, requests }) => {
    for (const [version, settlementOf] of attempts.entries()) {
      const attempt = anAttempt(version === 0 ? 'a' : 'b', 1);
      await table.ledger.settle(await claimed(table, id, attempt), settlementOf(attempt));
    }

    expect(await requestsOf(() => table.ledger.claim(keyOf(id), next))).toEqual(requests);
  });

  it('whose answer gets lost is had all the same, and looks before it writes', async () => {
    await table.loseNextAnswer();
    const { decision, claim } = await table.ledger.claim(keyOf(id), anAttempt('a'));
    expect(decision).toMatchObject({ action: 'write', reconcileFirst: true });
    if (claim) await table.ledger.settle(claim, deliveredAs(anAttempt('a')));
    expect(await table.ledger.read(keyOf(id))).toMatchObject({ outcome: 'delivered', unconfirmedAttempts: [] });
  });

  it('is decided by the item alone, whatever that holds', async () => {
    const fingerprint = fc.constantFrom('a', 'b');
    const recency = fc.record({ updatedAt: fc.integer({ min: 1, max: 3 }), messages: fc.constant(2) });
    const others = Array.from({ length: MOST_UNCONFIRMED }, (_, n) => `other ${n}`);
    const optional = { requiredKeys: [] };
    const anyItem = fc.record(
      {
        outcome: fc.constantFrom('delivered', 'retrying', 'parked'),
        object: fc.constant(object),
        delivered: fc.record({ fingerprint, recency, written: fc.constant('') }),
        unresolved: fc
          .tuple(fc.uniqueArray(fingerprint, { minLength: 1 }), fc.constantFrom([], others))
          .map((marks) => new Set(marks.flat())),
        tried: recency,
        leaseUntil: fc.integer({ min: -1, max: 1 }).map((distance) => table.now() + distance),
      },
      optional,
    );
    await fc.assert(
      fc.asyncProperty(anyItem, fc.record({ fingerprint, recency }), async (item, attempt) => {
        const key = crypto.randomUUID();
        await table.put(key, item);
        const before = await table.ledger.read(keyOf(key));
        const { decision, claim } = await table.ledger.claim(keyOf(key), attempt);
        const after = await table.ledger.read(keyOf(key));

        expect(decision).toEqual(decide(before, attempt, table.now()));
        const isClaimed = decision.action === 'write' || decision.action === 'stale';
        expect(after?.lease?.owner).toBe(isClaimed ? claim?.owner : undefined);
        expect(claim !== undefined).toBe(isClaimed);
        if (!isClaimed) expect(after?.unconfirmedAttempts).toEqual(before?.unconfirmedAttempts);
      }),
    );
  });

  it.each([
    { title: 'a throttled table', code: 'ProvisionedThroughputExceededException' },
    { title: 'no access', code: 'AccessDeniedException' },
  ])('is no decision where DynamoDB answers with $title', async ({ code }) => {
    table.meanwhile(
      ({ action }) => action === 'UpdateItemCommand',
      async () => {
        throw Object.assign(new Error('as asked'), { name: code });
      },
    );

    await expect(table.ledger.claim(keyOf(id), anAttempt('a'))).rejects.toMatchObject({ name: code });
  });

  it('that is settled while DynamoDB is out of reach is not lost', async () => {
    const claim = await claimed(table, id, anAttempt('a'));
    table.meanwhile(
      ({ action }) => action === 'UpdateItemCommand',
      async () => {
        throw Object.assign(new Error('as asked'), { name: 'InternalServerError' });
      },
    );

    await expect(table.ledger.settle(claim, deliveredAs(anAttempt('a')))).rejects.toMatchObject({
      name: 'InternalServerError',
    });
    await table.ledger.settle(claim, deliveredAs(anAttempt('a')));
  });
});

describe('a version that is as what was delivered, and newer', () => {
  const isRenewal = ({ action, input }: Sent): boolean =>
    action === 'UpdateItemCommand' && String(input.UpdateExpression).startsWith('SET #delivered.#recency');
  beforeEach(async () => {
    await table.ledger.settle(await claimed(table, id, anAttempt('a')), deliveredAs(anAttempt('a')));
  });

  it.each([
    { title: 'is being written', settles: false },
    { title: 'has been written', settles: true },
  ])('comes again where a change between them $title meanwhile', async ({ settles }) => {
    table.meanwhile(isRenewal, async () => {
      const change = await claimed(table, id, anAttempt('b', 2));
      if (settles) await table.ledger.settle(change, deliveredAs(anAttempt('b', 2)));
    });
    const { decision, claim } = await table.ledger.claim(keyOf(id), anAttempt('a', 3));

    expect([decision.action, claim]).toEqual(['wait', undefined]);
    expect((await table.ledger.read(keyOf(id)))?.delivered?.recency.updatedAt).toBe(settles ? 2 : 1);
  });
});
