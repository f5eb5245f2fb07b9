import type { SQSRecord } from 'aws-lambda';
import type { Emit } from '../emit.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Starts } from '../ledger/starts.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { LimitConcurrency } from '../media/limit-concurrency.ts';
import type { ParkRecord, ReturnRecord } from '../queue/sqs.ts';
import { deliverGroup } from './group.ts';
import { openRecord, type Received } from './record.ts';
import { inTurns, sharingOf } from './records/sharing.ts';
import { createReturns } from './returns.ts';
import type { Quiet } from './tenant/quiet.ts';
import type { Tenant } from './tenant/tenant.ts';

/** What a mapper needs of the world; one set for each container. */
export type BatchPorts = {
  openTenant: (organization: string) => Promise<Tenant>;
  settingsFor: (organization: string) => Settings;
  ledger: Ledger & Starts;
  fetchMedia: FetchMedia;
  limitConcurrency: LimitConcurrency;
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

/** Milliseconds that are kept for what is delivered after the others. */
const timeForAlone = 5_000;

/**
 * Delivers a batch of records and returns the ids of those that must come again. A record is acknowledged only when
 * Lime has confirmed its conversation, or the DLQ holds it. Conversations are decoded when their turn comes: first
 * those that fit into memory together, by organization, then the others one at a time. `remaining` (milliseconds of
 * the invocation) ends the batch in time: what has not been started by then goes back unharmed, as does the rest of an
 * organization's records after a sign of overload, and whatever comes while its Lime has asked for quiet.
 */
export const deliverBatch = async (
  records: readonly SQSRecord[],
  ports: BatchPorts,
  remaining: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  const returns = createReturns(ports, failed, remaining);
  const received: Received[] = [];
  for (const record of records) {
    const opened = openRecord(record);
    if ('bytes' in opened) received.push(opened);
    else await returns.parkUntried(opened).catch((error: unknown) => returns.fault(error, record, opened.ids));
  }
  const { together, alone } = sharingOf(received);
  // What is delivered alone gets its turn also where the others would use up all of the time.
  const untilAlone = () => remaining() - (alone.length > 0 ? timeForAlone : 0);
  const groups = [...Map.groupBy(together, ({ ids }) => ids.organization)];
  const setAside = await Promise.all(
    groups.map(([organization, group]) =>
      deliverGroup({ organization, received: group, isAlone: false }, ports, returns, untilAlone),
    ),
  );
  for (const one of inTurns([...setAside.flat(), ...alone])) {
    await deliverGroup(
      { organization: one.ids.organization, received: [one], isAlone: true },
      ports,
      returns,
      remaining,
    );
  }
  return failed;
};
