import * as z from 'zod';
import { WrittenDigests } from './written-digests.ts';

/** How new a conversation's content is, to tell an older record from a newer one. Times in milliseconds. */
export const Recency = z.object({
  updatedAt: z.number().optional(),
  lastMessageAt: z.number().optional(),
  messages: z.int().nonnegative(),
});
export type Recency = z.infer<typeof Recency>;

/** What has been written to Lime and confirmed. */
export const Delivered = z.object({
  /** Hash of what was written. */
  fingerprint: z.string(),
  recency: Recency,
  /** The conversation's entries, files and row that are in Lime. */
  writtenDigests: WrittenDigests,
});
export type Delivered = z.infer<typeof Delivered>;

/** The limeobject a conversation became, known from the moment it exists. */
export const KnownObject = z.object({
  instance: z.string(),
  limetype: z.string(),
  id: z.int().positive(),
  url: z.string(),
  /** Hash of the property values it was given last; empty where it was found rather than written. */
  values: z.string(),
  /**
   * The ids that its relation properties were given last, by property, and null for nobody. There is more than one where
   * an answer got lost. Anything else in Lime was changed by hand.
   */
  links: z.record(z.string(), z.array(z.int().positive().nullable())).optional(),
  /** Ids that the lookups found, and the hash of the search: a re-send with the same search needs no lookup. */
  found: z
    .object({
      search: z.string(),
      person: z.int().positive().optional(),
      company: z.int().positive().optional(),
      coworker: z.int().positive().optional(),
    })
    .optional(),
});
export type KnownObject = z.infer<typeof KnownObject>;

/**
 * What the ledger knows of one conversation; each additional limeobject of it has an entry of its own. A claim is a
 * lease in the name of one mapper; a settled entry has none.
 */
export const LedgerEntry = z.object({
  /** Without an owner nobody is at work, but Lime may still be, and everybody waits. */
  lease: z.object({ owner: z.string().optional(), until: z.number() }).optional(),
  outcome: z.enum(['delivered', 'retrying', 'parked']).optional(),
  object: KnownObject.optional(),
  delivered: Delivered.optional(),
  /**
   * Fingerprints of attempts that may have written something nobody confirmed. Each claim adds its own, and a settlement
   * that knows how everything ended takes it out.
   */
  unconfirmedAttempts: z.array(z.string()).default([]),
  reason: z.string().optional(),
  nextTryAt: z.number().optional(),
  /** How new the version is that `outcome` describes, where that is not the delivered one. */
  tried: Recency.optional(),
  /** The add-on call whose record claimed it last. It joins the link's log line with those of intake and mapper. */
  callId: z.string().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** What an attempt wants to write. */
export type Attempt = { fingerprint: string; recency: Recency };

/** What an attempt may do, by the entry that its claim found. */
export type Decision =
  /** Another mapper has it, or Lime may still be at work on it: try again at `until`. */
  | { action: 'wait'; until: number }
  /** Lime has exactly this. `newer` says that it has a later time than is recorded: a version in between is stale. */
  | { action: 'unchanged'; newer: boolean }
  /** Lime has a newer version, as `object`: write only messages that it lacks. */
  | ({ action: 'stale'; object: KnownObject | undefined; delivered: Delivered } & Reconciling)
  /** Write it: update `object`, or create one where there is none. */
  | ({ action: 'write'; object: KnownObject | undefined; delivered: Delivered | undefined } & Reconciling);

/** An earlier attempt may have written something nobody confirmed: ask Lime before anything is written. */
type Reconciling = { reconcileFirst: boolean };

/** Decides by the entry as it was before the claim; undefined where there was none. */
export function decide(entry: LedgerEntry | undefined, attempt: Attempt, now: number): Decision {
  if (entry?.lease !== undefined && entry.lease.until > now) return { action: 'wait', until: entry.lease.until };
  const { delivered, object, outcome } = entry ?? {};
  const reconcileFirst = (entry?.unconfirmedAttempts.length ?? 0) > 0;
  const newer = delivered !== undefined && isBefore(delivered.recency, attempt.recency, now);
  if (delivered !== undefined && delivered.fingerprint === attempt.fingerprint) {
    // A change was begun in between, and this version takes it back: the change may have reached Lime in part.
    const changedBetween = newer && (reconcileFirst || outcome !== 'delivered');
    // This very version failed since it was delivered, under other settings. This attempt ends that trouble.
    const wasInTrouble = entry?.tried !== undefined && !isBefore(attempt.recency, entry.tried, now);
    if (!changedBetween && !wasInTrouble) return { action: 'unchanged', newer };
  } else if (delivered !== undefined && isBefore(attempt.recency, delivered.recency, now)) {
    return { action: 'stale', object, delivered, reconcileFirst };
  }
  return { action: 'write', object, delivered, reconcileFirst };
}

/** Milliseconds by which a time may be ahead: as much as a wrong time zone explains. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/**
 * Tells whether one version is older than the other. Where only one of them has a time far ahead of the clock, that time
 * does not count: a date in the year 9999 would make every later version stale.
 */
function isBefore(one: Recency, other: Recency, now: number): boolean {
  const isAhead = (time = 0) => time > now + MOST_AHEAD_MS;
  const plausible = ({ messages, updatedAt, lastMessageAt }: Recency): Recency => ({
    messages,
    ...(isAhead(one.updatedAt) === isAhead(other.updatedAt) && { updatedAt }),
    ...(isAhead(one.lastMessageAt) === isAhead(other.lastMessageAt) && { lastMessageAt }),
  });
  return isOlder(plausible(one), plausible(other));
}

/** By the time of the last update where both have one, else by the last message's, then by the number of messages. */
export function isOlder(a: Recency, b: Recency): boolean {
  if (a.updatedAt !== undefined && b.updatedAt !== undefined && a.updatedAt !== b.updatedAt) {
    return a.updatedAt < b.updatedAt;
  }
  if (a.lastMessageAt !== undefined && b.lastMessageAt !== undefined && a.lastMessageAt !== b.lastMessageAt) {
    return a.lastMessageAt < b.lastMessageAt;
  }
  return a.messages < b.messages;
}

type Failure = {
  object: KnownObject | undefined;
  reason: string;
  /** Everything this attempt wrote is confirmed, or it wrote nothing. */
  confirmed: boolean;
  /** `object` replaces one that has vanished from Lime together with its notes. */
  isReplacement?: boolean;
  /** Lime may be at work on a write until then: nobody may claim the conversation before. */
  heldUntil?: number;
};

/** How an attempt ended, as far as the ledger keeps it. */
export type Settlement =
  | { outcome: 'delivered'; object: KnownObject; delivered: Delivered }
  | (Failure & { outcome: 'retrying'; nextTryAt: number })
  | (Failure & { outcome: 'parked' })
  /**
   * What was settled before stays: nothing was to be done, or an older version was at work, which may have added to
   * `delivered`. Not `confirmed` where this attempt, or an earlier one at the same version, may have written something.
   */
  | { outcome: 'released'; confirmed?: boolean; delivered?: Delivered; heldUntil?: number };

/** What the operator's link shows of a conversation. */
export type LinkState = 'queued' | 'delivering' | 'retrying' | 'delivered' | 'parked';

export function linkState(entry: LedgerEntry | undefined, now: number): LinkState {
  if (entry?.lease?.owner !== undefined && entry.lease.until > now) return 'delivering';
  return entry?.outcome ?? (entry === undefined ? 'queued' : 'retrying');
}
