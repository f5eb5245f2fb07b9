import { describe, expect, it } from '@jest/globals';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { LimeError, type LimeFailure } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { aMapper, plenty, recordOf } from '../../support/a-mapper.ts';
import { aTenant } from '../../support/a-tenant.ts';

/** Delivers five conversations to a Lime that answers every request with this error; how many requests left. */
async function requestsUnder(
  failure: LimeFailure,
  status: number,
  concurrency = 1,
  mapper = aMapper(),
): Promise<number> {
  const { metadata } = mapper;
  let left = 0;
  const lime: Lime = async () => {
    left += 1;
    throw new LimeError(failure, `was answered ${status}`, { status });
  };
  const records = [1, 2, 3, 4, 5].map((id) => recordOf(id));
  // The others wait for the rate limiter meanwhile.
  const tenant = aTenant(lime, metadata, () => new Promise(setImmediate));
  const deps = { ...mapper.deps, concurrency, openTenant: async () => tenant };
  expect(await deliverBatch(records, deps, plenty)).toEqual(
    expect.arrayContaining(records.map(({ messageId }) => messageId)),
  );
  expect(mapper.returned).toHaveLength(5);
  return left;
}

describe("the rest of an organization's batch", () => {
  it.each<{ failure: LimeFailure; status: number }>([
    { failure: 'overloaded', status: 429 },
    { failure: 'overloaded', status: 403 },
    { failure: 'denied', status: 401 },
    { failure: 'unclear', status: 503 },
    { failure: 'unavailable', status: 503 },
  ])('goes back without a request after a $status that is called $failure', async ({ failure, status }) => {
    expect(await requestsUnder(failure, status)).toBe(1);
  });

  it.each<{ failure: LimeFailure; status: number }>([
    { failure: 'unclear', status: 500 },
    { failure: 'unclear', status: 502 },
    { failure: 'unavailable', status: 404 },
  ])('is tried after a $status, which may be of one conversation only', async ({ failure, status }) => {
    expect(await requestsUnder(failure, status)).toBe(5);
  });

  it('sends none of the requests that wait for their turn', async () => {
    expect(await requestsUnder('overloaded', 429, 5)).toBe(1);
  });

  it('is logged as not carried out where it is unclear what became of the first request', async () => {
    const mapper = aMapper();
    await requestsUnder('unclear', 503, 1, mapper);
    expect(mapper.logged.map(({ failure, status }) => [failure, status])).toEqual([
      ['unclear', 503],
      ...Array.from({ length: 4 }, () => ['unavailable', 503]),
    ]);
  });

  it('waits for no answer to requests that were never sent', async () => {
    const mapper = aMapper();
    expect(await requestsUnder('unclear', 503, 5, mapper)).toBe(1);
    expect(mapper.returned.filter((seconds) => seconds >= 20)).toHaveLength(1);
  });
});
