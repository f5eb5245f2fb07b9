import type { SQSRecord } from 'aws-lambda';
import type { Emit } from '../emit.ts';
import { describeError, LimeError } from '../errors.ts';
import type { Ledger } from '../ledger/dynamodb.ts';
import { type Lime, requestTimeout } from '../lime/client.ts';
import type { Log, LogFields } from '../log.ts';
import type { Settings } from '../mapping/settings.ts';
import type { ParkRecord, ReturnRecord } from '../queue/sqs.ts';
import { type Delivery, deliver, type Ports, recordParked } from './deliver.ts';
import { createFind } from './find.ts';
import {
  createPark,
  fieldsOf,
  type Ids,
  readRecord,
  receivesOf,
  secondsSince,
  type Unusable,
  type Work,
} from './record.ts';
import type { Tenant } from './tenant.ts';

/** What a mapper needs of the world; one set for each container. */
export type BatchPorts = {
  openTenant: (organization: string) => Promise<Tenant>;
  settingsFor: (organization: string) => Settings;
  ledger: Ledger;
  returnRecord: ReturnRecord;
  parkRecord: ParkRecord;
  log: Log;
  emit: Emit;
  /** Conversations of one organization on their way at once. */
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
  const { log, emit, now } = ports;
  const park = createPark(ports);
  const failed: string[] = [];

  /** Parks a record of which nothing was written in Lime, and lets the operator's link say so. */
  const parkUntried = async ({ record, ids, parking }: Unusable): Promise<void> => {
    await park(record, ids, parking);
    const { organization, conversation } = ids;
    if (organization === undefined || conversation === undefined) return;
    await recordParked(ports.ledger, { organization, conversation }, parking.reason).catch((error: unknown) =>
      log.error('ledger not settled', { ...fieldsOf(record, ids, now()), ...describeError(error) }),
    );
  };

  const giveBack = async (record: SQSRecord, seconds: number): Promise<void> => {
    failed.push(record.messageId);
    emit('Returned', 1);
    // Without it the record comes again all the same, when its visibility timeout ends.
    await ports.returnRecord(record.receiptHandle, seconds).catch(() => undefined);
  };

  /** Gives back what could not be tried; at its last receive SQS would move it to the DLQ without a reason. */
  const giveBackUntried = async (record: SQSRecord, ids: Ids, seconds: number, why: string): Promise<void> => {
    if (receivesOf(record) < ports.maxReceives) return giveBack(record, seconds);
    const reason = `given up after the last try: ${why}`;
    await parkUntried({ record, ids, parking: { reason, step: 'start' } }).catch(() => giveBack(record, seconds));
  };

  const postpone = async ({ record, job }: Work, retry: Retry): Promise<void> => {
    if (!job.lastTry) tellRetry(ports, { record, job }, { ...retry, step: 'start' });
    await giveBackUntried(record, job, retry.seconds, retry.reason);
  };

  /** A fault outside of Lime (ledger, queue, our own): the record goes back as it is. */
  const giveBackAfter = async (error: unknown, record: SQSRecord, ids: Ids): Promise<void> => {
    const retryInSeconds = ports.delaySeconds(receivesOf(record), undefined);
    const described = describeError(error);
    log.error('record failed', { ...fieldsOf(record, ids, now()), ...described, retryInSeconds });
    await giveBackUntried(record, ids, retryInSeconds, described.error);
  };

  /** The delivery's ports for each record of an organization's part of the batch. */
  const openPorts = async (organization: string, group: readonly Work[]): Promise<(record: SQSRecord) => Ports> => {
    const { lime: unhurried, metadata, origin } = await ports.openTenant(organization);
    const lime: Lime = (request, answer, sending) =>
      unhurried(request, answer, { patience: remaining() - timeForRequest, ...sending });
    const template = ports.settingsFor(organization).links.limeobject.replace('{origin}', origin);
    const common = {
      lime,
      metadata,
      ledger: ports.ledger,
      now,
      find: createFind({ lime, metadata, drafts: group.map(({ job }) => job.draft) }),
      urlOf: (limetype: string, id: number) =>
        template.replace('{limetype}', encodeURIComponent(limetype)).replace('{id}', String(id)),
    };
    return (record) => ({
      ...common,
      park: (job, parking) => park(record, job, parking),
      delay: (retryAfterSeconds) => ports.delaySeconds(receivesOf(record), retryAfterSeconds),
      unsettled: (job, error) =>
        log.error('ledger not settled', { ...fieldsOf(record, job, now()), ...describeError(error) }),
    });
  };

  const deliverGroup = async (organization: string, group: readonly Work[]): Promise<void> => {
    let stop: LimeError | undefined;
    const portsFor = await openPorts(organization, group).catch((error: unknown) => {
      if (!(error instanceof LimeError)) throw error;
      const records = group.length;
      log.warn('lime cannot be asked', { organization, records, reason: error.message, ...failureFields(error) });
      stop = error;
      return undefined;
    });

    const deliverOne = async ({ record, job }: Work): Promise<void> => {
      if (stop !== undefined || portsFor === undefined) {
        const seconds = ports.delaySeconds(receivesOf(record), stop?.retryAfterSeconds);
        return postpone({ record, job }, { reason: stop?.message ?? '', seconds, error: stop });
      }
      if (remaining() < timeForOne)
        return postpone({ record, job }, { reason: 'no batch had time for it', seconds: 0 });
      try {
        const delivery = await deliver(job, portsFor(record));
        tell(ports, { record, job }, delivery);
        if (delivery.outcome !== 'retry') return;
        if (isOverload(delivery.error)) stop = delivery.error;
        await giveBack(record, delivery.seconds);
      } catch (error) {
        await giveBackAfter(error, record, job);
      }
    };

    // Records of one conversation follow each other: side by side they would only wait for each other's claim.
    const conversations = Map.groupBy(group, ({ job }) => job.conversation).values();
    const worker = async (): Promise<void> => {
      for (const works of conversations) for (const work of works) await deliverOne(work);
    };
    await Promise.all(Array.from({ length: ports.concurrency }, worker));
  };

  const works: Work[] = [];
  for (const record of records) {
    try {
      const read = readRecord(record, ports);
      if ('job' in read) works.push(read);
      else await parkUntried(read);
    } catch (error) {
      await giveBackAfter(error, record, {});
    }
  }
  const groups = [...Map.groupBy(works, ({ job }) => job.organization)];
  await Promise.all(groups.map(([organization, group]) => deliverGroup(organization, group)));
  return failed;
};

