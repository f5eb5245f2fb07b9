import { beforeEach, describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { ClaimLostError } from '../../../shared/ledger/ledger.ts';
import { aMapper, maxReceives, plenty, recordOf } from '../../support/a-mapper.ts';

let around: ReturnType<typeof aMapper>;
beforeEach(() => {
  around = aMapper();
});

const key = { organization: '108905', conversation: '1' };
const recency = { messages: 9 };
function reasons() {
  return around.parked.map(({ attributes }) => attributes.reason);
}

describe('a record at its last receive', () => {
  it('that finds another mapper at work is parked with that reason, which the other does not notice', async () => {
    await around.deps.ledger.claim(key, { fingerprint: 'other', recency });
    expect(await deliverBatch([recordOf(1, maxReceives)], around.deps, plenty)).toEqual([]);
    expect(reasons()).toEqual(['given up after the last try: another mapper has it']);
    expect(await around.deps.ledger.read(key)).toMatchObject({ lease: { owner: expect.any(String) } });
  });

  it.each([
    {
      title: 'the ledger fails',
      change: { claim: async () => Promise.reject(new RangeError()) },
      reason: 'RangeError',
    },
    {
      title: 'its starts cannot be told',
      change: { startsOf: async () => Promise.reject(new TypeError()) },
      reason: 'TypeError',
    },
  ])('is parked with a reason where $title', async ({ change, reason }) => {
    const deps = { ...around.deps, ledger: { ...around.deps.ledger, ...change } };
    expect(await deliverBatch([recordOf(1, maxReceives)], deps, plenty)).toEqual([]);
    expect(reasons()).toEqual([`given up after the last try: ${reason}`]);
  });
});

describe('a settlement that is carried out while its answer gets lost', () => {
  /** DynamoDB has carried it out, and refuses the SDK's own repetition. */
  const forgetful = () => {
    const { ledger } = around.deps;
    const settle: typeof ledger.settle = async (claim, settlement) => {
      await ledger.settle(claim, settlement);
      throw new ClaimLostError('another mapper has the conversation');
    };
    return { ...around.deps, ledger: { ...ledger, settle } };
  };

  it.each([1, maxReceives])(
    'is read back, so that what Lime has counts as delivered, at receive %d',
    async (receives) => {
      expect(await deliverBatch([recordOf(1, receives)], forgetful(), plenty)).toEqual([]);
      expect(around.parked).toEqual([]);
      expect(around.logged.map(({ message }) => message)).toEqual(['delivered']);
    },
  );

  it('is read back where the conversation is to be retried, too', async () => {
    around = aMapper(['refused for now']);
    expect(await deliverBatch([recordOf(1)], forgetful(), plenty)).toHaveLength(1);
    expect(around.logged.map(({ message }) => message)).toEqual(['retrying']);
  });
});

it('a claim that has gone to another mapper is no settlement', async () => {
  const { ledger } = around.deps;
  const settle: typeof ledger.settle = async () =>
    Promise.reject(new ClaimLostError('another mapper has the conversation'));
  const deps = { ...around.deps, ledger: { ...ledger, settle } };
  expect(await deliverBatch([recordOf(1)], deps, plenty)).toHaveLength(1);
  expect(around.logged).toMatchObject([{ message: 'record failed', error: 'ClaimLostError' }]);
});
