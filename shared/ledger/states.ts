import * as z from 'zod';
import { WrittenDigests } from './written-digests.ts';

/** How recent a conversation's content is. Orders the versions of a conversation. Times in milliseconds. */
export const Recency = z.object({
  updatedAt: z.number().optional(),
  lastMessageAt: z.number().optional(),
  messages: z.int().nonnegative(),
});
export type Recency = z.infer<typeof Recency>;

/** Content that was written to Lime and confirmed. */
export const Delivered = z.object({
  /** Hash of what was written. */
  fingerprint: z.string(),
  recency: Recency,
  /** The conversation's entries, files and row that are in Lime. */
  writtenDigests: WrittenDigests,
});
export type Delivered = z.infer<typeof Delivered>;

/** The limeobject of a conversation, known from the moment it exists. */
export const KnownObject = z.object({
  instance: z.string(),
  limetype: z.string(),
  id: z.int().positive(),
  url: z.string(),
  /** Hash of the last written property values. Empty if the limeobject was found rather than written. */
  values: z.string(),
  /**
   * Hashes of the last written values of properties that people may change, by property. There are several if a response
   * got lost. Any other value in Lime was changed by somebody.
   */
  written: z.record(z.string(), z.array(z.string())).optional(),
  /** True if it was in Lime before the conversation. Only the conversation's notes, files and row belong to it. */
  attached: z.boolean().optional(),
  /**
   * The last written ids of its relation properties, by property, null for no link. There are several if a response got
   * lost. Any other id in Lime was changed by hand.
   */
  links: z.record(z.string(), z.array(z.int().positive().nullable())).optional(),
  /** Matches of the lookups, and the hash of the search. A resend with the same search needs no lookup. */
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
 * The ledger's entry of one conversation. Each additional limeobject has its own entry. A claim is the lease of one
 * mapper. A settled entry has none.
 */
export const LedgerEntry = z.object({
  /** Without an owner no mapper is at work. Lime may still be, so every mapper waits. */
  lease: z.object({ owner: z.string().optional(), until: z.number() }).optional(),
  /** `skipped` if the settings do not accept any version that has come so far. Nothing of it is in Lime. */
  outcome: z.enum(['delivered', 'retrying', 'parked', 'skipped']).optional(),
  object: KnownObject.optional(),
  delivered: Delivered.optional(),
  /**
   * Fingerprints of attempts with unconfirmed writes. Each claim adds its own, and a settlement with a known outcome
   * removes it.
   */
  unconfirmedAttempts: z.array(z.string()).default([]),
  reason: z.string().optional(),
  nextTryAt: z.number().optional(),
  /** How recent the version is that `outcome` describes, if it is not the delivered one. */
  tried: Recency.optional(),
  /**
   * The add-on call of the record that claimed it last. It joins the link's log line with those of intake and mapper.
   */
  callId: z.string().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** The version that an attempt wants to write. */
export type Attempt = { fingerprint: string; recency: Recency };

/** The decision for an attempt, by the entry that its claim found. */
export type Decision =
  /** Another mapper has it, or Lime may still be at work on it. Try again at `until`. */
  | { action: 'wait'; until: number }
  /**
   * Lime has exactly this version. `newer` if its time is later than the recorded one, so that a version in between is
   * stale.
   */
  | { action: 'unchanged'; newer: boolean }
  /** Lime has a newer version, as `object`. Write only messages that it lacks. */
  | ({ action: 'stale'; object: KnownObject | undefined; delivered: Delivered } & Reconciling)
  /** Write it: update `object`, or create one if there is none. */
  | ({ action: 'write'; object: KnownObject | undefined; delivered: Delivered | undefined } & Reconciling);

/** An earlier attempt has unconfirmed writes. Search Lime before anything is written. */
type Reconciling = { reconcileFirst: boolean };

/** Decides by the entry as it was before the claim. Undefined if there was none. */
export function decide(entry: LedgerEntry | undefined, attempt: Attempt, now: number): Decision {
  if (entry?.lease !== undefined && entry.lease.until > now) return { action: 'wait', until: entry.lease.until };
  const { delivered, object, outcome } = entry ?? {};
  const reconcileFirst = (entry?.unconfirmedAttempts.length ?? 0) > 0;
  const newer = delivered !== undefined && isBefore(delivered.recency, attempt.recency, now);
  if (delivered !== undefined && delivered.fingerprint === attempt.fingerprint) {
    // A change was started since the delivery, and this version reverts it. Lime may have part of the change.
    const changedBetween = newer && (reconcileFirst || outcome !== 'delivered');
    // This version failed after it was delivered, under other settings. This attempt clears that failure.
    const wasInTrouble = entry?.tried !== undefined && !isBefore(attempt.recency, entry.tried, now);
    if (!changedBetween && !wasInTrouble) return { action: 'unchanged', newer };
  } else if (delivered !== undefined && isBefore(attempt.recency, delivered.recency, now)) {
    return { action: 'stale', object, delivered, reconcileFirst };
  }
  return { action: 'write', object, delivered, reconcileFirst };
}

/** Milliseconds by which a time may be ahead. Covers a wrong time zone. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/**
 * True if one version is older than the other. If only one of them has a time far ahead of the clock, that time does
 * not count. Otherwise a date in the year 9999 would make every later version stale.
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

/** Compares the times of the last update if both have one, else of the last message, then the number of messages. */
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
  /** True if everything this attempt wrote is confirmed, or it wrote nothing. */
  confirmed: boolean;
  /** True if `object` replaces one that was deleted in Lime together with its notes. */
  isReplacement?: boolean;
  /** Lime may be at work on a write until then. Nobody may claim the conversation before. */
  heldUntil?: number;
};

/** The outcome of an attempt, as the ledger keeps it. */
export type Settlement =
  | { outcome: 'delivered'; object: KnownObject; delivered: Delivered }
  | (Failure & { outcome: 'retrying'; nextTryAt: number })
  | (Failure & { outcome: 'parked' })
  /**
   * Keeps the earlier settlement, because nothing was to be done, or an older version only added to `delivered`. Not
   * `confirmed` if this attempt, or an earlier one at the same version, may have written something.
   */
  | { outcome: 'released'; confirmed?: boolean; delivered?: Delivered; heldUntil?: number };

/** The state that the operator's link shows. */
export type LinkState = 'queued' | 'delivering' | 'retrying' | 'delivered' | 'parked' | 'skipped';

export function linkState(entry: LedgerEntry | undefined, now: number): LinkState {
  if (entry?.lease?.owner !== undefined && entry.lease.until > now) return 'delivering';
  return entry?.outcome ?? (entry === undefined ? 'queued' : 'retrying');
}
