import { describe, expect, it } from '@jest/globals';
import { mostRequestsIn } from '../../../../shared/lime/budget/arrival-time.ts';
import { budgetOf, createSharedRateLimiter } from '../../../../shared/lime/budget/shared-rate-limiter.ts';
import { bulkSend, createSimulation, mostWithin, useOf, work } from '../../../support/budget-simulation.ts';

const perSecond = 9;
const WINDOW_MS = 5_000;

describe('mappers of one Lime', () => {
  it.each([1, 2, 3, 8])('use the budget for a bulk send, with few writes: %d of them', async (mappers) => {
    const simulation = createSimulation({ seed: mappers, perSecond, mappers });
    const send = bulkSend(simulation, { conversations: 2_000, mappers });
    await simulation.runUntilTrue(() => send.queue.length === 0);
    const { received, table, now } = simulation;

    expect(useOf(received, perSecond, now())).toBeGreaterThanOrEqual(0.97);
    expect(table.writes / received.length).toBeLessThanOrEqual(0.25);
    expect(mostWithin(WINDOW_MS, received)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, perSecond));
  });

  it('use the budget for a batch of 40, which only one of them has', async () => {
    const simulation = createSimulation({ seed: 1, perSecond, mappers: 8 });
    const send = bulkSend(simulation, { conversations: 40, mappers: 1 });
    await simulation.runUntilTrue(send.isDone);
    const { received } = simulation;

    expect(received).toHaveLength(80);
    expect(useOf(received, perSecond, received.at(-1)?.at ?? 0)).toBeGreaterThanOrEqual(0.97);
  });

  it('each finish their batch in half their timeout where three have work', async () => {
    const simulation = createSimulation({ seed: 1, perSecond, mappers: 8 });
    const send = bulkSend(simulation, { conversations: 120, mappers: 3 });
    const start = simulation.now();
    expect((await simulation.runUntilTrue(send.isDone)) - start).toBeLessThan(30_000);
  });

  it('stay within the budget whatever their number, with kills, cold starts and clocks that differ', async () => {
    for (let seed = 0; seed < 16; seed += 1) {
      const mappers = (seed % 8) + 1;
      const clockSkewMs = 200;
      const simulation = createSimulation({ seed, perSecond, mappers, clockSkewMs });
      const { sleep, random, now, runUntil, received } = simulation;
      const killedAgain = async () => {
        for (;;) {
          const mapper = simulation.startMapper();
          void work(mapper, Array.from({ length: 400 }));
          await sleep(15_000 * random());
          mapper.isAlive = false;
          await sleep(2_000 * random());
        }
      };
      const interactive = async () => {
        for (;;) {
          await sleep(4_000 * random());
          const mapper = simulation.startMapper();
          for (let request = 0; request < 3; request += 1) await mapper.request('interactive');
        }
      };
      for (let mapper = 0; mapper < mappers; mapper += 1) void killedAgain();
      void interactive();
      await runUntil(now() + 60_000);

      expect(mostWithin(WINDOW_MS, received)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS + clockSkewMs, perSecond));
    }
  });

  it('do not make up for the time for which they were frozen', async () => {
    const simulation = createSimulation({ seed: 1, perSecond, mappers: 16 });
    const { now, runUntil, received } = simulation;
    const mappers = Array.from({ length: 16 }, () => simulation.startMapper());
    for (const mapper of mappers) for (let request = 0; request < 12; request += 1) void mapper.request('interactive');
    await runUntil(now() + 2_000);
    for (const mapper of mappers) mapper.isFrozen = true;
    await runUntil(now() + 30_000);
    for (const mapper of mappers) mapper.isFrozen = false;
    await runUntil(now() + 60_000);

    expect(received).toHaveLength(16 * 12);
    expect(mostWithin(WINDOW_MS, received)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, perSecond));
  });

  it.each([1, 3, 8])(
    'let a conversation alone pass a bulk send of %d of them: it waits for its own requests and half a second at most',
    async (mappers) => {
      const simulation = createSimulation({ seed: mappers, perSecond, mappers: mappers + 1 });
      const send = bulkSend(simulation, { conversations: 2_000, mappers });
      for (let conversation = 0; conversation < 20; conversation += 1) {
        await simulation.runUntil(simulation.now() + 1_000 + 2_000 * simulation.random());
        const mapper = simulation.startMapper();
        let answered = 0;
        const asking = async () => {
          for (; answered < 3; answered += 1) await mapper.request('interactive');
        };
        void asking();
        await simulation.runUntilTrue(() => answered === 3);
      }
      const waits = simulation.received.flatMap(({ lane, waitedMs }) => (lane === 'interactive' ? [waitedMs] : []));
      const conversations = Array.from({ length: 20 }, (_, index) => waits.slice(3 * index, 3 * index + 3));
      const waited = conversations.map((own) => own.reduce((sum, one) => sum + one));

      expect(send.queue.length).toBeGreaterThan(0);
      expect(Math.max(...waited)).toBeLessThanOrEqual(3_000 / perSecond + 500);
      expect(mostWithin(WINDOW_MS, simulation.received)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, perSecond));
    },
  );
});

