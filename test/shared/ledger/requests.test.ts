import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anAttempt, aTable, claimed, deliveredAs, keyOf, lease, object, type Sent, type Table } from './a-table.ts';

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
    table.pass(lease / 2);
    expect(await expiry()).toBe(threeYears - lease / 2_000);
    await table.ledger.settle(claim, deliveredAs(anAttempt('a')));
    expect(await expiry()).toBe(threeYears);
  });

  it('is read as it is now, not as it was a moment ago', async () => {
    table.sent.splice(0);
    await table.ledger.read(keyOf(id));

    expect(table.sent).toMatchObject([{ action: 'GetItemCommand', input: { ConsistentRead: true } }]);
  });

  it('says nothing any more of a trouble that is over', async () => {
    const trouble = { outcome: 'retrying', object, reason: 'busy', nextTryAt: 1, resolved: true } as const;
    await table.ledger.settle(await claimed(table, id, anAttempt('a')), trouble);
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

describe('a claim', () => {
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
    action === 'UpdateItemCommand' && String(input.UpdateExpression).startsWith('SET delivered.recency');
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
