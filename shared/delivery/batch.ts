import type { SQSRecord } from 'aws-lambda';
import type { Emit } from '../emit.ts';
import type { Ledger } from '../ledger/dynamodb.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { Turn } from '../media/turns.ts';
import type { ParkRecord, ReturnRecord } from '../queue/sqs.ts';
import { deliverGroup } from './group.ts';
import { readRecord, type Work } from './record.ts';
import { createReturns } from './returns.ts';
import type { Quiet } from './tenant/quiet.ts';
import type { Tenant } from './tenant/tenant.ts';

/** What a mapper needs of the world; one set for each container. */
export type BatchPorts = {
  openTenant: (organization: string) => Promise<Tenant>;
  settingsFor: (organization: string) => Settings;
  ledger: Ledger;
  fetchMedia: FetchMedia;
  inTurn: Turn;
  returnRecord: ReturnRecord;
  parkRecord: ParkRecord;
  log: Log;
  emit: Emit;
  /** Conversations of one organization on their way at once. */
  concurrency: number;
  maxReceives: number;
  /** Seconds until the next try after so many receives, given what Lime asked for. */
  delaySeconds: (receiveCount: number, retryAfterSeconds: number | undefined) => number;
  /** How long each Lime is to be left alone; the tenants' own. */
  quiet: Pick<Quiet, 'reason' | 'delaySeconds'>;
  now: () => number;
};

/**
 * Delivers a batch of records and returns the ids of those that must come again. A record is acknowledged only when
 * Lime has confirmed its conversation, or the DLQ holds it. `remaining` (milliseconds of the invocation) ends the batch
 * in time: what has not been started by then goes back unharmed, as does the rest of an organization's records after
 * a sign of overload, and whatever comes while its Lime has asked for quiet.
 */
export const deliverBatch = async (
  records: readonly SQSRecord[],
  ports: BatchPorts,
  remaining: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  const returns = createReturns(ports, failed);
  const works: Work[] = [];
  for (const record of records) {
    try {
      const read = readRecord(record, ports);
      if ('job' in read) works.push(read);
      else await returns.parkUntried(read);
    } catch (error) {
      await returns.fault(error, record, {});
    }
  }
  const groups = [...Map.groupBy(works, ({ job }) => job.organization)];
  await Promise.all(
    groups.map(([organization, group]) => deliverGroup({ organization, works: group }, ports, returns, remaining)),
  );
  return failed;
};
