import type { SQSRecord } from 'aws-lambda';
import { describeError, LimeError, NotMappable } from '../errors.ts';
import type { Ledger } from '../ledger/dynamodb.ts';
import { requestTimeout } from '../lime/client.ts';
import type { Log } from '../log.ts';
import { toDraft } from '../mapping/draft.ts';
import type { Settings } from '../mapping/settings.ts';
import { decodeRecord } from '../queue/envelope.ts';
import type { ParkRecord, ReturnRecord } from '../queue/sqs.ts';
import { type Delivery, deliver, type Job, type Parking, type Ports, recordParked } from './deliver.ts';
import { createFind } from './find.ts';
import type { Tenant } from './tenant.ts';

/** What a batch needs of the world; one set for each container. */
export type BatchPorts = {
  openTenant: (organization: string) => Promise<Tenant>;
  settingsFor: (organization: string) => Settings;
  ledger: Ledger;
  returnRecord: ReturnRecord;
  parkRecord: ParkRecord;
  log: Log;
  /** Conversations on their way at once in one mapper. */
  concurrency: number;
  maxReceives: number;
  /** Seconds until the next try after so many receives, given what Lime asked for. */
  delaySeconds: (receiveCount: number, retryAfterSeconds: number | undefined) => number;
  now: () => number;
};

/** Milliseconds a request needs, with what follows it: settling and answering. */
const timeForRequest = requestTimeout + 2_000;

/** Milliseconds a record needs when it is started: object and note, each slow, after their waits for the pace. */
const timeForOne = 2.5 * requestTimeout;

/** A record with its job, and the delivery of the batch it belongs to. */
type Work = { record: SQSRecord; job: Job };

/**
 * Delivers a batch of records and returns the ids of those that must come again. A record is acknowledged only when
 * Lime has confirmed its conversation, or the DLQ holds it. `remaining` (milliseconds of the invocation) ends the batch
 * in time: what has not been started by then goes back unharmed, as does the rest of an organization's records after
 * a sign of overload.
 */
export const deliverBatch = async (
  records: readonly SQSRecord[],
  ports: BatchPorts,
  remaining: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  const giveBack = async (record: SQSRecord, seconds: number): Promise<void> => {
    failed.push(record.messageId);
    // Without it the record comes again all the same, when its visibility timeout ends.
    await ports.returnRecord(record.receiptHandle, seconds).catch(() => undefined);
  };
  /** A fault outside of Lime (ledger, queue, our own): the record goes back as it is. */
  const fault = async (record: SQSRecord, job: Job | undefined, error: unknown): Promise<void> => {
    const retryInSeconds = ports.delaySeconds(receivesOf(record), undefined);
    ports.log.error('record failed', { ...fieldsOf(record, job ?? {}), ...describeError(error), retryInSeconds });
    await giveBack(record, retryInSeconds);
  };

  const work: Work[] = [];
  for (const record of records) {
    try {
      const read = readRecord(record, ports);
      if ('job' in read) work.push({ record, job: read.job });
      else await parkUndrafted(record, read.ids, read.parking, ports);
    } catch (error) {
      await fault(record, undefined, error);
    }
  }

  for (const [organization, group] of Map.groupBy(work, ({ job }) => job.organization)) {
    const queue = group.values();
    let stop: { seconds: number | undefined } | undefined;
    const portsOf = await openPorts(organization, group, ports, remaining).catch((error: unknown) => {
      if (!(error instanceof LimeError)) throw error;
      ports.log.warn('lime cannot be asked', { organization, reason: error.message, failure: error.failure });
      stop = { seconds: error.retryAfterSeconds };
    });

    const worker = async (): Promise<void> => {
      for (const { record, job } of queue) {
        if (stop !== undefined || portsOf === undefined || remaining() < timeForOne) {
          await giveBack(record, stop === undefined ? 0 : ports.delaySeconds(receivesOf(record), stop.seconds));
          continue;
        }
        try {
          const delivery = await deliver(job, portsOf(record));
          logDelivery(ports.log, record, job, delivery);
          if (delivery.outcome !== 'retry') continue;
          if (isOverload(delivery.error)) stop = { seconds: delivery.error?.retryAfterSeconds };
          await giveBack(record, delivery.seconds);
        } catch (error) {
          await fault(record, job, error);
        }
      }
    };
    await Promise.all(Array.from({ length: ports.concurrency }, worker));
  }
  return failed;
};

