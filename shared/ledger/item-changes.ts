import { storedDelivered } from './item.ts';
import type { Attempt, KnownObject, LedgerEntry, Settlement } from './states.ts';
import {
  all,
  type Changes,
  type Condition,
  compares,
  either,
  exists,
  isMissing,
  isSmaller,
} from './update-expression.ts';

/** The owner of a claim, and its attempt. */
export type Holder = Attempt & { owner: string; until: number };

/** Seconds an item is kept after its last change. After that, a resent conversation is delivered as a new one. */
const LIFETIME_SECONDS = 3 * 365 * 24 * 3_600;

/** Characters of a reason that are kept. */
const LONGEST_REASON = 1_000;

/** Unconfirmed attempts that are kept, 50 bytes each. A DynamoDB item may have 400 KB. */
export const MOST_UNCONFIRMED = 100;

/** Ids that are kept of a relation's possible values. A forgotten id counts as linked by hand, so its link stays. */
const MOST_LINKS = 100;

/** Neither a mapper nor Lime is at work on the conversation. */
export function isFree(now: number): Condition {
  return either(isMissing('leaseUntil'), compares('leaseUntil', '<=', now));
}

export function ownedBy(owner: string): Condition {
  return compares('leaseOwner', '=', owner);
}

/** Lime may need a write for this version. If this is false, `decide` finds the version unchanged. */
export function notDelivered(fingerprint: string): Condition {
  return either(
    isMissing('delivered'),
    compares('delivered.fingerprint', '<>', fingerprint),
    compares('outcome', '<>', 'delivered'),
    exists('tried'),
    exists('unresolved'),
  );
}

/** The attempt can be marked as unconfirmed. */
export const hasRoom: Condition = either(isMissing('unresolved'), isSmaller('unresolved', MOST_UNCONFIRMED));

/** The opposite of `hasRoom`. The marks of others already make each later attempt search first. */
export function isFull(entry: LedgerEntry | undefined): boolean {
  return (entry?.unconfirmedAttempts.length ?? 0) >= MOST_UNCONFIRMED;
}

/** This was delivered, and nobody is about to change it. */
export function isStill(fingerprint: string, now: number): Condition {
  return all(compares('delivered.fingerprint', '=', fingerprint), isFree(now));
}

/** With `isMarked`, the attempt counts as unconfirmed until it is settled. */
export function claiming(
  holder: Holder,
  { callId, isMarked, now }: { callId: string | undefined; isMarked: boolean; now: number },
): Changes {
  return {
    set: { leaseOwner: holder.owner, leaseUntil: holder.until, callId, expiresAt: expiryAt(now) },
    ...(isMarked && { add: marksOf(holder) }),
  };
}

/** Nobody has tried to deliver the conversation. */
export function isUntried(now: number): Condition {
  const isSkipped = either(isMissing('outcome'), compares('outcome', '=', 'skipped'));
  return all(isFree(now), isSkipped, isMissing('object'), isMissing('unresolved'));
}

export function skipping(reason: string, callId: string | undefined, now: number): Changes {
  return { set: { outcome: 'skipped', reason: keptReason(reason), callId, expiresAt: expiryAt(now) } };
}

export function extending(until: number): Changes {
  return { set: { leaseUntil: until } };
}

export function recording(object: KnownObject): Changes {
  return { set: { object: bounded(object) } };
}

/** The delivered content is also right at a later time. */
export function renewing({ recency }: Attempt): Changes {
  return { set: { 'delivered.recency': recency } };
}

export function settling(holder: Holder, settlement: Settlement, now: number): Changes {
  const { outcome } = settlement;
  if (outcome === 'delivered') {
    const { object, delivered } = settlement;
    const trouble = { reason: undefined, nextTryAt: undefined, tried: undefined };
    return {
      set: {
        ...leaseUntil(undefined),
        ...trouble,
        outcome,
        object: bounded(object),
        delivered: storedDelivered(delivered),
        expiresAt: expiryAt(now),
      },
      delete: marksOf(holder),
    };
  }
  const { confirmed = true, heldUntil } = settlement;
  const ended = leaseUntil(heldUntil);
  const unmarked = confirmed ? { delete: marksOf(holder) } : {};
  if (outcome === 'released') {
    const { delivered } = settlement;
    return { set: { ...ended, ...(delivered && { delivered: storedDelivered(delivered) }) }, ...unmarked };
  }
  const { object, isReplacement = false } = settlement;
  return {
    set: {
      ...ended,
      outcome,
      object: object && bounded(object),
      // For another limeobject, or none, nothing is known to be in Lime.
      ...((object === undefined || isReplacement) && { delivered: undefined }),
      reason: keptReason(settlement.reason),
      nextTryAt: outcome === 'retrying' ? settlement.nextTryAt : undefined,
      tried: holder.recency,
    },
    ...unmarked,
  };
}

/** The part of a reason that the ledger keeps. */
export function keptReason(reason: string): string {
  return reason.slice(0, LONGEST_REASON);
}

/** Ends the claim. Lime may still be at work on the conversation until `heldUntil`. */
function leaseUntil(heldUntil: number | undefined) {
  return { leaseOwner: undefined, leaseUntil: heldUntil };
}

function bounded(object: KnownObject): KnownObject {
  if (object.links === undefined) return object;
  const links = Object.entries(object.links).map(([property, ids]) => [property, ids.slice(-MOST_LINKS)]);
  return { ...object, links: Object.fromEntries(links) };
}

function marksOf({ fingerprint }: Attempt) {
  return { unresolved: new Set([fingerprint]) };
}

function expiryAt(now: number): number {
  return Math.floor(now / 1_000) + LIFETIME_SECONDS;
}
