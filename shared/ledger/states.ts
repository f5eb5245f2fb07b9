import * as z from 'zod';
import { Written } from './written.ts';

/** How new a conversation's content is, for telling an older record from a newer one. Times in milliseconds. */
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
  /** What of the conversation's entries, files and row is in Lime. */
  written: Written,
});
export type Delivered = z.infer<typeof Delivered>;

/** The limeobject a conversation became, known from the moment it exists. */
export const KnownObject = z.object({
  instance: z.string(),
  limetype: z.string(),
  id: z.int().positive(),
  url: z.string(),
  /** Hash of the property values it was last given; empty where it was found rather than written. */
  values: z.string(),
  /**
   * What its relation properties were given last, by property: an id, or null for nobody; more than one where an answer
   * got lost. What Lime holds besides was changed by hand.
   */
  links: z.record(z.string(), z.array(z.int().positive().nullable())).optional(),
  /** Ids that the lookups found, and the hash of what was searched: a re-send that searches the same needs no lookup. */
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
 * The ledger's item for one conversation, and for each additional limeobject of it one more.
 * A claim is a lease in the name of one mapper; a settled item has none. `unresolved` holds the fingerprints of
 * attempts of which nobody knows how far they got: each claim adds its own, a clean settlement takes it out again.
 */
export const LedgerEntry = z.object({
  /** Without an owner nobody is at work, but Lime may still be: all wait. */
  lease: z.object({ owner: z.string().optional(), until: z.number() }).optional(),
  outcome: z.enum(['delivered', 'retrying', 'parked']).optional(),
  object: KnownObject.optional(),
  delivered: Delivered.optional(),
  unresolved: z.array(z.string()).default([]),
  reason: z.string().optional(),
  nextTryAt: z.number().optional(),
  /** How new the version is of which `outcome` tells, where that is not the delivered one. */
  tried: Recency.optional(),
  /** The add-on call whose record claimed it last: joins the link's log line with those of intake and mapper. */
  callId: z.string().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** What an attempt wants to write. */
export type Attempt = { fingerprint: string; recency: Recency };

/** What follows from what was found when an attempt claimed the conversation. */
export type Decision =
  /** Another mapper has it, or Lime may still be at work on it: try again at `until`. */
  | { action: 'wait'; until: number }
  /** Lime has exactly this. `newer`: as of a later time than is recorded, so that what lies between is stale. */
  | { action: 'unchanged'; newer: boolean }
  /** Lime has something newer, as `object`: only messages that it lacks are to be written, `look` as below. */
  | { action: 'stale'; object: KnownObject | undefined; delivered: Delivered; look: boolean }
  /**
   * Write it. With `object` that one is updated, else one is created; `look` says that an earlier attempt may have
   * written something nobody confirmed, so Lime is asked before anything is written.
   */
  | { action: 'write'; object: KnownObject | undefined; delivered: Delivered | undefined; look: boolean };

/** Decides by the entry as it was before the claim; undefined where there was none. */
export const decide = (entry: LedgerEntry | undefined, attempt: Attempt, now: number): Decision => {
  if (entry?.lease !== undefined && entry.lease.until > now) return { action: 'wait', until: entry.lease.until };
  const { delivered, object, outcome } = entry ?? {};
  const look = (entry?.unresolved.length ?? 0) > 0;
  const newer = delivered !== undefined && isBefore(delivered.recency, attempt.recency, now);
  if (delivered !== undefined && delivered.fingerprint === attempt.fingerprint) {
    // A change that was begun since then, and is now taken back, may have reached Lime in part.
    const changedBetween = newer && (look || outcome !== 'delivered');
    // This very version could not be delivered again, under other settings: that is over when this attempt is.
    const wasInTrouble = entry?.tried !== undefined && !isBefore(attempt.recency, entry.tried, now);
    if (!changedBetween && !wasInTrouble) return { action: 'unchanged', newer };
  } else if (delivered !== undefined && isBefore(attempt.recency, delivered.recency, now)) {
    return { action: 'stale', object, delivered, look };
  }
  return { action: 'write', object, delivered, look };
};

/** Milliseconds by which a time may be ahead: a wrong time zone, and no more. */
const mostAhead = 24 * 3_600_000;

/**
 * Whether one version is older than the other. Where only one of both has a time far ahead of the clock, that time does
 * not count: a date in the year 9999 would make every later version an older one.
 */
const isBefore = (one: Recency, other: Recency, now: number): boolean => {
  const isAhead = (time = 0) => time > now + mostAhead;
  const plausible = ({ messages, updatedAt, lastMessageAt }: Recency): Recency => ({
    messages,
    ...(isAhead(one.updatedAt) === isAhead(other.updatedAt) && { updatedAt }),
    ...(isAhead(one.lastMessageAt) === isAhead(other.lastMessageAt) && { lastMessageAt }),
  });
  return isOlder(plausible(one), plausible(other));
};

/** By the time of the last update where both have one, else by the last message's, then by the number of messages. */
export const isOlder = (a: Recency, b: Recency): boolean => {
  if (a.updatedAt !== undefined && b.updatedAt !== undefined && a.updatedAt !== b.updatedAt) {
    return a.updatedAt < b.updatedAt;
  }
  if (a.lastMessageAt !== undefined && b.lastMessageAt !== undefined && a.lastMessageAt !== b.lastMessageAt) {
    return a.lastMessageAt < b.lastMessageAt;
  }
  return a.messages < b.messages;
};

type Failure = {
  object: KnownObject | undefined;
  reason: string;
  /** Everything this attempt wrote is confirmed, or it wrote nothing. */
  resolved: boolean;
  /** The limeobject is not the one that had what was delivered before: that one has vanished, and its notes with it. */
  anew?: boolean;
  /** Lime may be at work on a write until then: nobody may claim the conversation before. */
  heldUntil?: number;
};

/** How an attempt ended, as far as the ledger keeps it. */
export type Settlement =
  | { outcome: 'delivered'; object: KnownObject; delivered: Delivered }
  | (Failure & { outcome: 'retrying'; nextTryAt: number })
  | (Failure & { outcome: 'parked' })
  /**
   * What was settled before stays: nothing was to be done, or an older version was at work. `delivered` is what that one
   * has added to. Not `resolved` where this attempt, or an earlier one at the same, may have written something.
   */
  | { outcome: 'released'; resolved?: boolean; delivered?: Delivered; heldUntil?: number };

/** What the operator's link says of a conversation. */
export type LinkState = 'queued' | 'delivering' | 'retrying' | 'delivered' | 'parked';

export const linkState = (entry: LedgerEntry | undefined, now: number): LinkState => {
  if (entry?.lease?.owner !== undefined && entry.lease.until > now) return 'delivering';
  return entry?.outcome ?? (entry === undefined ? 'queued' : 'retrying');
};
