import { LimeError } from '../../errors.ts';
import type { Claim, Ledger } from '../../ledger/ledger.ts';
import type { LedgerEntry, Recency, Settlement } from '../../ledger/states.ts';
import { NO_DIGESTS } from '../../ledger/written-digests.ts';
import type { Lime } from '../../lime/lime.ts';
import type { ExtendLease } from '../../lime/pipeline/lease.ts';
import { createObject, readObject } from '../../lime/requests.ts';
import { LATE_WRITE_GRACE_MS, mayComeLate } from '../../lime/retry.ts';
import { Limeobject, RelatedId } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import type { Match } from '../../mapping/search.ts';
import type { SearchAgain } from './find.ts';
import { type CreatableRelation, type Creation, searchOf } from './pending-creations.ts';

/** Seconds until the retry of a record that waits for another mapper to create a person. */
const WAIT_SECONDS = 5;

/** The ledger's key of what is created for a conversation. */
const FINGERPRINT = 'made';

/** The dependencies for creating persons and companies. */
export type CreateDeps = {
  /** Lime for requests under a claim, or without one. */
  limeFor: (extendLease?: ExtendLease) => Lime;
  ledger: Ledger;
  /** The organization's key for the hashes of people. */
  hashKey?: string | undefined;
  searchAgain: SearchAgain;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

/** A person or company to create. */
export type Wanted = {
  organization: string;
  draft: Draft;
  relation: CreatableRelation;
  limetype: string;
  /** The ledger's key, and the one from before the organization had a hash key. */
  key: string;
  formerKey?: string;
  /** Called only after a search found nothing, when the limeobject is about to be created. */
  values: () => Promise<Values>;
};

/**
 * Creates one person or company under a claim of the ledger, unless Lime has it by now. A limeobject in the ledger is
 * first read in Lime, because a search may miss one that is new or lacks the searched value. Throws LimeError,
 * `unavailable` while another mapper creates it.
 * @param gone a limeobject that was created before and cannot be linked any more
 */
export async function createUnderClaim(deps: CreateDeps, wanted: Wanted, gone?: number): Promise<Creation> {
  const { ledger, now } = deps;
  const key = { organization: wanted.organization, conversation: wanted.key };
  const recency = { updatedAt: now(), messages: 0 };
  // Another fingerprint makes the ledger replace its limeobject.
  const attempt = gone === undefined ? FINGERPRINT : `${FINGERPRINT} without ${gone}`;
  const { decision, claim } = await ledger.claim(key, { fingerprint: attempt, recency });
  if (decision.action === 'wait') throw createdElsewhere(wanted);
  if (claim === undefined || decision.action !== 'write') {
    const object = (await ledger.read(key))?.object;
    if (claim !== undefined) await ledger.settle(claim, { outcome: 'released' });
    if (object === undefined || object.id === gone) throw createdElsewhere(wanted);
    const match = await readKnown(deps, wanted, object.id);
    return match === undefined ? createUnderClaim(deps, wanted, object.id) : { match, isNew: false };
  }

  const former = decision.object === undefined ? await readFormer(deps, wanted) : undefined;
  if (former?.lease !== undefined && former.lease.until > now()) {
    await ledger.settle(claim, { outcome: 'released', confirmed: !decision.reconcileFirst });
    throw createdElsewhere(wanted);
  }
  const recorded = decision.object ?? former?.object;
  const known = recorded?.id === gone ? undefined : recorded;
  const progress = { known, mustSearch: decision.reconcileFirst || former !== undefined || recorded !== undefined };
  try {
    const creation = await readSearchOrCreate(deps, wanted, claim, progress);
    await ledger.settle(claim, settlementOf(deps, wanted, creation.match, recency));
    return creation;
  } catch (error) {
    if (!(error instanceof LimeError)) throw error;
    // A failed search leaves open if an earlier attempt has created it.
    const confirmed = error.failure !== 'unclear' && !progress.mustSearch;
    const reason = `${wanted.relation}: ${error.message}`;
    // Lime may still be writing. An attempt that searches too early would create a duplicate.
    const held = mayComeLate(error) ? { heldUntil: now() + LATE_WRITE_GRACE_MS } : {};
    const nextTryAt = now();
    await ledger.settle(claim, { outcome: 'retrying', object: progress.known, reason, nextTryAt, confirmed, ...held });
    throw error;
  }
}

function settlementOf(
  { urlOf }: CreateDeps,
  { relation, limetype }: Wanted,
  match: Match,
  recency: Recency,
): Settlement {
  if (match.kind !== 'one') return { outcome: 'released' };
  const { id } = match;
  const object = { instance: relation, limetype, id, url: urlOf(limetype, id), values: '' };
  return { outcome: 'delivered', object, delivered: { fingerprint: FINGERPRINT, recency, writtenDigests: NO_DIGESTS } };
}

/** Links the ledger's limeobject, else what a search finds, else creates one. `progress` says how far it came. */
async function readSearchOrCreate(
  deps: CreateDeps,
  wanted: Wanted,
  claim: Claim,
  progress: { known: LedgerEntry['object']; mustSearch: boolean },
): Promise<Creation> {
  const match = progress.known && (await readKnown(deps, wanted, progress.known.id));
  if (match !== undefined) return { match, isNew: false };
  progress.known = undefined;
  if (progress.mustSearch) {
    const found = await deps.searchAgain(wanted.draft, wanted.relation);
    progress.mustSearch = false;
    if (found.kind !== 'none') return { match: found, isNew: false };
  }
  const lime = deps.limeFor((milliseconds) => deps.ledger.extend(claim, milliseconds));
  const { _id } = await lime(createObject(wanted.limetype, await wanted.values()), Limeobject);
  return { match: { kind: 'one', id: _id }, isNew: true };
}

function createdElsewhere({ relation }: Wanted): LimeError {
  return new LimeError('unavailable', `another mapper creates the ${relation}`, { retryAfterSeconds: WAIT_SECONDS });
}

/** The entry under the key from before the organization had a hash key. */
async function readFormer(
  { ledger }: CreateDeps,
  { organization, formerKey }: Wanted,
): Promise<LedgerEntry | undefined> {
  return formerKey === undefined ? undefined : ledger.read({ organization, conversation: formerKey });
}

/** The ledger's limeobject, with its company in Lime. Undefined if it is deleted or inactive. */
async function readKnown(
  { limeFor }: CreateDeps,
  { draft, relation, limetype }: Wanted,
  id: number,
): Promise<Match | undefined> {
  const { inactive, company } = searchOf(draft, relation) ?? {};
  try {
    const read = await limeFor()(readObject(limetype, id), Limeobject);
    if (inactive !== undefined && read[inactive] === true) return undefined;
    const employer = company === undefined ? undefined : RelatedId.safeParse(read[company]).data;
    return { kind: 'one', id, ...(employer !== undefined && { company: employer }) };
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') return undefined;
    throw error;
  }
}
