import { publicLookup, type Resolve } from './addresses.ts';
import { checkUrl } from './hosts.ts';
import { createSend, type OutgoingInit, type OutgoingResponse } from './send.ts';

export type OutgoingRules = {
  /** Hosts that requests may go to, each with everything below it; with a port where it is not 443. */
  hosts: readonly string[];
  /** Any URL, http and private addresses included. For a local run, never for what is deployed. */
  allowAny: boolean;
  /** Milliseconds that one request may take, its response included, whatever the caller allows. */
  timeoutMs?: number;
  /** Bytes of a response as it is sent. The reader limits what it decodes to. */
  maxBytes?: number;
  resolve?: Resolve;
};

/** The part of `fetch` that requests to Lime and to file servers need. Node's own fits, too. */
export type OutgoingFetch = (url: string | URL, init?: OutgoingInit) => Promise<OutgoingResponse>;

const DEFAULT_TIMEOUT_MS = 30_000;

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/**
 * A `fetch` for URLs that somebody else has written. It rejects with BlockedUrlError where the rules do not allow the
 * URL, or where its name has an address that is not public. It never follows a redirect.
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
