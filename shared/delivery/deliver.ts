import { LimeError, MappingError } from '../errors.ts';
import type { Claim, Ledger } from '../ledger/ledger.ts';
import type { Decision, KnownObject } from '../ledger/states.ts';
import type { WrittenDigests } from '../ledger/written-digests.ts';
import type { Lime } from '../lime/lime.ts';
import type { ReadMetadata } from '../lime/metadata.ts';
import type { ExtendLease } from '../lime/pipeline/lease.ts';
import { isRefusal } from '../lime/retry.ts';
import { type Draft, noInstanceError, toDraft } from '../mapping/draft.ts';
import { completePlan, limetypesOf } from '../mapping/plan/plan.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { LimitConcurrency } from '../media/limit-concurrency.ts';
import { unwrittenEntries } from '../notes/written/new-entries.ts';
import type { Attach } from './attach/attach.ts';
import { advance, type Progress, type ProgressEvent } from './progress.ts';
import type { Job } from './record.ts';
import {
  type CachedMatches,
  cachedMatchesOf,
  cacheMatches,
  isLateEvent,
  matchesOfNewest,
  noMatches,
  searchesNobody,
} from './relations/cached-matches.ts';
import type { Find } from './relations/find.ts';
import type { FindOrCreate } from './relations/find-or-create.ts';
import { type Parking, settlementFor, settlementOf, type Undelivered } from './settlement.ts';
import { underClaim } from './under-claim.ts';
import { writeBeside } from './write/beside.ts';
import { ObjectGoneError, type WriteContext } from './write/context.ts';
import { writeObject } from './write/object.ts';

/** The dependencies of a delivery, one set for each record. */
export type DeliveryDeps = {
  /** Lime for requests under a claim, or without one. */
  limeFor: (extendLease?: ExtendLease) => Lime;
  ledger: Ledger;
  /** The organization's key for the hashes by which the ledger knows people. */
  hashKey?: string | undefined;
  metadata: ReadMetadata;
  /** Finds the limeobjects to link to. Relations with cached matches are not searched. */
  find: Find;
  /** Chooses a limeobject of the tenant to attach a conversation to. */
  attach: Attach;
  /** Creates the missing persons and companies that the settings ask for. */
  findOrCreate: FindOrCreate;
  /** Fetches a file of a conversation. Throws LimeError if there is no time for it. */
  fetchMedia: FetchMedia;
  /** Runs a task that holds a file in memory. All deliveries of a mapper share the limit. */
  limitConcurrency: LimitConcurrency;
  /** Link that opens a limeobject. */
  urlOf: (limetype: string, id: number) => string;
  /** Puts the job's record into the DLQ. The conversation counts as parked only after that. */
  park: (job: Job, parking: Parking) => Promise<void>;
  /** Seconds until the next try, given the time that Lime asked for. */
  delay: (retryAfterSeconds: number | undefined) => number;
  /** The DLQ has the record, but the ledger could not be updated. */
  unsettled: (job: Job, error: unknown) => void;
  now: () => number;
};

/** The outcome of one delivery. */
export type Delivery =
  | { outcome: 'created' | 'updated' | 'unchanged' | 'stale'; instance: string; limeobject?: number }
  | Undelivered;

type Attempt = {
  job: Job;
  deps: DeliveryDeps;
  claim: Claim;
  progress: () => Progress;
  advance: (event: ProgressEvent) => void;
};

/**
 * Delivers one conversation: claims it, writes what Lime lacks and settles the outcome. Errors of Lime are outcomes.
 * Any other error (ledger or queue out of reach) is thrown, and the claim runs out.
 */
export async function deliver(job: Job, deps: DeliveryDeps): Promise<Delivery> {
  const { ledger } = deps;
  const { decision, claim } = await ledger.claim(job, job.draft);
  if (decision.action === 'wait') return waitUntil(decision.until, deps);
  const instance = job.draft.instance.name;
  if (claim === undefined || decision.action === 'unchanged') return { outcome: 'unchanged', instance };
  if (decision.action === 'stale' && !hasMore(job.draft, decision)) {
    await ledger.settle(claim, { outcome: 'released' });
    return { outcome: 'stale', instance: decision.object?.instance ?? instance };
  }

  let progress = progressOf(decision);
  const attempt: Attempt = {
    ...{ job, deps, claim },
    progress: () => progress,
    advance: (event) => {
      progress = advance(progress, event);
    },
  };
  try {
    const draft = draftFor(job, decision.object);
    if (draft !== job.draft) {
      // The claim is for the draft of another instance. Only a claim for this one shows if Lime has it already.
      await ledger.settle(claim, { outcome: 'released', confirmed: !decision.reconcileFirst });
      return deliver({ ...job, draft }, deps);
    }
    const { created, object, writtenDigests } = await write(attempt, decision.reconcileFirst);
    await ledger.settle(claim, settlementOf(progress, draft, { object, writtenDigests, before: decision.delivered }));
    return { outcome: created ? 'created' : 'updated', limeobject: object.id, instance };
  } catch (error) {
    return settleFailure(attempt, error);
  }
}

