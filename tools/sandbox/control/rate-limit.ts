import type { RateLimit } from '../settings.ts';

/** Requests of each IP address in a sliding window. */
export function createRateLimiter() {
  const windows = new Map<string, number[]>();

  return {
    /**
     * Counts a request.
     *
     * A firewall goes on counting what it refuses, so a client that keeps knocking stays out; a limiter that answers
     * 429 counts only what it lets in.
     *
     * @returns nothing if it may pass, else the seconds until there is room again
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
