import { ClaimLost, type Ledger } from './ledger.ts';
import type { LedgerEntry, Settlement } from './states.ts';

/**
 * The ledger that reads back what it is told it could not settle: where only the answer got lost, the SDK has repeated
 * the write, and what it finds then is its own settlement.
 */
export function withReadBack(ledger: Ledger): Ledger {
  return {
    ...ledger,
    settle: async (claim, settlement) => {
      try {
        await ledger.settle(claim, settlement);
      } catch (error) {
        if (!(error instanceof ClaimLost) || !isSettled(await ledger.read(claim), settlement)) throw error;
      }
    },
  };
}

/** Whether the entry says what was to be settled. Where nothing was to be recorded, it is enough to have no claim. */
function isSettled(entry: LedgerEntry | undefined, settlement: Settlement): boolean {
  switch (settlement.outcome) {
    case 'released':
      return true;
    case 'delivered':
      return entry?.delivered?.fingerprint === settlement.delivered.fingerprint;
    default: {
      const isSame = entry?.outcome === settlement.outcome && entry.reason === settlement.reason;
      const nextTryAt = settlement.outcome === 'retrying' ? settlement.nextTryAt : undefined;
      return isSame && entry.lease === undefined && entry.nextTryAt === nextTryAt;
    }
  }
}
