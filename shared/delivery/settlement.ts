import { LimeError, type LimeFailure } from '../errors.ts';
import type { Attempt, Delivered, KnownObject, Settlement } from '../ledger/states.ts';
import type { WrittenDigests } from '../ledger/written-digests.ts';
import { isRefusal, LATE_WRITE_GRACE_MS, mayComeLate } from '../lime/retry.ts';
import type { Progress, Step } from './progress.ts';

/** The reason why a conversation cannot be delivered, without any of its content. */
export type Parking = {
  reason: string;
  step: 'decode' | 'start' | Step;
  failure?: LimeFailure;
  status?: number;
  limetype?: string;
};

/** An attempt that is retried or parked. */
export type Undelivered =
  | { outcome: 'retry'; reason: string; seconds: number; error?: LimeError }
  | { outcome: 'parked'; parking: Parking };

/** Settles a failed attempt. Temporary errors of Lime are retried until the last try. All others are parked. */
export function settlementFor(
  progress: Progress,
  error: Error,
  attempt: {
    isLastTry: boolean;
    /** Undefined if no instance takes the conversation. */
    limetype: string | undefined;
    retryInSeconds: number;
    now: number;
  },
): { settlement: Settlement; undelivered: Undelivered } {
  const { object, step, isOlder } = progress;
  const lime = error instanceof LimeError ? error : undefined;
  const confirmed = lime?.failure !== 'unclear' && !progress.hasUnrecordedWrites;
  // Lime may still be writing. An attempt that searches too early would create a duplicate.
  const grace = lime !== undefined && mayComeLate(lime) ? LATE_WRITE_GRACE_MS : 0;
  const held = grace > 0 ? { heldUntil: attempt.now + grace } : {};
  const isReplacement = progress.delivered === undefined;
  // The link shows the newest version, so the failure of an older one does not change the entry.
  const settle = (failure: Settlement): Settlement => (isOlder ? { outcome: 'released', confirmed, ...held } : failure);

  const isFinal = lime === undefined || isRefusal(lime);
  if (isFinal || attempt.isLastTry) {
    const reason = isFinal ? error.message : `given up after the last try: ${error.message}`;
    const parking: Parking = {
      reason,
      step,
      ...(lime !== undefined && { failure: lime.failure }),
      ...(lime?.status !== undefined && { status: lime.status }),
      ...(attempt.limetype !== undefined && { limetype: attempt.limetype }),
    };
    const settlement = settle({ outcome: 'parked', object, reason, confirmed, isReplacement, ...held });
    return { settlement, undelivered: { outcome: 'parked', parking } };
  }
  const seconds = Math.max(attempt.retryInSeconds, grace / 1_000);
  const nextTryAt = attempt.now + seconds * 1_000;
  const reason = error.message;
  const settlement = settle({ outcome: 'retrying', object, reason, nextTryAt, confirmed, isReplacement, ...held });
  return { settlement, undelivered: { outcome: 'retry', reason, seconds, error: lime } };
}

/** Settles an attempt that has written everything. An older version only adds to what was delivered. */
export function settlementOf(
  { isOlder }: Progress,
  { fingerprint, recency }: Attempt,
  result: { object: KnownObject; writtenDigests: WrittenDigests; before: Delivered | undefined },
): Settlement {
  const { object, writtenDigests, before } = result;
  if (isOlder && before !== undefined) return { outcome: 'released', delivered: { ...before, writtenDigests } };
  return { outcome: 'delivered', object, delivered: { fingerprint, recency, writtenDigests } };
}
