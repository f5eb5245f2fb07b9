import type { ArrivalTimes } from '../../shared/lime/budget/budget.ts';
import { createSharedRateLimiter } from '../../shared/lime/budget/shared-rate-limiter.ts';
import type { Lane } from '../../shared/queue/lane.ts';
import { createVirtualTime } from './virtual-time.ts';

/** A request that Lime received: its time, the host that it went to, and how long it waited for its turn. */
export type Received = { at: number; host: string; lane: Lane; waitedMs: number };

const WORKERS = 18;

/** Mappers in virtual time that share the budgets of Limes, with a table that answers in ten milliseconds or so. */
export function createSimulation(options: { seed: number; perSecond: number; mappers: number; clockSkewMs?: number }) {
  const { seed, perSecond, mappers, clockSkewMs = 0 } = options;
  const time = createVirtualTime();
  const random = seeded(seed);
  const items = new Map<string, number>();
  const table = { isDown: false, delayMs: 0, reads: 0, writes: 0 };
  const received: Received[] = [];
  const fallbacks: unknown[] = [];

  async function answered<T>(work: () => T): Promise<T> {
    await time.sleep(table.delayMs + 2 + 4 * random());
    if (table.isDown) throw new Error('the table is down');
    const answer = work();
    await time.sleep(2 + 4 * random());
    return answer;
  }

  const arrivalTimes: ArrivalTimes = {
    read: (budget) => {
      table.reads += 1;
      return answered(() => items.get(budget));
    },
    replace: (budget, last, next) => {
      table.writes += 1;
      return answered(() => {
        if (items.get(budget) !== last) return false;
        items.set(budget, next);
        return true;
      });
    },
  };

  /** A new container. Its clock differs from the others'. */
  function startMapper() {
    const skewMs = clockSkewMs * (random() - 0.5);
    const rateLimiter = createSharedRateLimiter({
      ...{ arrivalTimes, perSecond, mappers, random },
      cloudHosts: ['lime-crm.com'],
      perSecondOf: () => undefined,
      now: () => time.now() + skewMs,
      sleep: async (milliseconds) => {
        await time.sleep(milliseconds);
        while (mapper.isFrozen) await time.sleep(100);
      },
      onFallback: (error) => fallbacks.push(error),
    });
    const mapper = { isAlive: true, isFrozen: false, request, deliver };

    /** One request, with Lime's answer. */
    async function request(lane: Lane, host = 'acme.lime-crm.com'): Promise<void> {
      const asked = time.now();
      await rateLimiter({ url: `https://${host}/app`, lane, maxWaitMs: Number.POSITIVE_INFINITY });
      if (!mapper.isAlive) return new Promise(() => {});
      received.push({ at: time.now(), host, lane, waitedMs: time.now() - asked });
      await time.sleep(100 + 400 * random());
    }

    /** A batch: the limeobject and the note of each conversation, those of each host side by side. */
    async function deliver(hosts: readonly (string | undefined)[]): Promise<void> {
      const groups = [...Map.groupBy(hosts, (host) => host).values()];
      const workers = groups.flatMap((group) => {
        const waiting = group.values();
        return Array.from({ length: WORKERS }, async () => {
          for (const host of waiting) {
            await request('bulk', host);
            await request('bulk', host);
          }
        });
      });
      await Promise.all(workers);
    }

    return mapper;
  }

  return { ...time, random, table, received, fallbacks, startMapper };
}

export type Simulation = ReturnType<typeof createSimulation>;

/** A mapper that takes batches of 40 from a queue until it is empty. Resolves then. */
export async function work(
  mapper: ReturnType<Simulation['startMapper']>,
  queue: (string | undefined)[],
): Promise<void> {
  while (mapper.isAlive && queue.length > 0) await mapper.deliver(queue.splice(0, 40));
}

/** Sends conversations to one Lime by so many mappers, which start within a second. */
export function bulkSend(
  simulation: Simulation,
  { conversations, mappers }: { conversations: number; mappers: number },
) {
  const queue = Array.from<string | undefined>({ length: conversations });
  let working = mappers;
  for (let mapper = 0; mapper < mappers; mapper += 1) {
    void simulation
      .sleep(1_000 * simulation.random())
      .then(() => work(simulation.startMapper(), queue))
      .then(() => {
        working -= 1;
      });
  }
  return { queue, isDone: () => working === 0 };
}

/** The part of the budget that was used from the first request to this time. */
export function useOf(received: readonly Received[], perSecond: number, until: number): number {
  const first = received[0]?.at ?? until;
  return received.filter(({ at }) => at < until).length / (((until - first) / 1_000) * perSecond);
}

/** The most requests within so many milliseconds. */
export function mostWithin(milliseconds: number, received: readonly Received[]): number {
  let most = 0;
  let first = 0;
  for (const [last, { at }] of received.entries()) {
    while (at - (received[first]?.at ?? at) >= milliseconds) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** A generator of its own (mulberry32), so that a seed repeats a run. */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    const mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    const more = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61));
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32;
  };
}
