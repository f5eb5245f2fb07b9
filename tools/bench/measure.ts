/** Requests to Lime by purpose. */
export type Cost = { metadata: number; lookups: number; writes: number };

/** The time in milliseconds, the records that wait, and the requests that Lime has received until then. */
export type Sample = { at: number; waiting: number; requests: number };

export function costOf(requests: readonly { path: string }[]): Cost {
  const metadata = requests.filter(({ path }) => path.includes('/api/v1/limetype/')).length;
  const lookups = requests.filter(({ path }) => path.includes('/api/v1/query/')).length;
  return { metadata, lookups, writes: requests.length - metadata - lookups };
}

/**
 * The share of the budget that was used while records waited: from the first sample with one to the last. Undefined if
 * no sample has one.
 */
export function budgetUse(samples: readonly Sample[], requestsPerSecond: number): number | undefined {
  const first = samples.find(({ waiting }) => waiting > 0);
  const last = samples.findLast(({ waiting }) => waiting > 0);
  if (first === undefined || last === undefined || last.at === first.at) return undefined;
  return (last.requests - first.requests) / (((last.at - first.at) / 1_000) * requestsPerSecond);
}

/** The value below which this share of the values lies (nearest rank). @throws RangeError without values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile needs a value');
  return value;
}
