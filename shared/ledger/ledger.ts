import type { LedgerKey } from './item.ts';
import type { Holder } from './item-changes.ts';
import type { Attempt, Decision, KnownObject, LedgerEntry, Settlement } from './states.ts';

/** The right to write a conversation to Lime until `until` (milliseconds), which `extend` moves. */
export type Claim = LedgerKey & Holder;

/** The claim has gone to another mapper. Nothing may be written under it any more. */
export class ClaimLostError extends Error {
  override readonly name = 'ClaimLostError';
}

/** The outcome of a claim. Contains a claim only if something may have to be written. */
export type Claimed = { decision: Decision; claim?: Claim };

export type Ledger = {
  /**
   * Claims the conversation for this attempt and its call, unless it is taken or already delivered. One conditional
   * write.
   */
  claim(key: LedgerKey & { callId?: string }, attempt: Attempt): Promise<Claimed>;
  /** Makes the lease last at least `milliseconds` from now. Writes only if it would end earlier. Throws ClaimLostError. */
  extend(claim: Claim, milliseconds: number): Promise<void>;
  /** Records what the limeobject may hold from now on. One conditional write. Throws ClaimLostError. */
  record(claim: Claim, object: KnownObject): Promise<void>;
  /**
   * Records the outcome of the attempt and ends the lease, unless it is held. One conditional write. Throws ClaimLostError.
   */
  settle(claim: Claim, settlement: Settlement): Promise<void>;
  /**
   * Records that the settings do not accept the conversation. One conditional write. False if a mapper has tried to
   * deliver it, now or earlier: then it is delivered whatever the settings accept.
   */
  skip(key: LedgerKey & { callId?: string }, reason: string): Promise<boolean>;
  /** The conversation's current entry. Undefined if there is none. */
  read(key: LedgerKey): Promise<LedgerEntry | undefined>;
};
