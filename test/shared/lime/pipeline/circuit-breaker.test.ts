import { beforeEach, describe, expect, it } from '@jest/globals';
import { receivesFor } from '../../../../infra/limits.ts';
import { seededRandom } from '../../../../sandbox/control/random.ts';
import { deliverBatch } from '../../../../shared/delivery/batch.ts';
import { createCircuitBreaker } from '../../../../shared/lime/pipeline/circuit-breaker.ts';
import { backOff, OUTAGE_SECONDS, retryDelay } from '../../../../shared/lime/retry.ts';
import { createTenants } from '../../../../shared/lime/tenants.ts';
import { createTraffic } from '../../../../shared/lime/traffic.ts';
import { aMapper, plenty, recordOf } from '../../../support/a-mapper.ts';
import { aServer, type Reply } from '../../../support/a-server.ts';

let clock = 0;
beforeEach(() => {
  clock = 1_700_000_000_000;
});
function now() {
  return clock;
}
function pass(seconds: number): void {
  clock += 1_000 * seconds;
}

/** A mapper whose Lime is a server, with how often the secret was read. */
async function aMapperOf(...replies: Reply[]) {
  const server = await aServer(...replies);
  const around = aMapper();
  const circuitBreaker = createCircuitBreaker({ delaySeconds: around.deps.delaySeconds, now, random: () => 0.5 });
  let secretsRead = 0;
  const read = async () => {
    secretsRead += 1;
    return { url: server.origin, apiKey: 'key' };
  };
  const traffic = createTraffic({ emit: around.deps.emit, perSecond: 4.5 });
  const openTenant = createTenants({
    secrets: { read, refetch: read },
    rateLimiter: async () => {},
    circuitBreaker,
    fetch,
    now,
    ...traffic,
  });
  const deps = { ...around.deps, now, circuitBreaker, openTenant };
  return {
    ...around,
    secretsRead: () => secretsRead,
    requests: () => server.asked.length,
    deliver: (...records: Parameters<typeof recordOf>[]) =>
      deliverBatch(
        records.map((record) => recordOf(...record)),
        deps,
        plenty,
      ),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const throttled: Reply = { status: 429, json: { message: 'slow down' }, headers: { 'retry-after': '60' } };
const firewalled: Reply = { status: 403, text: '<html>Forbidden</html>' };
const denied: Reply = { status: 401, json: { message: 'no' } };

describe('while Lime has asked for a pause', () => {
  it('no request leaves and no secret is read, whatever batch comes', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1], [2]);
    const [requests, secretsRead] = [mapper.requests(), mapper.secretsRead()];
    for (let batch = 0; batch < 5; batch += 1) {
      pass(10);
      expect(await mapper.deliver([3], [4])).toHaveLength(2);
    }
    expect(requests).toBeGreaterThan(0);
    expect([mapper.requests(), mapper.secretsRead()]).toEqual([requests, secretsRead]);
  });

  it('records come again after what is left of it, spread by a tenth of that', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1]);
    mapper.returned.splice(0);
    pass(40);
    await mapper.deliver([2], [3, 4]);
    expect(mapper.returned).toEqual([21, 21]);
  });

  it('nobody claims a conversation, and the log says why it waits', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1]);
    mapper.logged.splice(0);
    await mapper.deliver([2]);
    expect(await mapper.deps.ledger.read({ organization: '108905', conversation: '2' })).toBeUndefined();
    const reason = 'Lime has asked for a pause';
    expect(mapper.logged).toMatchObject([
      { message: 'lime cannot be asked', records: 1, reason, failure: 'overloaded' },
      { message: 'retrying', conversation: '2', step: 'start', reason, failure: 'overloaded' },
    ]);
  });

  it('another organization is served', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1]);
    const requests = mapper.requests();
    await mapper.deliver([1, 1, '4711']);
    expect(mapper.requests()).toBeGreaterThan(requests);
  });

  it('each batch that is kept back counts as throttled, so that the alarm stays', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1]);
    delete mapper.emitted.LimeThrottled;
    await mapper.deliver([2], [3]);
    expect(mapper.emitted.LimeThrottled).toEqual([1]);
  });
});

describe('the circuit', () => {
  it('closes at the time that Lime named, and Lime is asked again', async () => {
    await using mapper = await aMapperOf(throttled);
    await mapper.deliver([1]);
    const requests = mapper.requests();
    pass(60);
    await mapper.deliver([1]);
    expect(mapper.requests()).toBeGreaterThan(requests);
  });

  it.each([
    { title: 'a firewall stopped the request', reply: firewalled, isOpen: true },
    { title: 'the key was refused', reply: denied, isOpen: false },
    { title: 'Lime failed', reply: { status: 503, json: {}, headers: { 'retry-after': '60' } }, isOpen: false },
  ])('opens only by a sign of overload: $title', async ({ reply, isOpen }) => {
    await using mapper = await aMapperOf(reply);
    await mapper.deliver([1]);
    const requests = mapper.requests();
    await mapper.deliver([2]);
    expect(mapper.requests() === requests).toBe(isOpen);
  });

  it('stays open longer with each consecutive overload without a time, up to a bound, and shortly again after an answer', () => {
    const circuitBreaker = createCircuitBreaker({
      delaySeconds: (consecutive) => 2 ** consecutive,
      now,
      random: () => 0,
    });
    const lasts = (): number => {
      circuitBreaker.open('108905', undefined);
      const seconds = circuitBreaker.delaySeconds('108905', 0, undefined);
      pass(seconds);
      return seconds;
    };
    expect(Array.from({ length: 8 }, lasts)).toEqual([2, 4, 8, 16, 32, 64, 64, 64]);
    circuitBreaker.close('108905');
    expect(lasts()).toBe(2);
  });

  it('counts answers that were on their way once, and keeps the longest time that Lime named', () => {
    const circuitBreaker = createCircuitBreaker({
      delaySeconds: (consecutive, named) => named ?? consecutive,
      now,
      random: () => 0,
    });
    circuitBreaker.open('108905', undefined);
    circuitBreaker.open('108905', undefined);
    expect(circuitBreaker.delaySeconds('108905', 0, 0)).toBe(1);
    circuitBreaker.open('108905', 30);
    circuitBreaker.open('108905', 20);
    circuitBreaker.close('108905');
    expect(circuitBreaker.delaySeconds('108905', 0, 0)).toBe(30);
  });
});

it.each([
  { retryAfter: undefined, title: 'without a time' },
  { retryAfter: 1, title: 'for a second' },
  { retryAfter: 600, title: 'for ten minutes' },
])('a record outlives three days in which Lime asks for a pause $title', ({ retryAfter }) => {
  const random = seededRandom(7);
  const most = receivesFor(OUTAGE_SECONDS, backOff);
  for (let record = 0; record < 200; record += 1) {
    const delaySeconds = (receives: number, named: number | undefined) => retryDelay(receives, named, random);
    const circuitBreaker = createCircuitBreaker({ delaySeconds, now, random });
    const began = clock;
    for (let receives = 1; receives < most; receives += 1) {
      // Another record of the container's may have asked at any moment before.
      if (circuitBreaker.reason('108905') === undefined) circuitBreaker.open('108905', retryAfter);
      pass(random() * (retryAfter ?? 1));
      const named = (circuitBreaker.reason('108905') ?? { retryAfterSeconds: retryAfter }).retryAfterSeconds;
      pass(circuitBreaker.delaySeconds('108905', receives, named));
    }
    expect((clock - began) / 1_000).toBeGreaterThan(OUTAGE_SECONDS);
  }
});