/** Most claims end long before their lease does. */
function waitUntil(until: number, { now, delay }: DeliveryDeps): Delivery {
  const seconds = Math.min(Math.max(0, until - now()) / 1_000, delay(undefined));
  return { outcome: 'retry', reason: 'another mapper has it', seconds };
}

type Stale = Extract<Decision, { action: 'stale' }>;

/** True if an older version has messages that Lime lacks. */
function hasMore({ entries }: Draft, { object, delivered }: Stale): boolean {
  return object !== undefined && unwrittenEntries(entries, delivered, { isOlder: true }).length > 0;
}

function progressOf({
  action,
  object,
  delivered,
  reconcileFirst,
}: Extract<Decision, { reconcileFirst: boolean }>): Progress {
  return { step: 'plan', object, delivered, isOlder: action === 'stale', hasUnrecordedWrites: reconcileFirst };
}

/** A conversation keeps its limeobject, even if its topic would now choose another instance. */
function draftFor({ draft, unmatched }: Job, object: KnownObject | undefined): Draft {
  if (object === undefined && unmatched) throw noInstanceError();
  if (object === undefined) return draft;
  const instance = draft.settings.instances.find(({ name }) => name === object.instance);
  // The id belongs to a limetype, and the settings may have changed the limetype of this instance.
  if (instance?.limetype === object.limetype) {
    return instance === draft.instance ? draft : toDraft(draft.conversation, draft.settings, instance);
  }
  throw new MappingError(`the conversation is ${object.limetype} ${object.id}, which no instance writes to any more`);
}

type Result = { created: boolean; object: KnownObject; writtenDigests: WrittenDigests };

/** Writes the conversation. Writes once more if the limeobject or a linked one is gone from Lime. */
async function write(attempt: Attempt, reconcileFirst: boolean): Promise<Result> {
  const { job, deps, progress } = attempt;
  const { object, isOlder, delivered } = progress();
  const cached = cachedMatchesOf(job.draft, object, deps.hashKey);
  const isLate = isLateEvent(job.draft, delivered) && Object.keys(cached).length > 0;
  const matches = isOlder || isLate ? matchesOfNewest(object) : cached;
  try {
    return await writeAll(attempt, matches, reconcileFirst);
  } catch (error) {
    if (error instanceof ObjectGoneError) {
      attempt.advance({ type: 'objectGone' });
      return writeAll(attempt, {}, reconcileFirst, true);
    }
    if (!isRefusal(error) || Object.keys(matches).length === 0) throw error;
    // A cached match may be gone, and Lime refuses links to it. Search again.
    return writeAll(attempt, progress().isOlder ? noMatches : {}, reconcileFirst || progress().hasUnrecordedWrites);
  }
}

/**
 * Writes the limeobject and what belongs to it. With `reconcileFirst`, first searches Lime for writes of an unconfirmed
 * attempt.
 * @param isFresh searches Lime again for a limeobject to attach to
 */
async function writeAll(
  attempt: Attempt,
  matches: CachedMatches,
  reconcileFirst: boolean,
  isFresh = false,
): Promise<Result> {
  const { job, deps } = attempt;
  const { draft, acceptedAt } = job;
  const { object, delivered, isOlder } = attempt.progress();
  const metadata = await deps.metadata(limetypesOf(draft));
  const planned = completePlan(draft, metadata, job.acceptedAt);
  attempt.advance({ type: 'step', step: 'lookup' });
  const searched = await deps.find(draft, matches);
  const { found, plan } =
    isOlder || searchesNobody(matches)
      ? { found: searched, plan: planned }
      : await deps.findOrCreate(job, planned, searched);

  attempt.advance({ type: 'step', step: 'object' });
  const attach: WriteContext['attach'] = (to) => deps.attach({ draft, plan, found, acceptedAt, isFresh }, to);
  const state = { plan, draft, found, delivered, isOlder, reconcileFirst, acceptedAt, attach };
  const context = { ...underClaim(deps, attempt), ...state };
  const written = await writeObject(context, object);
  const writtenDigests = await writeBeside(context, written, searched.person);
  return {
    created: written.created,
    writtenDigests,
    object: isOlder ? written.object : cacheMatches(draft, written.object, found, deps.hashKey),
  };
}

async function settleFailure({ job, deps, claim, progress }: Attempt, error: unknown): Promise<Delivery> {
  if (!(error instanceof LimeError || error instanceof MappingError || error instanceof ObjectGoneError)) throw error;
  const hasInstance = progress().object !== undefined || !job.unmatched;
  const { settlement, undelivered } = settlementFor(progress(), error, {
    isLastTry: job.lastTry,
    limetype: hasInstance ? job.draft.instance.limetype : undefined,
    retryInSeconds: deps.delay(error instanceof LimeError ? error.retryAfterSeconds : undefined),
    now: deps.now(),
  });
  if (undelivered.outcome === 'parked') await deps.park(job, undelivered.parking);
  const settled = deps.ledger.settle(claim, settlement);
  if (undelivered.outcome === 'parked') await settled.catch((unsettled: unknown) => deps.unsettled(job, unsettled));
  else await settled;
  return undelivered;
}
