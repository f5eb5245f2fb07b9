import type { LedgerKey } from './item.ts';
import type { Holder } from './item-changes.ts';
import type { Attempt, Decision, KnownObject, LedgerEntry, Settlement } from './states.ts';

/** The right to write a conversation to Lime until `until` (milliseconds), which `extend` moves. */
export type Claim = LedgerKey & Holder;

/** The claim has gone to another mapper: nothing more may be written in its name. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/** What a claim came to: a claim is there only where something may have to be written. */
export type Claimed = { decision: Decision; claim?: Claim };

export type Ledger = {
  /**
   * Claims the conversation for this attempt, in the name of the call that brought it, unless it is taken or delivered
   * already. One conditional write.
   */
  claim(key: LedgerKey & { callId?: string }, attempt: Attempt): Promise<Claimed>;
  /** Makes the lease last at least `milliseconds` from now; writes only where it does not already. Throws ClaimLost. */
  extend(claim: Claim, milliseconds: number): Promise<void>;
  /** Records what the limeobject may hold from now on. One conditional write. Throws ClaimLost. */
  record(claim: Claim, object: KnownObject): Promise<void>;
  /** Records how the attempt ended and ends the lease, unless it is held. One conditional write. Throws ClaimLost. */
  settle(claim: Claim, settlement: Settlement): Promise<void>;
  /** The conversation's entry as it is now; undefined where nothing is known of it. */
  read(key: LedgerKey): Promise<LedgerEntry | undefined>;
};
