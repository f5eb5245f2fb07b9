import { type Layer, passThrough } from '../lime.ts';
import { type LimeRequest, timeoutOf } from '../requests.ts';
import { LATE_WRITE_GRACE_MS } from '../retry.ts';

/** Makes a claim last at least so many milliseconds from now. Throws if the claim is lost. */
export type ExtendLease = (milliseconds: number) => Promise<void>;

/** Time by which a claim must outlast the timeout of a request under it. */
export const LEASE_MARGIN_MS = 1_000;

/** Sends a request only if its claim outlasts it, so that no other mapper writes at the same time. */
export function keepLease(extendLease: ExtendLease | undefined): Layer {
  if (extendLease === undefined) return passThrough;
  return (next) => async (request, schema) => {
    await extendLease(leaseFor(request));
    return next(request, schema);
  };
}

/**
 * Milliseconds that a claim must last when this request is sent. After a write it also outlasts a killed mapper,
 * because the next attempt must not search before Lime is done.
 */
function leaseFor(request: LimeRequest): number {
  const ownTime = timeoutOf(request) + LEASE_MARGIN_MS;
  return request.method === 'GET' ? ownTime : Math.max(ownTime, LATE_WRITE_GRACE_MS);
}
