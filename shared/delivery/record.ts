import type { SQSRecord } from 'aws-lambda';
import { NotMappable } from '../errors.ts';
import type { Log } from '../log.ts';
import { toDraft } from '../mapping/draft.ts';
import type { Settings } from '../mapping/settings.ts';
import { decodeRecord } from '../queue/envelope.ts';
import type { ParkRecord } from '../queue/sqs.ts';
import type { Job, Parking } from './deliver.ts';

/** A received record with the job it holds. */
export type Work = { record: SQSRecord; job: Job };

/** What is known of a record: all of it, unless it could not be decoded. */
export type Ids = { organization?: string; conversation?: string; callId?: string };

/** A record that no job can be made of. */
export type Unusable = { record: SQSRecord; ids: Ids; parking: Parking };

export const readRecord = (
  record: SQSRecord,
  options: { settingsFor: (organization: string) => Settings; maxReceives: number },
): Work | Unusable => {
  const decoded = decodeRecord(record.body);
  if (!decoded.ok) {
    const { organization, callId } = decoded.origin ?? {};
    const ids = { ...(organization && { organization }), ...(callId && { callId }) };
    return { record, ids, parking: { reason: decoded.reason, step: 'decode' } };
  }
  const { organization, callId, acceptedAt } = decoded.origin;
  const ids = { organization, callId, conversation: String(decoded.conversation.id) };
  try {
    const draft = toDraft(decoded.conversation, options.settingsFor(organization));
    return { record, job: { ...ids, draft, acceptedAt, lastTry: receivesOf(record) >= options.maxReceives } };
  } catch (error) {
    if (!(error instanceof NotMappable)) throw error;
    return { record, ids, parking: { reason: error.message, step: 'plan' } };
  }
};

/** How often SQS has handed the record out, this time included. */
export const receivesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount);

/** What every log line of a record carries. */
export const fieldsOf = (record: SQSRecord, { organization, conversation, callId }: Ids) => ({
  recordId: record.messageId,
  receiveCount: receivesOf(record),
  ...(organization && { organization }),
  ...(conversation && { conversation }),
  ...(callId && { callId }),
});

/** Puts a record into the DLQ whole, with its reason as attributes. */
export const createPark =
  (parkRecord: ParkRecord, log: Log) =>
  async (record: SQSRecord, ids: Ids, parking: Parking): Promise<void> => {
    const { organization, conversation, callId } = ids;
    const { reason, step, status, limetype } = parking;
    await parkRecord({
      body: record.body,
      organization: organization ?? 'unknown',
      attributes: {
        reason,
        step,
        ...(status !== undefined && { status: String(status) }),
        ...(limetype !== undefined && { limetype }),
        ...(organization && { organization }),
        ...(conversation && { conversation }),
        ...(callId && { callId }),
      },
    });
    log.error('parked', { ...fieldsOf(record, ids), ...parking });
  };
