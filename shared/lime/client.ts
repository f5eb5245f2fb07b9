import { LimeError, type LimeFailure } from '../errors.ts';
import type { Lane } from '../queue/lane.ts';
import { compose, type Layer, type Lime, passThrough } from './lime.ts';
import { type CircuitBreaker, withCircuitBreaker } from './pipeline/circuit-breaker.ts';
import { type ExtendLease, keepLease } from './pipeline/lease.ts';
import { limitRate, type RateLimiter } from './pipeline/rate-limiter.ts';
import { type Credentials, withSecret } from './pipeline/secret.ts';
import { checkSchema, type Http, type Secret, sendOverHttp } from './pipeline/send.ts';
import { type OverloadStop, stopOnOverload } from './pipeline/stop-on-overload.ts';
import { limitTime } from './pipeline/time-budget.ts';

/** Shared by all requests to one tenant for the life of the container. */
export type Shared = Credentials & {
  rateLimiter: RateLimiter;
  circuitBreaker?: { breaker: CircuitBreaker; organization: string };
  /** Confirms failures that a gateway in front of Lime may cause. */
  confirm?: Layer;
  /** Receives the failure of each request. */
  onFailure?: (failure: LimeFailure) => void;
};

/** Limits of the requests of one group of records, or under one claim. */
export type Bounds = {
  /** The lane of the records. Interactive requests go first. Default: bulk. */
  lane?: Lane | undefined;
  /** Milliseconds within which a request must have its response. */
  remaining?: () => number;
  /** Shared by a group. Its requests stop at the first sign of overload. */
  stop?: OverloadStop;
  /** Makes the claim outlast a request. */
  extendLease?: ExtendLease | undefined;
};

/** A client of one tenant over HTTP. */
export function createLime(options: Shared & Http, bounds: Bounds = {}): Lime {
  return pipelineTo((secret) => checkSchema(sendOverHttp(secret, options)), options, bounds);
}

/**
 * The layers that every request to Lime passes, in this order. If Lime denies a request and the secret has a new key,
 * the request passes the second half again.
 */
export function pipelineTo(tenantAt: (secret: Secret) => Lime, shared: Shared, bounds: Bounds): Lime {
  const circuit = withCircuitBreaker(shared.circuitBreaker);
  const overload = stopOnOverload(bounds.stop);
  const { lane = 'bulk', remaining } = bounds;
  const lastChecks = ({ url }: Secret) => [
    limitRate(shared.rateLimiter, { url, lane, remaining }),
    circuit.refuse,
    overload.refuse,
    keepLease(bounds.extendLease),
    limitTime(remaining),
  ];
  return compose(
    [overload.observe, circuit.observe, reportFailures(shared.onFailure), shared.confirm ?? passThrough],
    withSecret(shared, (secret) => compose(lastChecks(secret), tenantAt(secret))),
  );
}

function reportFailures(onFailure: Shared['onFailure']): Layer {
  return (next) => async (request, schema) => {
    try {
      return await next(request, schema);
    } catch (error) {
      if (error instanceof LimeError) onFailure?.(error.failure);
      throw error;
    }
  };
}
