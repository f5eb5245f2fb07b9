/** A request that Lime has received. `at` is in ISO format. */
type Received = { at: string; path: string; method: string };

/** Requests for conversations, without those that read the tenant's metadata. */
export function requestsFor(received: readonly { path: string }[]): number {
  return received.filter(({ path }) => !path.includes('/api/v1/limetype/')).length;
}

/**
 * The share of the budget that was used while conversations waited: from the first request until the last limeobject
 * was created. Idle time that the budget saves for the start can raise it above 1.
 */
export function budgetUse(received: readonly Received[], limetype: string, requestsPerSecond: number): number {
  const last = received.findLastIndex(
    ({ method, path }) => method === 'POST' && path.includes(`/limeobject/${limetype}/`),
  );
  const [from, until] = [received[0], received[last]].map((request) => Date.parse(request?.at ?? ''));
  if (from === undefined || until === undefined || !(until > from)) throw new RangeError('nothing waited');
  return last / (((until - from) / 1_000) * requestsPerSecond);
}

/** The value below which this share of the values lies (nearest rank). @throws RangeError without values */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile needs a value');
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
