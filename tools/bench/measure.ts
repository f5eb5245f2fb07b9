/** Requests to Lime by what they are for. */
export type Cost = { metadata: number; lookups: number; writes: number };

/** How a queue was doing at a moment: milliseconds, records waiting, requests that Lime has received until then. */
export type Sample = { at: number; waiting: number; requests: number };

export function costOf(requests: readonly { path: string }[]): Cost {
  const metadata = requests.filter(({ path }) => path.includes('/api/v1/limetype/')).length;
  const lookups = requests.filter(({ path }) => path.includes('/api/v1/query/')).length;
  return { metadata, lookups, writes: requests.length - metadata - lookups };
}

/**
 * Share of the budget that was used while records waited: from the first sample that shows one to the last. Undefined
 * where the queue was never seen with something in it.
 */
export function budgetUse(samples: readonly Sample[], requestsPerSecond: number): number | undefined {
  const first = samples.find(({ waiting }) => waiting > 0);
  const last = samples.findLast(({ waiting }) => waiting > 0);
  if (first === undefined || last === undefined || last.at === first.at) return undefined;
  return (last.requests - first.requests) / (((last.at - first.at) / 1_000) * requestsPerSecond);
}

/** The value below which this share of the values lies (nearest rank). @throws RangeError where there is none */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile needs a value');
  return value;
}

/** Requests that may reach Lime within any window of so many seconds: the budget's, and the burst on top. */
export function mostAllowed(seconds: number, requestsPerSecond: number, burstSeconds: number): number {
  return (seconds + burstSeconds) * requestsPerSecond;
}
