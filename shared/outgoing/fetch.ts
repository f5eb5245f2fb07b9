import { publicLookup, type Resolve } from './addresses.ts';
import { checkUrl } from './hosts.ts';
import { createSend, type OutgoingInit, type OutgoingResponse } from './send.ts';

export type OutgoingRules = {
  /** Hosts that requests may go to, with their sub-domains, and a port unless it is 443. */
  hosts: readonly string[];
  /** Any URL, http and private addresses included. For local runs only. */
  allowAny: boolean;
  /** Longest duration of one request in milliseconds, response included, whatever the caller allows. */
  timeoutMs?: number;
  /** Largest encoded response in bytes. The reader limits the decoded size. */
  maxBytes?: number;
  resolve?: Resolve;
};

/** The part of `fetch` that requests to Lime and to file servers need. Node's own fits, too. */
export type OutgoingFetch = (url: string | URL, init?: OutgoingInit) => Promise<OutgoingResponse>;

const DEFAULT_TIMEOUT_MS = 30_000;

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * A `fetch` for URLs from others. Rejects with BlockedUrlError if the rules do not allow the URL, or if its name has an
 * address that is not public. Never follows a redirect.
 */
export function createOutgoingFetch(rules: OutgoingRules): OutgoingFetch {
  const { hosts, allowAny, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = DEFAULT_MAX_BYTES, resolve } = rules;
  const send = createSend({ lookup: allowAny ? undefined : publicLookup(resolve), maxBytes });
  return async (input, init = {}) => {
    const url = new URL(input);
    if (!allowAny) checkUrl(url, hosts);
    const ends = [init.signal, AbortSignal.timeout(timeoutMs)].filter((signal) => signal !== undefined);
    return send(url, init, AbortSignal.any(ends));
  };
}
