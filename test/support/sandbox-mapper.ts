import * as z from 'zod';
import { type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { deliverBatch } from '../../shared/delivery/batch.ts';
import type { MapperDeps } from '../../shared/delivery/mapper-deps.ts';
import { createLime } from '../../shared/lime/client.ts';
import { createMetadata } from '../../shared/lime/metadata.ts';
import { createCircuitBreaker } from '../../shared/lime/pipeline/circuit-breaker.ts';
import type { Tenant } from '../../shared/lime/tenants.ts';
import type { Settings } from '../../shared/mapping/settings/settings.ts';
import { createFetchMedia, type FetchMedia } from '../../shared/media/fetch-media.ts';
import { createConcurrencyLimit } from '../../shared/media/limit-concurrency.ts';
import { encodeRecord } from '../../shared/queue/envelope.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import { aRecord } from './sqs-record.ts';

const Identified = z.looseObject({ id: z.union([z.string(), z.number()]) });

/** Milliseconds a claim lasts. */
export const lease = 90_000;

export const organization = '108905';

const acceptedAt = '2024-02-22T16:00:00.000Z';

const overHttp = createFetchMedia({ fetchFor: () => fetch, sleep: async () => undefined, allowLocal: true });

/** The mapper's delivery of whole batches over HTTP to a sandbox, with a ledger in memory and a clock of its own. */
export async function startSandboxMapper(
  settings: Settings,
  { fetchMedia = overHttp, ...options }: SandboxOptions & { fetchMedia?: FetchMedia } = {},
) {
  const sandbox = await startSandbox({ port: 0, ...options });
  // After the dates of all conversations: a time far ahead is none.
  let clock = Date.parse(acceptedAt) + 30 * 24 * 3_600_000;
  const now = () => clock;
  const ledger = createMemoryLedger({ lease, now });
  const secret = async () => ({ url: sandbox.url, apiKey: 'local-lime-key' });
  const parked: Record<string, string>[] = [];
  const ignore = () => undefined;

  const openContainer = (): MapperDeps => {
    const shared = { secret, refetchSecret: secret, rateLimiter: async () => undefined };
    const limeFor: Tenant['limeFor'] = (bounds) => createLime(shared, bounds);
    const metadata = createMetadata(limeFor({}), now);
    return {
      lane: 'interactive',
      openTenant: async () => ({ limeFor, metadata, origin: sandbox.origin }),
      settingsFor: () => settings,
      ledger,
      fetchMedia,
      limitConcurrency: createConcurrencyLimit(1),
      returnRecord: async () => undefined,
      parkRecord: async ({ attributes }) => void parked.push(attributes),
      log: { info: ignore, warn: ignore, error: ignore },
      emit: ignore,
      concurrency: 4,
      maxReceives: 10,
      delaySeconds: () => 1,
      circuitBreaker: createCircuitBreaker({ delaySeconds: () => 1, now, random: () => 0 }),
      now,
    };
  };
  const deps = openContainer();

  const recordOf = (conversation: unknown, receives: number) => {
    const { id } = Identified.parse(conversation);
    const origin = { organization, callId: 'call', acceptedAt, conversation: String(id) };
    const body = encodeRecord(origin, JSON.stringify(conversation));
    return aRecord(body ?? '', receives);
  };

  return {
    sandbox,
    ledger,
    parked,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
    /** Delivers them in one batch; how many have to come again. */
    send: async (
      conversations: readonly unknown[],
      receives = 1,
      container = deps,
      remaining = () => 120_000,
    ): Promise<number> => {
      const records = conversations.map((conversation) => recordOf(conversation, receives));
      return (await deliverBatch(records, container, remaining)).length;
    },
    /** Another mapper beside this one, with the same ledger. */
    openContainer,
    /** Requests since the last call that are no metadata: method and limetype. */
    requests: (() => {
      let seen = 0;
      return (): string[] => {
        const all = sandbox.requests();
        const fresh = all.slice(seen);
        seen = all.length;
        return fresh
          .filter(({ path }) => !path.includes('/limetype/'))
          .map(({ method, path, q, limetype }) => `${method} ${path.includes('/query/') ? searchedIn(q) : limetype}`);
      };
    })(),
  };
}
export type SandboxMapper = Awaited<ReturnType<typeof startSandboxMapper>>;

function searchedIn(q: unknown): string {
  return `? ${typeof q === 'object' && q !== null && 'limetype' in q ? String(q.limetype) : ''}`;
}
