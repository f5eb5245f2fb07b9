import { timeoutOf } from '../lime/client.ts';
import type { LimeRequest } from '../lime/requests.ts';

/** Milliseconds by which a claim must outlast the timeout of a request that is sent in its name. */
export const leaseMargin = 1_000;

/** Milliseconds for which Lime may still be at work on a write whose answer is not known. */
export const lateWriteGraceMs = 20_000;

/**
 * Milliseconds a claim must last when a request is sent in its name. That of a write outlasts a killed mapper: the next
 * attempt must not look before Lime is done.
 */
export function leaseFor(request: LimeRequest): number {
  const ownTime = timeoutOf(request) + leaseMargin;
  return request.method === 'GET' ? ownTime : Math.max(ownTime, lateWriteGraceMs);
}
