import type { Claim, Ledger } from '../ledger/ledger.ts';
import type { KnownObject } from '../ledger/states.ts';
import { compose, type Layer, type Lime } from '../lime/lime.ts';
import { type ExtendLease, LEASE_MARGIN_MS } from '../lime/pipeline/lease.ts';
import type { FetchMedia } from '../media/fetch-media.ts';
import type { LimitConcurrency } from '../media/limit-concurrency.ts';
import type { ProgressEvent } from './progress.ts';
import { hashOf } from './relations/creation-key.ts';

/** Characters of a hash in the ledger: 66 bits. */
const HASH_LENGTH = 11;

type Deps = {
  limeFor: (extendLease: ExtendLease) => Lime;
  ledger: Ledger;
  hashKey?: string | undefined;
  fetchMedia: FetchMedia;
  limitConcurrency: LimitConcurrency;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

type Claimed = { claim: Claim; advance: (event: ProgressEvent) => void };

/** The requests of an attempt under its claim. The claim outlasts each request and each file. */
export function underClaim(deps: Deps, { claim, advance }: Claimed) {
  const { ledger, hashKey, urlOf, limitConcurrency, now } = deps;
  const extendLease: ExtendLease = (milliseconds) => ledger.extend(claim, milliseconds);
  const notePosts: Layer = (next) => async (request, schema) => {
    const response = await next(request, schema);
    if (request.method === 'POST') advance({ type: 'posted' });
    return response;
  };
  const fetchMedia: FetchMedia = async (url, limits, name) => {
    await extendLease(limits.seconds * 1_000 + LEASE_MARGIN_MS);
    return deps.fetchMedia(url, limits, name);
  };
  const record = (object: KnownObject) => ledger.record(claim, object);
  const hash = (text: string) => hashOf(text, hashKey).slice(0, HASH_LENGTH);
  const lime = compose([notePosts], deps.limeFor(extendLease));
  return { lime, fetchMedia, record, hash, advance, urlOf, limitConcurrency, now };
}
