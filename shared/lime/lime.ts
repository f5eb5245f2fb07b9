import type * as z from 'zod';
import { LimeError, type LimeFailure } from '../errors.ts';
import type { LimeRequest } from './requests.ts';

/**
 * Sends one request and returns its response, checked against `schema`. Throws LimeError, whose `failure` says what to
 * do next.
 */
export type Lime = <S extends z.ZodType>(request: LimeRequest, schema: S) => Promise<z.output<S>>;

/** One concern of requests to Lime, wrapped around the layers behind it. */
export type Layer = (next: Lime) => Lime;

/** Wraps a Lime in layers. A request passes the first one first. */
export function compose(layers: readonly Layer[], lime: Lime): Lime {
  return layers.reduceRight((next, layer) => layer(next), lime);
}

/** The layer of a concern that does not apply. */
export const passThrough: Layer = (next) => next;

/** A request that was stopped before it was sent. Lime has not seen it, so its outcome is known. */
export class UnsentError extends LimeError {
  constructor(reason: LimeError) {
    const { message, status, retryAfterSeconds } = reason;
    super(unsentFailure(reason.failure), message, { status, retryAfterSeconds, cause: reason });
  }
}

function unsentFailure(failure: LimeFailure): LimeFailure {
  return failure === 'unclear' ? 'unavailable' : failure;
}

/** A request that was stopped because there is no time for it. */
export function noTimeLeft(): UnsentError {
  return new UnsentError(new LimeError('unavailable', 'there is no time left for a request to Lime'));
}
