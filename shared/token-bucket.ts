/** A token bucket. */
export type TokenBucket = {
  /** Takes a token. False if none is left. */
  take: () => boolean;
  /** Puts a token back. */
  giveBack: () => void;
};

/** Refills at `perSecond`, up to `capacity`. */
export function createTokenBucket(options: { perSecond: number; capacity: number; now?: () => number }): TokenBucket {
  const { perSecond, capacity, now = Date.now } = options;
  let tokens = capacity;
  let refilledAt = now();
  return {
    take: () => {
      tokens = Math.min(capacity, tokens + ((now() - refilledAt) * perSecond) / 1_000);
      refilledAt = now();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack: () => {
      tokens = Math.min(capacity, tokens + 1);
    },
  };
}
