import type { SQSRecord } from 'aws-lambda';
import { describeError, type LimeError } from '../errors.ts';
import type { Recency } from '../ledger/states.ts';
import type { LogFields } from '../log.ts';
import type { BatchPorts } from './batch.ts';
import { recordParked } from './deliver.ts';
import type { Delivery, Job } from './job.ts';
import { createPark, fieldsOf, type Ids, idsOf, receivesOf, secondsSince, type Unusable, type Work } from './record.ts';
import { createPatience } from './records/patience.ts';

/** Nothing that was delivered is older than a conversation that was not read. */
const unread: Recency = { messages: 0 };

/** Why a record comes again, and when. */
export type Retry = { reason: string; seconds: number; error?: LimeError | undefined };

export type Returns = ReturnType<typeof createReturns>;

/**
 * The ways on which a batch's records leave the mapper: acknowledged, parked, or given back to come again. Each is
 * told to log and metrics once. `failed` collects the ids of those that are given back.
 */
export const createReturns = (ports: BatchPorts, failed: string[], remaining: () => number) => {
  const { log, emit, now } = ports;
  const park = createPark(ports.parkRecord);
  const queue = createPatience(remaining);
  const ledger = createPatience(remaining);

  const unsettled = (record: SQSRecord, ids: Ids, error: unknown): void =>
    log.error('ledger not settled', { ...fieldsOf(record, ids, now()), ...describeError(error) });

  const tellRetry = (
    record: SQSRecord,
    ids: Ids,
    { reason, seconds, error }: Retry,
    more: Pick<LogFields, 'limetype' | 'step'>,
  ): void =>
    log.warn('retrying', {
      ...fieldsOf(record, ids, now()),
      ...more,
      reason,
      retryInSeconds: seconds,
      ...(error !== undefined && failureFields(error)),
    });

  const tellParked = ({ record, ids, parking }: Unusable): void => {
    log.error('parked', { ...fieldsOf(record, ids, now()), ...parking });
    emit('Parked', 1, parking.step);
  };

  /** Parks a record of which nothing was written in Lime, and lets the operator's link say so. */
  const parkUntried = async (unusable: Unusable): Promise<void> => {
    const { record, ids, parking } = unusable;
    await queue(() => park(record, ids, parking));
    const { organization, conversation, callId, recency = unread } = ids;
    if (organization !== undefined && conversation !== undefined) {
      const key = { organization, conversation, ...(callId && { callId }) };
      await ledger(() => recordParked(ports.ledger, key, recency, parking.reason)).catch((error: unknown) =>
        unsettled(record, ids, error),
      );
    }
    tellParked(unusable);
  };

  const giveBack = async (record: SQSRecord, seconds: number): Promise<void> => {
    failed.push(record.messageId);
    emit('Returned', 1);
    // Without it the record comes again all the same, when its visibility timeout ends.
    await queue(() => ports.returnRecord(record.receiptHandle, seconds)).catch(() => undefined);
  };

  /** Gives back what could not be tried; at its last receive SQS would move it to the DLQ without a reason. */
  const giveBackUntried = async (record: SQSRecord, ids: Ids, seconds: number, why: string): Promise<void> => {
    if (receivesOf(record) < ports.maxReceives) return giveBack(record, seconds);
    const reason = `given up after the last try: ${why}`;
    await parkUntried({ record, ids, parking: { reason, step: 'start' } }).catch(() => giveBack(record, seconds));
  };

  return {
    park,
    parkUntried,
    unsettled,

    /** Not tried: the rest of its batch was stopped, or there was no time. */
    postpone: async (record: SQSRecord, ids: Ids, retry: Retry, job?: Job): Promise<void> => {
      const limetype = job?.draft.instance.limetype;
      const more = { step: 'start', ...(limetype !== undefined && { limetype }) };
      if (receivesOf(record) < ports.maxReceives) tellRetry(record, ids, retry, more);
      await giveBackUntried(record, ids, retry.seconds, retry.reason);
    },

    /** A fault outside of Lime (ledger, queue, our own): the record goes back as it is. */
    fault: async (error: unknown, record: SQSRecord, ids: Ids): Promise<void> => {
      const retryInSeconds = ports.delaySeconds(receivesOf(record), undefined);
      const described = describeError(error);
      log.error('record failed', { ...fieldsOf(record, ids, now()), ...described, retryInSeconds });
      await giveBackUntried(record, ids, retryInSeconds, described.error);
    },

    /** Tried: acknowledged unless it has to come again. */
    after: async (delivery: Delivery, { record, job }: Work): Promise<void> => {
      if (delivery.outcome === 'parked') return tellParked({ record, ids: job, parking: delivery.parking });
      if (delivery.outcome === 'retry') {
        if (job.lastTry) return giveBackUntried(record, idsOf(job), delivery.seconds, delivery.reason);
        tellRetry(record, job, delivery, { limetype: job.draft.instance.limetype });
        return giveBack(record, delivery.seconds);
      }
      const { outcome, limeobject } = delivery;
      const fields = { ...fieldsOf(record, job, now()), outcome };
      log.info('delivered', { ...fields, ...(limeobject !== undefined && { limeobject }) });
      emit('Delivered', 1, outcome);
      if (outcome === 'created' || outcome === 'updated') emit('TimeToLime', secondsSince(job.acceptedAt, now()));
    },
  };
};

export const failureFields = ({ failure, status }: LimeError): Pick<LogFields, 'failure' | 'status'> => ({
  failure,
  ...(status !== undefined && { status }),
});