/** Lime asks for quiet, or refuses the key: no other record of the organization would fare better now. */
const isOverload = (error: LimeError | undefined): boolean =>
  error !== undefined && (error.failure === 'overloaded' || error.failure === 'denied' || error.status === 503);

/** Why a record goes back, and until when; `step` where it was not tried. */
type Retry = { reason: string; seconds: number; error?: LimeError | undefined; step?: 'start' };

const tellRetry = ({ log, now }: BatchPorts, { record, job }: Work, { reason, seconds, error, step }: Retry): void =>
  log.warn('retrying', {
    ...fieldsOf(record, job, now()),
    limetype: job.draft.instance.limetype,
    reason,
    retryInSeconds: seconds,
    ...(step !== undefined && { step }),
    ...(error !== undefined && failureFields(error)),
  });

/** Tells log and metrics how a delivery ended; what was parked has been told. */
const tell = (ports: BatchPorts, { record, job }: Work, delivery: Delivery): void => {
  if (delivery.outcome === 'parked') return;
  if (delivery.outcome === 'retry') {
    tellRetry(ports, { record, job }, delivery);
    return;
  }
  const { log, emit, now } = ports;
  const { outcome, limeobject } = delivery;
  log.info('delivered', {
    ...fieldsOf(record, job, now()),
    outcome,
    ...(limeobject !== undefined && { limeobject }),
  });
  emit('Delivered', 1, outcome);
  if (outcome === 'created' || outcome === 'updated') emit('TimeToLime', secondsSince(job.acceptedAt, now()));
};

const failureFields = ({ failure, status }: LimeError): Pick<LogFields, 'failure' | 'status'> => ({
  failure,
  ...(status !== undefined && { status }),
});
