/** Resident memory in MB when this share (0 to 1) of the calls is done. */
export type Sample = { at: number; megabytes: number };

/** The most that the median of the last quarter may exceed the second's. In the first, caches and heap fill up. */
const MOST_GROWTH = 1.25;

/** Describes how the memory grew after the first quarter. Undefined if it did not, or if there are too few samples. */
export function growthOf(samples: readonly Sample[]): string | undefined {
  const [before, after] = [medianBetween(samples, 0.25, 0.5), medianBetween(samples, 0.75, 1)];
  if (before === 0 || after <= MOST_GROWTH * before) return undefined;
  return `memory grew from ${before.toFixed(0)} MB (median of the second quarter) to ${after.toFixed(0)} MB (of the last)`;
}

/** The samples nearest to these shares of the calls. */
export function samplesAt(samples: readonly Sample[], shares: readonly number[]): Sample[] {
  return shares.flatMap((share) =>
    samples.toSorted((one, other) => Math.abs(one.at - share) - Math.abs(other.at - share)).slice(0, 1),
  );
}

function medianBetween(samples: readonly Sample[], from: number, to: number): number {
  const within = samples.filter(({ at }) => at >= from && at <= to).map(({ megabytes }) => megabytes);
  return within.toSorted((one, other) => one - other)[Math.floor(within.length / 2)] ?? 0;
}
