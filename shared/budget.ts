/** A token bucket. */
export type Budget = {
  /** Takes a token. False if none is left. */
  take: () => boolean;
  /** Returns a token. */
  giveBack: () => void;
};

/** Refills at `perSecond`, up to `most`. */
export function createBudget(options: { perSecond: number; most: number; now?: () => number }): Budget {
  const { perSecond, most, now = Date.now } = options;
  let left = most;
  let at = now();
  return {
    take: () => {
      left = Math.min(most, left + ((now() - at) * perSecond) / 1_000);
      at = now();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
    giveBack: () => {
      left = Math.min(most, left + 1);
    },
  };
}
