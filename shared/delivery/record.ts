import type { SQSRecord } from 'aws-lambda';
import { MappingError } from '../errors.ts';
import type { Recency } from '../ledger/states.ts';
import { type Skip, skipOf } from '../mapping/accept.ts';
import { chooseInstance, type Draft, recencyOf, toDrafts } from '../mapping/draft.ts';
import type { Settings } from '../mapping/settings/settings.ts';
import { decodeRecord, headOf, type Origin } from '../queue/envelope.ts';
import type { Parking } from './settlement.ts';

/** A received record before its conversation is decoded. `bytes` is its decoded size. */
export type Received = { record: SQSRecord; ids: Origin; bytes: number };

/** Most decoded bytes of a record that is delivered next to others. A long chat has a tenth. */
export const MAX_SHARED_RECORD_BYTES = 262_144;

/** The delivery of a conversation to one limeobject: its draft, with the fields of its record. */
export type Job = {
  organization: string;
  conversation: string;
  /** The instance's name, for a limeobject besides the main one. */
  additional?: string;
  /** The add-on call that brought it. */
  callId: string;
  draft: Draft;
  /** True if no instance takes the conversation. The draft is then right only for an existing limeobject. */
  unmatched?: boolean;
  /** ISO time at which intake accepted it. */
  acceptedAt: string;
  /** The last try. A failure is parked. */
  lastTry: boolean;
};

/**
 * A record with its job, and the jobs of additional limeobjects. `skip` if the settings do not accept the conversation.
 */
export type Work = { record: SQSRecord; job: Job; additional: Job[]; skip?: Skip | undefined };

/** The known fields of a record. The job is missing if the record could not be decoded. */
export type Ids = Partial<Pick<Job, 'organization' | 'conversation' | 'callId' | 'acceptedAt'>> & { recency?: Recency };

/** A record without a job, and the reason. */
export type Unusable = { record: SQSRecord; ids: Ids; parking: Parking };

export function openRecord(record: SQSRecord): Received | Unusable {
  const head = headOf(record.body);
  if (head.ok) return { record, ids: head.origin, bytes: head.bytes };
  return { record, ids: {}, parking: { reason: head.reason, step: 'decode' } };
}

/** Decodes a record's conversation and drafts its limeobjects. */
export function readRecord(
  record: SQSRecord,
  options: { settingsFor: (organization: string) => Settings; maxReceives: number },
): Work | Unusable {
  const decoded = decodeRecord(record.body);
  if (!decoded.ok) {
    return { record, ids: decoded.origin ?? {}, parking: { reason: decoded.reason, step: 'decode' } };
  }
  const ids = { ...decoded.origin, conversation: String(decoded.conversation.id) };
  try {
    const settings = options.settingsFor(ids.organization);
    const chosen = chooseInstance(decoded.conversation, settings);
    const [main, ...others] = toDrafts(decoded.conversation, settings, chosen ?? settings.instances[0]);
    const lastTry = receivesOf(record) >= options.maxReceives;
    const additional = others.map((draft) => ({ ...ids, additional: draft.instance.name, draft, lastTry }));
    const skip = skipOf(decoded.conversation, settings);
    return { record, job: { ...ids, draft: main, lastTry, unmatched: chosen === undefined }, additional, skip };
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    const recency = recencyOf(decoded.conversation);
    return { record, ids: { ...ids, recency }, parking: { reason: error.message, step: 'plan' } };
  }
}

/** The fields of a record whose job was not run. */
export function idsOf(job: Job): Ids {
  return { ...job, recency: job.draft.recency };
}

/** How often SQS has handed out the record, this time included. */
export function receivesOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}
