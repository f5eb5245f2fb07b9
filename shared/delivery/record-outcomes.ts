import type { SQSRecord } from 'aws-lambda';
import { describeError, type LimeError } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Recency } from '../ledger/states.ts';
import type { LogFields } from '../log.ts';
import type { Delivery } from './deliver.ts';
import type { MapperDeps } from './mapper-deps.ts';
import { type Ids, idsOf, type Job, receivesOf, type Unusable, type Work } from './record.ts';
import type { Parking } from './settlement.ts';
import { failFastNearTimeout } from './time-left.ts';

/** The recency of an unread conversation: any delivered version is newer. */
const unread: Recency = { messages: 0 };

/** The reason for a retry, and its time. */
export type Retry = { reason: string; seconds: number; error?: LimeError | undefined };

export type RecordOutcomes = ReturnType<typeof createRecordOutcomes>;

/**
 * Ends the records of a batch: acknowledged, parked, or released for a retry. Logs each outcome once and counts it.
 * `failed` has the ids of released records.
 */
export function createRecordOutcomes(deps: MapperDeps, remaining: () => number) {
  const { lane, log, emit, now } = deps;
  const failed: string[] = [];
  const queue = failFastNearTimeout(remaining);
  const ledger = failFastNearTimeout(remaining);

  /** For a record that was tried. Acknowledges it unless it is to be retried. */
  async function finish(delivery: Delivery, { record, job }: Work): Promise<void> {
    if (delivery.outcome === 'parked') return reportParked({ record, ids: job, parking: delivery.parking });
    if (delivery.outcome === 'retry') {
      if (job.lastTry) return releaseUntried(record, idsOf(job), delivery.seconds, delivery.reason);
      reportRetry(record, job, delivery, { limetype: job.draft.instance.limetype });
      return release(record, delivery.seconds);
    }
    const { outcome, limeobject } = delivery;
    const fields = { ...fieldsOf(record, job, deps), outcome };
    log.info('delivered', { ...fields, ...(limeobject !== undefined && { limeobject }) });
    emit('Delivered', 1, outcome);
    if (outcome !== 'created' && outcome !== 'updated') return;
    const seconds = secondsSince(job.acceptedAt, now());
    emit('TimeToLime', seconds);
    emit('TimeToLimeByLane', seconds, lane);
  }

  /**
   * Acknowledges a record that the settings do not accept. False if they do, or if the conversation was accepted before.
   */
  async function skip({ record, job, skip: skipped }: Work): Promise<boolean> {
    if (skipped === undefined) return false;
    const { organization, conversation, callId } = job;
    const { rule, reason } = skipped;
    const isSkipped = await ledger(() => deps.ledger.skip({ organization, conversation, callId }, reason));
    if (!isSkipped) return false;
    log.info('skipped', { ...fieldsOf(record, job, deps), reason });
    emit('Skipped', 1, rule);
    return true;
  }

  /** For a record that was not tried, because its group was stopped or the time ended. */
  async function defer(record: SQSRecord, ids: Ids, retry: Retry, job?: Job): Promise<void> {
    const limetype = job?.draft.instance.limetype;
    const more = { step: 'start', ...(limetype !== undefined && { limetype }) };
    if (receivesOf(record) < deps.maxReceives) reportRetry(record, ids, retry, more);
    await releaseUntried(record, ids, retry.seconds, retry.reason);
  }

  /** For a failure outside Lime (ledger, queue, our own). Releases the record unchanged. */
  async function fault(error: unknown, record: SQSRecord, ids: Ids): Promise<void> {
    const retryInSeconds = deps.delaySeconds(receivesOf(record), undefined);
    const described = describeError(error);
    log.error('record failed', { ...fieldsOf(record, ids, deps), ...described, retryInSeconds });
    await releaseUntried(record, ids, retryInSeconds, described.error);
  }

  /** Parks a record of which nothing was written to Lime, and shows that on the operator's link. */
  async function parkUntried(unusable: Unusable): Promise<void> {
    const { record, ids, parking } = unusable;
    await queue(() => park(record, ids, parking));
    const { organization, conversation, callId, recency = unread } = ids;
    if (organization !== undefined && conversation !== undefined) {
      const key = { organization, conversation, ...(callId && { callId }) };
      await ledger(() => recordParked(deps.ledger, key, recency, parking.reason)).catch((error: unknown) =>
        unsettled(record, ids, error),
      );
    }
    reportParked(unusable);
  }

  /** Puts a record into the DLQ whole, with its reason as attributes. */
  async function park(record: SQSRecord, ids: Ids, { reason, step, status, limetype }: Parking): Promise<void> {
    const { organization, conversation, callId } = ids;
    await deps.parkRecord({
      body: record.body,
      organization: organization ?? 'unknown',
      attributes: {
        reason,
        step,
        lane,
        ...(status !== undefined && { status: String(status) }),
        ...(limetype !== undefined && { limetype }),
        ...(organization && { organization }),
        ...(conversation && { conversation }),
        ...(callId && { callId }),
      },
    });
  }

  /**
   * Releases an untried record. Parks it at its last receive, because SQS would move it to the DLQ without a reason.
   */
  async function releaseUntried(record: SQSRecord, ids: Ids, seconds: number, why: string): Promise<void> {
    if (receivesOf(record) < deps.maxReceives) return release(record, seconds);
    const reason = `given up after the last try: ${why}`;
    await parkUntried({ record, ids, parking: { reason, step: 'start' } }).catch(() => release(record, seconds));
  }

  async function release(record: SQSRecord, seconds: number): Promise<void> {
    failed.push(record.messageId);
    emit('Returned', 1);
    // If this fails, the record is received again when its visibility timeout ends.
    await queue(() => deps.returnRecord(record.receiptHandle, seconds)).catch(() => undefined);
  }

  function reportRetry(
    record: SQSRecord,
    ids: Ids,
    { reason, seconds, error }: Retry,
    more: Pick<LogFields, 'limetype' | 'step'>,
  ): void {
    const failure = error === undefined ? {} : failureFields(error);
    log.warn('retrying', { ...fieldsOf(record, ids, deps), ...more, reason, retryInSeconds: seconds, ...failure });
  }

  function reportParked({ record, ids, parking }: Unusable): void {
    log.error('parked', { ...fieldsOf(record, ids, deps), ...parking });
    emit('Parked', 1, parking.step);
  }

  function unsettled(record: SQSRecord, ids: Ids, error: unknown): void {
    log.error('ledger not settled', { ...fieldsOf(record, ids, deps), ...describeError(error) });
  }

  return { failed, finish, skip, defer, fault, park, parkUntried, unsettled };
}