describe('mappers that cannot reach the table', () => {
  it('send at their parts of the budget, twice the budget at most meanwhile, and come back to all of it', async () => {
    const mappers = 8;
    const simulation = createSimulation({ seed: 5, perSecond, mappers });
    const send = bulkSend(simulation, { conversations: 10_000, mappers });
    const { now, runUntil, table, received } = simulation;
    await runUntil(now() + 30_000);
    table.isDown = true;
    const down = now();
    await runUntil(down + 30_000);
    table.isDown = false;
    const up = now();
    await runUntil(up + 30_000);
    const between = (from: number, to: number) => received.filter(({ at }) => at >= from && at < to);

    expect(send.queue.length).toBeGreaterThan(0);
    const outage = between(down + 1_000, up);
    expect(mostWithin(WINDOW_MS, outage)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, perSecond) + mappers);
    expect(outage.length / (29 * perSecond)).toBeGreaterThan(0.9);
    expect(mostWithin(WINDOW_MS, received)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, 2 * perSecond));
    expect(between(up + 10_000, now()).length / (20 * perSecond)).toBeGreaterThanOrEqual(0.97);
  });

  it('ask again every five seconds, not for each request', async () => {
    const simulation = createSimulation({ seed: 5, perSecond, mappers: 1 });
    simulation.table.isDown = true;
    bulkSend(simulation, { conversations: 1_000, mappers: 1 });
    await simulation.runUntil(simulation.now() + 31_000);

    const { reads } = simulation.table;
    expect(reads).toBe(simulation.fallbacks.length);
    expect(reads).toBeGreaterThanOrEqual(5);
    expect(reads).toBeLessThanOrEqual(7);
  });
});

describe('a table that answers slowly', () => {
  it.each([
    { title: 'is used while reservations arrive in time', delayMs: 60, fallbacks: 0 },
    { title: 'counts as out of reach where they lapse on the way', delayMs: 700, fallbacks: 1 },
  ])('$title', async ({ delayMs, fallbacks }) => {
    const simulation = createSimulation({ seed: 5, perSecond, mappers: 2 });
    simulation.table.delayMs = delayMs;
    // One request at once, so that each reservation has only one.
    const mapper = simulation.startMapper();
    const asking = async () => {
      for (;;) await mapper.request('bulk');
    };
    void asking();
    await simulation.runUntil(simulation.now() + 30_000);
    expect(Math.min(1, simulation.fallbacks.length)).toBe(fallbacks);
    expect(simulation.received.length).toBeGreaterThan(30);
  });
});

describe('mappers of several Limes', () => {
  it('use the budget of each, for fifty organizations on ten Limes', async () => {
    const simulation = createSimulation({ seed: 3, perSecond, mappers: 8 });
    const hosts = Array.from({ length: 10 }, (_, index) => `crm${index}.example.org`);
    const queue = Array.from({ length: 1_000 }, (_, index) => hosts[(index * 7) % hosts.length]);
    const start = simulation.now();
    let working = 3;
    for (let mapper = 0; mapper < 3; mapper += 1) {
      void work(simulation.startMapper(), queue).then(() => {
        working -= 1;
      });
    }
    await simulation.runUntilTrue(() => working === 0);
    const { received } = simulation;
    const fairMs = (200 / perSecond) * 1_000;
    for (const [, own] of Map.groupBy(received, ({ host }) => host)) {
      expect(own).toHaveLength(200);
      expect(mostWithin(WINDOW_MS, own)).toBeLessThanOrEqual(mostRequestsIn(WINDOW_MS, perSecond));
    }
    expect((received.at(-1)?.at ?? 0) - start).toBeLessThanOrEqual(1.3 * fairMs);
  });

  it.each([
    { title: 'one of the cloud', url: 'https://acme.lime-crm.com/acme', budget: 'lime-cloud' },
    { title: 'another of the cloud', url: 'https://other.testing.limecrm.cloud/x', budget: 'lime-cloud' },
    { title: 'one that only sounds like the cloud', url: 'https://notlime-crm.com/x', budget: 'notlime-crm.com' },
    { title: 'their own', url: 'https://crm.example.org:8443/lime', budget: 'crm.example.org:8443' },
  ])('count $title as $budget', ({ url, budget }) => {
    expect(budgetOf(url, ['lime-crm.com', 'limecrm.cloud'])).toBe(budget);
  });

  it.each([
    { title: "the stack's rate without a setting", host: 'crm.example.org', organization: 'other', requests: 45 },
    { title: "an organization's own", host: 'crm.example.org', organization: 'slow', requests: 10 },
    { title: "not an organization's own in the cloud", host: 'a.lime-crm.com', organization: 'slow', requests: 45 },
  ])('have $title', async ({ host, organization, requests }) => {
    const { now, sleep, runUntil } = createSimulation({ seed: 1, perSecond, mappers: 1 });
    const items = new Map<string, number>();
    const rateLimiter = createSharedRateLimiter({
      arrivalTimes: {
        read: async (budget) => items.get(budget),
        replace: async (budget, _, next) => items.set(budget, next) !== undefined,
      },
      ...{ cloudHosts: ['lime-crm.com'], perSecond, mappers: 1, now, sleep, random: () => 0 },
      perSecondOf: (name) => (name === 'slow' ? 2 : undefined),
      onFallback: () => {},
    });
    let sent = 0;
    const url = `https://${host}/app`;
    const start = { url, organization, lane: 'bulk', maxWaitMs: 100_000 } as const;
    for (let request = 0; request < 100; request += 1) {
      void rateLimiter(start).then(() => {
        sent += 1;
      });
    }
    await runUntil(now() + 5_000);
    expect(Math.abs(sent - requests)).toBeLessThanOrEqual(4);
  });
});
