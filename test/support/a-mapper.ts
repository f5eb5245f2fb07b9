import type { SQSRecord } from 'aws-lambda';
import type { MapperDeps } from '../../shared/delivery/mapper-deps.ts';
import { createCircuitBreaker } from '../../shared/lime/pipeline/circuit-breaker.ts';
import { loadSettings, settingsFor } from '../../shared/load-settings.ts';
import type { LogFields } from '../../shared/log.ts';
import { encodeRecord } from '../../shared/queue/envelope.ts';
import { aTenant } from './a-tenant.ts';
import { aConversation } from './conversations.ts';
import { createRecorder } from './emitted.ts';
import { createWorld, type Fate } from './lime-world.ts';
import { aRecord } from './sqs-record.ts';

export const settings = loadSettings(new URL('../../settings', import.meta.url).pathname);
export const maxReceives = 5;
export function plenty() {
  return 60_000;
}
export const origin = { organization: '108905', callId: 'call', acceptedAt: '2024-02-22T15:49:23.146Z' };

export function recordOf(id: number, receives = 1, organization = '108905'): SQSRecord {
  return aRecord(
    encodeRecord(
      { ...origin, organization, conversation: String(id) },
      JSON.stringify(aConversation({ id, organization_id: organization, contact: null })),
    ) ?? '',
    receives,
  );
}

type LogLine = LogFields & { message: string };

/** What a mapper needs of the world, with what it gave back, parked, logged and emitted. */
export function aMapper(schedule: readonly Fate[] = []) {
  const world = createWorld(schedule);
  const { lime } = world;
  const { metadata, ledger, now, fetchMedia, limitConcurrency } = world.deps;
  const returned: number[] = [];
  const parked: { organization: string; attributes: Record<string, string> }[] = [];
  const logged: LogLine[] = [];
  const log = (message: string, fields: LogFields = {}) => void logged.push({ message, ...fields });
  const { emit, emitted } = createRecorder();
  const delaySeconds = (receives: number, retryAfter: number | undefined) => retryAfter ?? receives;
  const circuitBreaker = createCircuitBreaker({ delaySeconds, now, random: () => 0 });
  const deps: MapperDeps = {
    lane: 'interactive',
    openTenant: async () => aTenant(lime, metadata),
    settingsFor: (organization) => settingsFor(settings, organization),
    ledger,
    fetchMedia,
    limitConcurrency,
    returnRecord: async (_handle, seconds) => void returned.push(seconds),
    parkRecord: async ({ organization, attributes }) => void parked.push({ organization, attributes }),
    log: { info: log, warn: log, error: log },
    emit,
    concurrency: 1,
    maxReceives,
    delaySeconds,
    circuitBreaker,
    now,
  };
  return { ...world, metadata, deps, circuitBreaker, returned, parked, logged, emitted };
}
