import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Claim, ClaimLostError } from '../../../shared/ledger/ledger.ts';
import { withReadBack } from '../../../shared/ledger/read-back.ts';
import type { Settlement } from '../../../shared/ledger/states.ts';
import { anAttempt, aTable, claimed, deliveredAs, LEASE, object, type Table } from '../../support/a-table.ts';

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

const failure = { object, reason: 'r'.repeat(5_000), confirmed: true };
const settlements: { title: string; settlement: Settlement }[] = [
  { title: 'delivered', settlement: deliveredAs(anAttempt('a')) },
  { title: 'retrying', settlement: { outcome: 'retrying', ...failure, nextTryAt: 5 } },
  { title: 'parked', settlement: { outcome: 'parked', ...failure } },
  { title: 'retrying and held', settlement: { outcome: 'retrying', ...failure, nextTryAt: 5, heldUntil: 7 } },
  { title: 'parked and held', settlement: { outcome: 'parked', ...failure, heldUntil: 7 } },
];

describe('a settlement that is read back', () => {
  it.each([...settlements, { title: 'released', settlement: { outcome: 'released' } as const }])(
    'as $title is made although its answer got lost',
    async ({ settlement }) => {
      await table.loseNextAnswer();

      await withReadBack(table.ledger).settle(claim, settlement);
    },
  );

  it.each(settlements)('as $title fails where another mapper has the conversation', async ({ settlement }) => {
    table.pass(LEASE);
    await claimed(table, id, anAttempt('b', 2));

    await expect(withReadBack(table.ledger).settle(claim, settlement)).rejects.toThrow(ClaimLostError);
  });

  it.each([
    { title: 'another time', settlement: { outcome: 'retrying', ...failure, nextTryAt: 6 } },
    { title: 'another reason', settlement: { outcome: 'retrying', ...failure, reason: 'busy', nextTryAt: 5 } },
    { title: 'another outcome', settlement: { outcome: 'parked', ...failure } },
    { title: 'no hold', settlement: { outcome: 'retrying', ...failure, nextTryAt: 5, heldUntil: 7 } },
  ] as const)('fails where the entry has been settled with $title', async ({ settlement }) => {
    await table.ledger.settle(claim, { outcome: 'retrying', ...failure, nextTryAt: 5 });

    await expect(withReadBack(table.ledger).settle(claim, settlement)).rejects.toThrow(ClaimLostError);
  });

  it('fails as it does where DynamoDB is out of reach', async () => {
    table.meanwhile(
      ({ action }) => action === 'UpdateItemCommand',
      async () => {
        throw Object.assign(new Error('as asked'), { name: 'InternalServerError' });
      },
    );

    await expect(withReadBack(table.ledger).settle(claim, { outcome: 'released' })).rejects.toMatchObject({
      name: 'InternalServerError',
    });
  });
});