const openPorts = async (organization: string, group: readonly Work[], ports: BatchPorts, remaining: () => number) => {
  const { lime, metadata, origin } = await ports.openTenant(organization);
  const find = createFind({ lime, metadata, drafts: group.map(({ job }) => job.draft) });
  const { links } = ports.settingsFor(organization);
  return (record: SQSRecord): Ports => ({
    lime,
    metadata,
    find,
    ledger: ports.ledger,
    urlOf: (limetype, id) =>
      links.limeobject
        .replace('{origin}', origin)
        .replace('{limetype}', encodeURIComponent(limetype))
        .replace('{id}', String(id)),
    park: (job, parking) => park(record, job, parking, ports),
    delay: (retryAfterSeconds) => ports.delaySeconds(receivesOf(record), retryAfterSeconds),
    checkTime: () => {
      if (remaining() < timeForRequest) throw new LimeError('unavailable', 'the batch has no time left for this one');
    },
    unsettled: (job, error) =>
      ports.log.error('ledger not settled', { ...fieldsOf(record, job), ...describeError(error) }),
    now: ports.now,
  });
};

const readRecord = (record: SQSRecord, ports: BatchPorts): { job: Job } | { ids: Ids; parking: Parking } => {
  const decoded = decodeRecord(record.body);
  if (!decoded.ok) {
    const { organization, callId } = decoded.origin ?? {};
    return {
      ids: { ...(organization && { organization }), ...(callId && { callId }) },
      parking: { reason: decoded.reason, step: 'decode' },
    };
  }
  const { organization, callId, acceptedAt } = decoded.origin;
  const ids = { organization, callId, conversation: String(decoded.conversation.id) };
  try {
    const draft = toDraft(decoded.conversation, ports.settingsFor(organization));
    return { job: { ...ids, draft, acceptedAt, lastTry: receivesOf(record) >= ports.maxReceives } };
  } catch (error) {
    if (!(error instanceof NotMappable)) throw error;
    return { ids, parking: { reason: error.message, step: 'plan' } };
  }
};

/** What is known of a record: all of it, unless it could not be decoded. */
type Ids = { organization?: string; conversation?: string; callId?: string };

const park = async (record: SQSRecord, ids: Ids, parking: Parking, ports: BatchPorts): Promise<void> => {
  const { organization, conversation, callId } = ids;
  await ports.parkRecord({
    body: record.body,
    organization: organization ?? 'unknown',
    attributes: {
      reason: parking.reason,
      step: parking.step,
      ...(parking.status !== undefined && { status: String(parking.status) }),
      ...(parking.limetype !== undefined && { limetype: parking.limetype }),
      ...(organization && { organization }),
      ...(conversation && { conversation }),
      ...(callId && { callId }),
    },
  });
  ports.log.error('parked', { ...fieldsOf(record, ids), ...parking });
};

/** Parks what no plan can be made of, and lets the operator's link say so. */
const parkUndrafted = async (record: SQSRecord, ids: Ids, parking: Parking, ports: BatchPorts): Promise<void> => {
  await park(record, ids, parking, ports);
  const { organization, conversation } = ids;
  if (organization === undefined || conversation === undefined) return;
  await recordParked(ports.ledger, { organization, conversation }, parking.reason).catch((error: unknown) =>
    ports.log.error('ledger not settled', { ...fieldsOf(record, ids), ...describeError(error) }),
  );
};

/** Lime asks for quiet, or refuses the key: no other record of the organization would fare better now. */
const isOverload = (error: LimeError | undefined): boolean =>
  error !== undefined && (error.failure === 'overloaded' || error.failure === 'denied' || error.status === 503);

const receivesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount);

const fieldsOf = (record: SQSRecord, { organization, conversation, callId }: Ids) => ({
  recordId: record.messageId,
  receiveCount: receivesOf(record),
  ...(organization && { organization }),
  ...(conversation && { conversation }),
  ...(callId && { callId }),
});

const logDelivery = (log: Log, record: SQSRecord, job: Job, delivery: Delivery): void => {
  const fields = fieldsOf(record, job);
  if (delivery.outcome === 'parked') return;
  if (delivery.outcome === 'retry') {
    const { reason, seconds, error } = delivery;
    log.warn('retrying', { ...fields, reason, retryInSeconds: seconds, ...(error && { failure: error.failure }) });
    return;
  }
  const { outcome, limeobject } = delivery;
  log.info('delivered', { ...fields, outcome, ...(limeobject !== undefined && { limeobject }) });
};
