import { LimeError, MappingError } from '../errors.ts';
import type { LedgerKey } from '../ledger/item.ts';
import type { Claim, Ledger } from '../ledger/ledger.ts';
import type { Decision, KnownObject, Recency, Settlement } from '../ledger/states.ts';
import { NO_DIGESTS } from '../ledger/written-digests.ts';
import { mayComeLate } from '../lime/retry.ts';
import { type Draft, noInstanceError, toDraft } from '../mapping/draft.ts';
import { unwrittenEntries } from '../notes/written/new-entries.ts';
import { write } from './attempt.ts';
import type { Delivery, Job, Parking, Ports } from './job.ts';
import { lateWriteGraceMs } from './lease.ts';
import { ObjectGone, type Progress } from './write/writing.ts';

/**
 * Delivers one conversation: claims it, writes what is missing in Lime and settles the outcome. Errors of Lime are
 * outcomes; what is thrown (ledger or queue out of reach) leaves the claim to run out.
 */
export const deliver = async (job: Job, ports: Ports): Promise<Delivery> => {
  const { ledger, now } = ports;
  const { decision, claim } = await ledger.claim(job, job.draft);
  if (decision.action === 'wait') {
    // Most claims end long before their lease does.
    const seconds = Math.min(Math.max(0, decision.until - now()) / 1_000, ports.delay(undefined));
    return { outcome: 'retry', reason: 'another mapper has it', seconds };
  }
  const isOlder = decision.action === 'stale';
  if (claim === undefined || decision.action === 'unchanged') {
    return { outcome: 'unchanged', instance: job.draft.instance.name };
  }
  if (isOlder && !tellsMore(job.draft, decision)) {
    await ledger.settle(claim, { outcome: 'released' });
    return { outcome: 'stale', instance: decision.object?.instance ?? job.draft.instance.name };
  }

  const progress: Progress = {
    step: 'plan',
    object: decision.object,
    delivered: decision.delivered,
    partial: decision.reconcileFirst,
    isOlder,
  };
  try {
    const draft = draftFor(job, decision.object);
    if (draft !== job.draft) {
      // Claimed was what another instance would write: only what its own writes tells whether Lime has it already.
      await ledger.settle(claim, { outcome: 'released', confirmed: !decision.reconcileFirst });
      return deliver({ ...job, draft }, ports);
    }
    const created = await write(job, ports, claim, progress, decision.reconcileFirst);
    if (progress.object === undefined) throw new MappingError('no limeobject');
    const writtenDigests = progress.delivered?.writtenDigests ?? NO_DIGESTS;
    if (progress.isOlder && decision.delivered !== undefined) {
      await ledger.settle(claim, { outcome: 'released', delivered: { ...decision.delivered, writtenDigests } });
    } else {
      const { fingerprint, recency } = job.draft;
      const delivered = { fingerprint, recency, writtenDigests };
      await ledger.settle(claim, { outcome: 'delivered', object: progress.object, delivered });
    }
    return {
      outcome: created ? 'created' : 'updated',
      limeobject: progress.object.id,
      instance: job.draft.instance.name,
    };
  } catch (error) {
    return settleFailure(job, ports, claim, progress, error);
  }
};

/** Whether an older version holds messages that Lime does not have. */
const tellsMore = ({ entries }: Draft, { object, delivered }: Stale): boolean =>
  object !== undefined && unwrittenEntries(entries, delivered, { isOlder: true }).length > 0;

type Stale = Extract<Decision, { action: 'stale' }>;

/** A conversation stays with the limeobject it became, also when its topic would now choose another instance. */
const draftFor = ({ draft, unmatched }: Job, object: KnownObject | undefined): Draft => {
  if (object === undefined && unmatched) throw noInstanceError();
  if (object === undefined) return draft;
  const instance = draft.settings.instances.find(({ name }) => name === object.instance);
  // An id is of a limetype: under the same name another one may be made today.
  if (instance?.limetype === object.limetype) {
    return instance === draft.instance ? draft : toDraft(draft.conversation, draft.settings, instance);
  }
  throw new MappingError(`the conversation is ${object.limetype} ${object.id}, which no instance writes to any more`);
};

const settleFailure = async (
  job: Job,
  ports: Ports,
  claim: Claim,
  progress: Progress,
  error: unknown,
): Promise<Delivery> => {
  const { object, step } = progress;
  const reason =
    error instanceof LimeError || error instanceof MappingError || error instanceof ObjectGone
      ? error.message
      : undefined;
  if (reason === undefined) throw error;

  const lime = error instanceof LimeError ? error : undefined;
  const confirmed = lime?.failure !== 'unclear' && !progress.partial;
  const isReplacement = progress.delivered === undefined;
  // An attempt that looks before Lime is done would find nothing and write it again.
  const wait = lime !== undefined && mayComeLate(lime) ? lateWriteGraceMs : 0;
  const held = wait > 0 ? { heldUntil: ports.now() + wait } : {};
  // What becomes of an older version says nothing of the newest, of which the link tells.
  const settle = (failure: Settlement) =>
    ports.ledger.settle(claim, progress.isOlder ? { outcome: 'released', confirmed, ...held } : failure);
  const forGood = lime === undefined || lime.failure === 'refused' || lime.failure === 'gone';
  if (forGood || job.lastTry) {
    const parking: Parking = {
      reason: forGood ? reason : `given up after the last try: ${reason}`,
      step,
      ...(lime !== undefined && { failure: lime.failure }),
      ...(lime?.status !== undefined && { status: lime.status }),
      ...((object !== undefined || !job.unmatched) && { limetype: job.draft.instance.limetype }),
    };
    await ports.park(job, parking);
    await settle({ outcome: 'parked', object, reason: parking.reason, confirmed, isReplacement, ...held }).catch(
      (unsettled: unknown) => ports.unsettled(job, unsettled),
    );
    return { outcome: 'parked', parking };
  }
  const seconds = Math.max(ports.delay(lime.retryAfterSeconds), wait / 1_000);
  const nextTryAt = ports.now() + seconds * 1_000;
  await settle({ outcome: 'retrying', object, reason, nextTryAt, confirmed, isReplacement, ...held });
  return { outcome: 'retry', reason, seconds, error: lime };
};

/** Notes in the ledger that a conversation was parked before anything could be planned, unless Lime has a newer version. */
export const recordParked = async (
  ledger: Ledger,
  key: LedgerKey & { callId?: string },
  recency: Recency,
  reason: string,
): Promise<void> => {
  const { decision, claim } = await ledger.claim(key, { fingerprint: 'not mappable', recency });
  if (claim === undefined) return;
  if (decision.action === 'write') {
    await ledger.settle(claim, { outcome: 'parked', object: decision.object, reason, confirmed: true });
  } else await ledger.settle(claim, { outcome: 'released' });
};
