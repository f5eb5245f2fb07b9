import { LimeError } from '../../errors.ts';

/** What a container knows of the quiet that Lime asks for (429, or a firewall's 403), by organization. */
export type Quiet = {
  /** Why Lime may not be asked now; undefined where it may. */
  reason: (organization: string) => LimeError | undefined;
  /**
   * Seconds until a record comes again that has been received so often, given what Lime asked for: by the back-off,
   * and never before the quiet is over.
   */
  delaySeconds: (organization: string, receiveCount: number, retryAfterSeconds: number | undefined) => number;
  /** Lime has asked for it, for so many seconds where it names a time. */
  begin: (organization: string, retryAfterSeconds: number | undefined) => void;
  /** Lime has carried something out. */
  end: (organization: string) => void;
};

/**
 * Where Lime names no time, the back-off does, by how often Lime has asked in a row. From here on it grows no more: at
 * most 320 seconds, because Lime counts requests by 5 minutes.
 */
const mostInRow = 6;

/** Share of the quiet by which records come back later, so that they do not all come at its end. */
const spread = 0.1;

export const createQuiet = (options: {
  /** Seconds to wait after so many times, given what Lime asked for. */
  delaySeconds: (times: number, retryAfterSeconds: number | undefined) => number;
  now: () => number;
  random: () => number;
}): Quiet => {
  const { delaySeconds, now, random } = options;
  const known = new Map<string, { until: number; inRow: number; isNamed: boolean }>();
  const current = (organization: string) => {
    const quiet = known.get(organization);
    return quiet !== undefined && quiet.until > now() ? quiet : undefined;
  };
  return {
    reason: (organization) => {
      const quiet = current(organization);
      if (quiet === undefined) return undefined;
      // Its end is waited for in any case; what Lime named is not for a record that comes in the middle of it.
      return new LimeError('overloaded', 'Lime has asked for quiet', quiet.isNamed ? { retryAfterSeconds: 0 } : {});
    },
    delaySeconds: (organization, receiveCount, retryAfterSeconds) => {
      const { until = 0 } = current(organization) ?? {};
      const left = (until - now()) / 1_000;
      return Math.max(delaySeconds(receiveCount, retryAfterSeconds), left * (1 + spread * random()));
    },
    begin: (organization, retryAfterSeconds) => {
      const isNamed = retryAfterSeconds !== undefined;
      const before = current(organization);
      // Requests that were on their way when Lime first asked are answered alike, and count once.
      if (before !== undefined && !isNamed) return;
      const inRow = before?.inRow ?? Math.min(mostInRow, (known.get(organization)?.inRow ?? 0) + 1);
      const until = Math.max(before?.until ?? 0, now() + 1_000 * delaySeconds(inRow, retryAfterSeconds));
      known.set(organization, { until, inRow, isNamed });
    },
    end: (organization) => {
      // An answer that was on its way says nothing about it.
      if (current(organization) === undefined) known.delete(organization);
    },
  };
};
