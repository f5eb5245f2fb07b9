import type { SQSRecord } from 'aws-lambda';
import { MappingError } from '../errors.ts';
import type { Recency } from '../ledger/states.ts';
import { chooseInstance, recencyOf, toDrafts } from '../mapping/draft.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import { decodeRecord, headOf, type Origin } from '../queue/envelope.ts';
import type { ParkRecord } from '../queue/sqs.ts';
import type { Job, Parking } from './job.ts';

/** A received record whose conversation has not been decoded; `bytes` is what it grows to. */
export type Received = { record: SQSRecord; ids: Origin; bytes: number };

/** A received record with the job it holds, and those of the limeobjects that are made beside it. */
export type Work = { record: SQSRecord; job: Job; additional: Job[] };

/** What is known of a record: all of it, unless it could not be decoded. */
export type Ids = Partial<Pick<Job, 'organization' | 'conversation' | 'callId' | 'acceptedAt'>> & { recency?: Recency };

/** A record that no job can be made of. */
export type Unusable = { record: SQSRecord; ids: Ids; parking: Parking };

export function openRecord(record: SQSRecord): Received | Unusable {
  const head = headOf(record.body);
  if (head.ok) return { record, ids: head.origin, bytes: head.bytes };
  return { record, ids: {}, parking: { reason: head.reason, step: 'decode' } };
}

export const readRecord = (
  record: SQSRecord,
  options: { settingsFor: (organization: string) => Settings; maxReceives: number },
): Work | Unusable => {
  const decoded = decodeRecord(record.body);
  if (!decoded.ok) {
    return { record, ids: decoded.origin ?? {}, parking: { reason: decoded.reason, step: 'decode' } };
  }
  const ids = { ...decoded.origin, conversation: String(decoded.conversation.id) };
  const { organization } = ids;
  try {
    const settings = options.settingsFor(organization);
    const chosen = chooseInstance(decoded.conversation, settings);
    const unmatched = chosen === undefined;
    const [main, ...others] = toDrafts(decoded.conversation, settings, chosen ?? settings.instances[0]);
    const lastTry = receivesOf(record) >= options.maxReceives;
    const additional = others.map((draft) => ({ ...ids, additional: draft.instance.name, draft, lastTry }));
    return { record, job: { ...ids, draft: main, lastTry, unmatched }, additional };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    const recency = recencyOf(decoded.conversation);
    return { record, ids: { ...ids, recency }, parking: { reason: error.message, step: 'plan' } };
  }
};

/** What is known of a record whose job was not done. */
export const idsOf = (job: Job): Ids => ({ ...job, recency: job.draft.recency });

/** How often SQS has handed the record out, this time included. */
export const receivesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount);

/** What every log line of a record carries; `seconds` have passed since intake accepted it. */
export const fieldsOf = (record: SQSRecord, { organization, conversation, callId, acceptedAt }: Ids, now: number) => ({
  recordId: record.messageId,
  receiveCount: receivesOf(record),
  ...(organization && { organization }),
  ...(conversation && { conversation }),
  ...(callId && { callId }),
  ...(acceptedAt && { seconds: secondsSince(acceptedAt, now) }),
});

/** Seconds since intake accepted it, by another machine's clock. */
export const secondsSince = (acceptedAt: string, now: number): number =>
  Math.max(0, now - Date.parse(acceptedAt)) / 1_000;

/** Puts a record into the DLQ whole, with its reason as attributes. */
export const createPark =
  (parkRecord: ParkRecord) =>
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
  };
