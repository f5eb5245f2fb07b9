import { keyOf as keyOfItem, type LedgerKey } from '../../shared/ledger/item.ts';
import { type Claim, ClaimLostError, type Ledger } from '../../shared/ledger/ledger.ts';
import type { RecordKey, Starts } from '../../shared/ledger/starts.ts';
import { decide, type LedgerEntry } from '../../shared/ledger/states.ts';

/** The ledger without DynamoDB, for tests with thousands of deliveries. The tests of the ledger hold for both. */
export function createMemoryLedger(options: { lease: number; now: () => number }): Ledger & Starts {
  const { lease, now } = options;
  const entries = new Map<string, LedgerEntry>();
  let owners = 0;
  const keyOf = (key: LedgerKey) => keyOfItem(key).pk;

  /** The entry without its lease, for its owner only. */
  const settled = (claim: Claim): LedgerEntry => {
    const entry = entries.get(keyOf(claim));
    if (entry?.lease?.owner !== claim.owner) throw new ClaimLostError('another mapper has the conversation');
    const { lease: _, ...rest } = entry;
    return rest;
  };
  const without = (unconfirmedAttempts: string[], attempt: string) =>
    unconfirmedAttempts.filter((fingerprint) => fingerprint !== attempt);

  const starts = new Map<string, number>();
  const startOf = ({ organization, record }: RecordKey) => `${organization}#${record}`;

  return {
    startsOf: async (key) => starts.get(startOf(key)) ?? 0,
    start: async (key) => {
      const before = starts.get(startOf(key)) ?? 0;
      starts.set(startOf(key), before + 1);
      return before;
    },
    end: async (key) => void starts.delete(startOf(key)),
    read: async (key) => entries.get(keyOf(key)),
    claim: async ({ callId, ...key }, attempt) => {
      const before = entries.get(keyOf(key));
      const decision = decide(before, attempt, now());
      if (decision.action === 'unchanged' && decision.newer && before?.delivered !== undefined) {
        entries.set(keyOf(key), { ...before, delivered: { ...before.delivered, recency: attempt.recency } });
      }
      if (decision.action === 'wait' || decision.action === 'unchanged') return { decision };
      owners += 1;
      const claim = {
        ...key,
        owner: `mapper-${owners}`,
        fingerprint: attempt.fingerprint,
        recency: attempt.recency,
        until: now() + lease,
      };
      const { callId: _, ...known } = before ?? { unconfirmedAttempts: [] };
      const unconfirmedAttempts = [...without(known.unconfirmedAttempts, attempt.fingerprint), attempt.fingerprint];
      entries.set(keyOf(key), {
        ...known,
        ...(callId !== undefined && { callId }),
        unconfirmedAttempts,
        lease: { owner: claim.owner, until: claim.until },
      });
      return { decision, claim };
    },
    extend: async (claim, milliseconds) => {
      if (claim.until - now() >= milliseconds) return;
      const entry = settled(claim);
      claim.until = now() + Math.max(lease, milliseconds);
      entries.set(keyOf(claim), { ...entry, lease: { owner: claim.owner, until: claim.until } });
    },
    skip: async ({ callId, ...key }, reason) => {
      const { lease: held, ...entry } = entries.get(keyOf(key)) ?? { unconfirmedAttempts: [] };
      const isHeld = held !== undefined && held.until > now();
      const wasTried = entry.object !== undefined || entry.unconfirmedAttempts.length > 0;
      if (isHeld || wasTried || ![undefined, 'skipped'].includes(entry.outcome)) return false;
      entries.set(keyOf(key), { ...entry, outcome: 'skipped', reason, ...(callId !== undefined && { callId }) });
      return true;
    },
    record: async (claim, object) => {
      settled(claim);
      entries.set(keyOf(claim), { unconfirmedAttempts: [], ...entries.get(keyOf(claim)), object });
    },
    settle: async (claim, settlement) => {
      const { nextTryAt: _, ...entry } = settled(claim);
      const unconfirmedAttempts = without(entry.unconfirmedAttempts, claim.fingerprint);
      if (settlement.outcome === 'released') {
        const { confirmed = true, delivered, heldUntil } = settlement;
        entries.set(keyOf(claim), {
          ...settled(claim),
          ...(confirmed && { unconfirmedAttempts }),
          ...(delivered && { delivered }),
          ...(heldUntil && { lease: { until: heldUntil } }),
        });
      } else if (settlement.outcome === 'delivered') {
        const { reason: __, tried: ___, ...rest } = entry;
        entries.set(keyOf(claim), { ...rest, ...settlement, unconfirmedAttempts });
      } else {
        const { confirmed, object, isReplacement = false, heldUntil, ...rest } = settlement;
        const { object: __, delivered, ...kept } = entry;
        const known = object === undefined ? {} : { object, ...(delivered && !isReplacement && { delivered }) };
        entries.set(keyOf(claim), {
          ...kept,
          ...known,
          ...rest,
          tried: claim.recency,
          unconfirmedAttempts: confirmed ? unconfirmedAttempts : entry.unconfirmedAttempts,
          ...(heldUntil !== undefined && { lease: { until: heldUntil } }),
        });
      }
    },
  };
}
