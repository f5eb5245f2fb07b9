/** The reload of a waiting page: after so many seconds, to this address. */
export type Refresh = { seconds: number; url: string };

/** The query of an opened link, as it was signed. */
export type LinkQuery = { signature: string; expires?: string | undefined; reloads?: string | undefined };

const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 300;

/** Reloads after which the wait is the longest. */
const MOST_RELOADS = 10;

/** Covers the time from the next try to its outcome. */
const TRY_SECONDS = 2;

/**
 * When a waiting page reloads: after the next try if that is known, else after waits that double. The number of reloads
 * travels in the address, because the page runs no script.
 */
export function refreshOf(query: LinkQuery, nextTryAt: number | undefined, now: number): Refresh {
  const reloads = /^\d{1,2}$/.test(query.reloads ?? '') ? Number(query.reloads) : 0;
  const seconds =
    nextTryAt !== undefined && nextTryAt > now
      ? Math.ceil((nextTryAt - now) / 1_000) + TRY_SECONDS
      : SHORTEST_SECONDS * 2 ** Math.min(reloads, MOST_RELOADS);
  const { signature, expires } = query;
  const parameters = new URLSearchParams({
    ...(expires !== undefined && { expires }),
    signature,
    reloads: String(Math.min(reloads + 1, MOST_RELOADS)),
  });
  return { seconds: Math.min(Math.max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS), url: `?${parameters}` };
}
