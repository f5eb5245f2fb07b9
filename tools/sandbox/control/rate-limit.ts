import type { RateLimit } from '../settings.ts';

/** Requests of each IP address in a sliding window. */
export function createRateLimiter() {
  const windows = new Map<string, number[]>();

  return {
    /**
     * Counts a request. A firewall also counts refused requests, so a client that keeps sending stays blocked. A
     * limiter that responds 429 counts only accepted ones.
     * @returns undefined if it may pass, else the seconds until it may
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
