/** A token bucket. */
export type TokenBucket = {
  /** Takes a token. False if none is left. */
  take: () => boolean;
  /** Puts a token back. */
  refund: () => void;
};

/** Refills at `perSecond`, up to `burst`. */
export function createTokenBucket(options: { perSecond: number; burst: number; now?: () => number }): TokenBucket {
  const { perSecond, burst, now = Date.now } = options;
  let tokens = burst;
  let refilledAt = now();
  return {
    take: () => {
      tokens = Math.min(burst, tokens + ((now() - refilledAt) * perSecond) / 1_000);
      refilledAt = now();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    refund: () => {
      tokens = Math.min(burst, tokens + 1);
    },
  };
}
