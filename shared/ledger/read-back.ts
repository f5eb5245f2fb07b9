import { keptReason } from './item-changes.ts';
import { ClaimLostError, type Ledger } from './ledger.ts';
import type { LedgerEntry, Settlement } from './states.ts';

/**
 * Reads back a refused settlement. If only the response of the first write got lost, the SDK has repeated the write,
 * and the entry holds this settlement.
 */
export function withReadBack(ledger: Ledger): Ledger {
  return {
    ...ledger,
    settle: async (claim, settlement) => {
      try {
        await ledger.settle(claim, settlement);
      } catch (error) {
        if (!(error instanceof ClaimLostError) || !isSettled(await ledger.read(claim), settlement)) throw error;
      }
    },
  };
}

/** A released claim leaves nothing to compare. */
function isSettled(entry: LedgerEntry | undefined, settlement: Settlement): boolean {
  switch (settlement.outcome) {
    case 'released':
      return true;
    case 'delivered':
      return entry?.delivered?.fingerprint === settlement.delivered.fingerprint;
    default: {
      const isSame = entry?.outcome === settlement.outcome && entry.reason === keptReason(settlement.reason);
      const nextTryAt = settlement.outcome === 'retrying' ? settlement.nextTryAt : undefined;
      const isEnded = entry?.lease?.owner === undefined && entry?.lease?.until === settlement.heldUntil;
      return isSame && isEnded && entry.nextTryAt === nextTryAt;
    }
  }
}
