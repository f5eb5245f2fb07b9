import { expect, it } from '@jest/globals';
import { batchSizeFor, mappersAtOnce, shareOf } from '../../../infra/limits.ts';
import { timeoutSeconds } from '../../../shared/aws.ts';
import { deliverBatch } from '../../../shared/delivery/batch.ts';
import { createCircuitBreaker } from '../../../shared/lime/pipeline/circuit-breaker.ts';
import { createRateLimiter } from '../../../shared/lime/pipeline/rate-limiter.ts';
import { createTenants } from '../../../shared/lime/tenants.ts';
import { aMapper, recordOf } from '../../support/a-mapper.ts';

/** A container that knows no tenant yet; its clock goes on by what the pace waits for. */
function aColdContainer(perSecond: number) {
  const started = 1_700_000_000_000;
  let clock = started;
  const now = () => clock;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const name = /limetype\/(\w+)\//.exec(String(input))?.[1];
    const properties = ['title', 'note', 'helpdesk', 'date'].map((property) => ({ name: property, type: 'text' }));
    if (name !== undefined) return Response.json({ name, _embedded: { properties } });
    return init?.method === 'GET' ? Response.json({ objects: [] }) : Response.json({ _id: 1 });
  };
  const secret = { url: 'https://lime.example.com/lime', apiKey: 'key' };
  const around = aMapper();
  const circuitBreaker = createCircuitBreaker({ delaySeconds: () => 1, now, random: () => 0 });
  const sleep = async (milliseconds: number) => {
    const until = clock + milliseconds;
    await new Promise((wake) => setImmediate(wake));
    clock = Math.max(clock, until);
  };
  const openTenant = createTenants({
    secrets: { read: async () => secret, refetch: async () => secret },
    rateLimiter: createRateLimiter({ perSecond, now, sleep }),
    circuitBreaker,
    fetch,
    now,
  });
  const deps = { ...around.deps, openTenant, circuitBreaker, now, concurrency: 4 };
  // Some of the invocation's time has gone by.
  return { deps, remaining: () => 600 * timeoutSeconds.mapper - (clock - started) };
}

it.each([1, 2, 4, 9])(
  'a cold container whose batch is of as many organizations as it has records ends in time, at %d requests a second',
  async (budget) => {
    const perSecond = shareOf(budget, mappersAtOnce.bulk);
    const { deps, remaining } = aColdContainer(perSecond);
    const size = batchSizeFor(perSecond, timeoutSeconds.mapper);
    const records = Array.from({ length: size }, (_, index) => recordOf(index + 1, 1, String(index + 1)));
    await deliverBatch(records, deps, remaining);
    expect(remaining()).toBeGreaterThan(0);
  },
);