/** Records that a conversation was parked before planning, unless Lime has a newer version. */
async function recordParked(
  ledger: Ledger,
  key: Parameters<Ledger['claim']>[0],
  recency: Recency,
  reason: string,
): Promise<void> {
  const { decision, claim } = await ledger.claim(key, { fingerprint: 'not mappable', recency });
  if (claim === undefined) return;
  if (decision.action === 'write') {
    await ledger.settle(claim, { outcome: 'parked', object: decision.object, reason, confirmed: true });
  } else await ledger.settle(claim, { outcome: 'released' });
}

/** The fields of every log line of a record. `seconds` is the time since intake accepted it. */
function fieldsOf(
  record: SQSRecord,
  { organization, conversation, callId, acceptedAt }: Ids,
  { lane, now }: Pick<MapperDeps, 'lane' | 'now'>,
) {
  return {
    lane,
    recordId: record.messageId,
    receiveCount: receivesOf(record),
    ...(organization && { organization }),
    ...(conversation && { conversation }),
    ...(callId && { callId }),
    ...(acceptedAt && { seconds: secondsSince(acceptedAt, now()) }),
  };
}

/** Seconds since intake accepted the record. The two clocks may differ. */
function secondsSince(acceptedAt: string, now: number): number {
  return Math.max(0, now - Date.parse(acceptedAt)) / 1_000;
}

export function failureFields({ failure, status }: LimeError): Pick<LogFields, 'failure' | 'status'> {
  return { failure, ...(status !== undefined && { status }) };
}
