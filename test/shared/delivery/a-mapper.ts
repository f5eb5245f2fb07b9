import type { SQSRecord } from 'aws-lambda';
import type { BatchPorts } from '../../../shared/delivery/batch.ts';
import { createQuiet } from '../../../shared/delivery/tenant/quiet.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import type { LogFields } from '../../../shared/log.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { aConversation } from '../../support/conversations.ts';
import { createRecorder } from '../../support/emitted.ts';
import { createWorld, type Fate } from '../../support/lime-world.ts';
import { aRecord } from '../../support/sqs-record.ts';

export const settings = loadSettings(new URL('../../../settings', import.meta.url).pathname);
export const maxReceives = 5;
export const plenty = () => 60_000;
export const origin = { organization: '108905', callId: 'call', acceptedAt: '2024-02-22T15:49:23.146Z' };

export const recordOf = (id: number, receives = 1, organization = '108905'): SQSRecord =>
  aRecord(
    encodeRecord(
      { ...origin, organization, conversation: String(id) },
      JSON.stringify(aConversation({ id, organization_id: organization, contact: null })),
    ) ?? '',
    receives,
  );

type LogLine = LogFields & { message: string };

/** What a mapper needs of the world, with what it gave back, parked, logged and emitted. */
export const aMapper = (schedule: readonly Fate[] = []) => {
  const world = createWorld(schedule);
  const { lime, metadata, ledger, now, fetchMedia, limitConcurrency } = world.ports;
  const returned: number[] = [];
  const parked: { organization: string; attributes: Record<string, string> }[] = [];
  const logged: LogLine[] = [];
  const log = (message: string, fields: LogFields = {}) => void logged.push({ message, ...fields });
  const { emit, emitted } = createRecorder();
  const delaySeconds = (receives: number, retryAfter: number | undefined) => retryAfter ?? receives;
  const quiet = createQuiet({ delaySeconds, now, random: () => 0 });
  const ports: BatchPorts = {
    openTenant: async () => ({ lime, metadata, origin: 'https://lime.example.com' }),
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
    quiet,
    now,
  };
  return { ...world, ports, quiet, returned, parked, logged, emitted };
};
