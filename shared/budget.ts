/** Something that may be done so often and no more. */
export type Budget = {
  /** Whether there is some left; takes one. */
  take: () => boolean;
  /** What was taken is not to count. */
  giveBack: () => void;
};

/** Fills up by `perSecond`, to `most` at most. */
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
