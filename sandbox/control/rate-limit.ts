import type { RateLimit } from '../settings.ts';

/** Counts the requests of each IP address in a sliding window. */
export function createRateLimiter() {
  const windows = new Map<string, number[]>();

  return {
    /**
     * Counts a request.
     *
     * A firewall also counts refused requests, so a client that does not stop stays out. A limiter that responds with
     * 429 counts only accepted requests.
     *
     * @returns the seconds until there is room again, or undefined if the request may pass
     */
    take(limit: RateLimit, address: string, at: number): number | undefined {
      const from = at - limit.seconds * 1000;
      const recent = (windows.get(address) ?? []).filter((taken) => taken > from);
      const [first = at] = recent.slice(-limit.requests);
      const full = recent.length >= limit.requests;
      if (!full || limit.answer === 'waf') recent.push(at);
      windows.set(address, recent);
      return full ? Math.max(1, Math.ceil((first + limit.seconds * 1000 - at) / 1000)) : undefined;
    },
  };
}
