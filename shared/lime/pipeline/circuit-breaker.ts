import { LimeError } from '../../errors.ts';
import { type Layer, passThrough, UnsentError } from '../lime.ts';

/** Holds requests back after Lime has asked for a pause (429, or a firewall's 403), by organization. */
export type CircuitBreaker = {
  /** The error for requests while the circuit is open. Undefined while it is closed. */
  reason: (organization: string) => LimeError | undefined;
  /**
   * Seconds until the next try of a record that was received so often, given the time that Lime asked for. Follows the
   * back-off, and never ends while the circuit is open.
   */
  delaySeconds: (organization: string, receiveCount: number, retryAfterSeconds: number | undefined) => number;
  /** Lime has asked for a pause. `seconds` if it named a time. */
  open: (organization: string, retryAfterSeconds: number | undefined) => void;
  /** Lime has answered a request. */
  close: (organization: string) => void;
};

/**
 * If Lime names no time, the pause doubles up to this number of consecutive ones: at most 320 seconds, because Lime
 * counts requests over 5 minutes.
 */
const MOST_CONSECUTIVE = 6;

/** Share of the pause over which retries are spread, so that they do not all come at its end. */
const SPREAD = 0.1;

/** Refuses requests while the circuit is open, and opens or closes it by the outcome of others. */
export function withCircuitBreaker(circuit: { breaker: CircuitBreaker; organization: string } | undefined): {
  observe: Layer;
  refuse: Layer;
} {
  if (circuit === undefined) return { observe: passThrough, refuse: passThrough };
  const { breaker, organization } = circuit;
  return {
    observe: (next) => async (request, schema) => {
      try {
        const response = await next(request, schema);
        breaker.close(organization);
        return response;
      } catch (error) {
        const isSigned = error instanceof LimeError && !(error instanceof UnsentError);
        if (isSigned && error.failure === 'overloaded') breaker.open(organization, error.retryAfterSeconds);
        throw error;
      }
    },
    refuse: (next) => async (request, schema) => {
      const reason = breaker.reason(organization);
      if (reason !== undefined) throw new UnsentError(reason);
      return next(request, schema);
    },
  };
}

export function createCircuitBreaker(options: {
  /** Seconds to wait after so many receives, given the time that Lime asked for. */
  delaySeconds: (times: number, retryAfterSeconds: number | undefined) => number;
  now: () => number;
  random: () => number;
}): CircuitBreaker {
  const { delaySeconds, now, random } = options;
  const pauses = new Map<string, { until: number; consecutive: number; isNamed: boolean }>();
  const current = (organization: string) => {
    const pause = pauses.get(organization);
    return pause !== undefined && pause.until > now() ? pause : undefined;
  };
  return {
    reason: (organization) => {
      const pause = current(organization);
      if (pause === undefined) return undefined;
      // The delay lasts at least until the pause ends, so the time that Lime named does not apply a second time.
      return new LimeError('overloaded', 'Lime has asked for a pause', pause.isNamed ? { retryAfterSeconds: 0 } : {});
    },
    delaySeconds: (organization, receiveCount, retryAfterSeconds) => {
      const { until = 0 } = current(organization) ?? {};
      const left = (until - now()) / 1_000;
      return Math.max(delaySeconds(receiveCount, retryAfterSeconds), left * (1 + SPREAD * random()));
    },
    open: (organization, retryAfterSeconds) => {
      const isNamed = retryAfterSeconds !== undefined;
      const before = current(organization);
      // Requests that were under way when Lime first asked get the same response, and count once.
      if (before !== undefined && !isNamed) return;
      const last = pauses.get(organization)?.consecutive ?? 0;
      const consecutive = before?.consecutive ?? Math.min(MOST_CONSECUTIVE, last + 1);
      const until = Math.max(before?.until ?? 0, now() + 1_000 * delaySeconds(consecutive, retryAfterSeconds));
      pauses.set(organization, { until, consecutive, isNamed });
    },
    close: (organization) => {
      // The response of a request that was sent before the pause does not end it.
      if (current(organization) === undefined) pauses.delete(organization);
    },
  };
}
