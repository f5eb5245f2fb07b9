import { Agent } from 'undici';
import { publicLookup, type Resolve } from './addresses.ts';
import { checkUrl } from './hosts.ts';

export type OutgoingRules = {
  /** Hosts that requests may go to, each with everything below it; with a port where it is not 443. */
  hosts: readonly string[];
  /** Any URL, http and private addresses included: for a local run, never for what is deployed. */
  allowAny: boolean;
  /** Milliseconds that one request may take, its answer included, whatever the caller allows. */
  timeout?: number;
  /** Bytes of an answer as it is sent; what it decodes to is for the reader to limit. */
  maxBytes?: number;
  resolve?: Resolve;
};

/** Node's fetch with a dispatcher, whose type the compiler does not find in undici's own declaration of it. */
const send: (input: string | URL | Request, init: object) => Promise<Response> = fetch;

/**
 * A `fetch` for URLs that somebody else has written. It rejects with BlockedUrlError (as such, or as the cause of
 * fetch's own error) where the rules do not allow the URL, or its name has an address that is not public. Redirects
 * are never followed: the answer that asks for one is returned.
 */
export function createOutgoingFetch(rules: OutgoingRules): typeof fetch {
  const { hosts, allowAny, timeout = 30_000, maxBytes = 64 * 1024 * 1024, resolve } = rules;
  const dispatcher = new Agent({
    maxResponseSize: maxBytes,
    connect: allowAny ? {} : { lookup: publicLookup(resolve) },
  });
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!allowAny) checkUrl(url, hosts);
    const ends = [init?.signal, AbortSignal.timeout(timeout)].filter((signal) => signal instanceof AbortSignal);
    return send(input, { ...init, redirect: 'manual', signal: AbortSignal.any(ends), dispatcher });
  };
}
