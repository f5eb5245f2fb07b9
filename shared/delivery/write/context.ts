import { LimeError, ResponseTooLargeError } from '../../errors.ts';
import type { Delivered, KnownObject } from '../../ledger/states.ts';
import type { Lime } from '../../lime/lime.ts';
import { type Filter, PAGE_SIZE, query, readObject } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Choice } from '../../mapping/plan/candidates.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { LimitConcurrency } from '../../media/limit-concurrency.ts';
import type { ProgressEvent } from '../progress.ts';

/** The context of writing a conversation. */
export type WriteContext = {
  plan: Plan;
  draft: Draft;
  found: Found;
  /** The limeobject as Lime has it now. */
  object: KnownObject;
  /** The former delivery of this limeobject. */
  delivered: Pick<Delivered, 'writtenDigests'> | undefined;
  /** Lime has a newer version. Write only messages that it lacks. */
  isOlder: boolean;
  /** An earlier attempt may have written something. Search Lime first. */
  reconcileFirst: boolean;
  /** The identifiers of the limeobject's documents in Lime, requested once. */
  documentsThere: () => Promise<ReadonlySet<string>>;
  /** ISO time at which intake accepted the conversation. */
  acceptedAt: string;
  /** Writes to the limeobject that the conversation is attached to, if there is one. */
  attach: <T>(write: (choice: Choice, missing?: string) => Promise<T>) => Promise<T>;
  /** Sends a request under the claim. */
  lime: Lime;
  /** Records under the claim what the limeobject may hold from now on. */
  record: (object: KnownObject) => Promise<void>;
  /** Fetches under the claim. Throws LimeError if there is no time for it. */
  fetchMedia: FetchMedia;
  /** Runs a task that holds a file in memory. */
  limitConcurrency: LimitConcurrency;
  /** A hash that does not give away what people have written. */
  hash: (text: string) => string;
  advance: (event: ProgressEvent) => void;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

/** The context while the limeobject itself is written. */
export type ObjectContext = Omit<WriteContext, 'object' | 'documentsThere'>;

/** The known limeobject is not in Lime any more. */
export class ObjectGoneError extends Error {
  override readonly name = 'ObjectGoneError';
}

/** A request for a known limeobject. A 404 means that it is gone. */
export async function throwIfGone<T>(response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') {
      throw new ObjectGoneError('the limeobject is gone from Lime', { cause: error });
    }
    throw error;
  }
}

/**
 * A write of an object that belongs to the limeobject. Lime also refuses it if the limeobject is gone, so a refusal
 * causes a read.
 */
export async function throwIfObjectGone<T>({ plan, lime, object }: WriteContext, response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    if (isRefusal(error)) await throwIfGone(lime(readObject(plan.limetype, object.id), Limeobject));
    throw error;
  }
}

/** Consecutive limeobjects that are skipped because each is larger than a response may be. */
const MOST_SKIPPED = 3;

/**
 * All limeobjects that match the filter, with the named properties. If a page is larger than a response may be, reads
 * smaller pages. Skips a limeobject that is too large by itself, because the bridge did not write it.
 */
export async function queryAll(
  lime: Lime,
  limetype: string,
  properties: readonly string[],
  filter: Filter,
): Promise<Limeobject[]> {
  const all: Limeobject[] = [];
  let [offset, size, passedOver] = [0, PAGE_SIZE, 0];
  while (passedOver < MOST_SKIPPED) {
    try {
      const { objects } = await lime(query(limetype, properties, filter, offset, { limit: size }), QueryAnswer);
      all.push(...objects);
      if (objects.length < size) return all;
      offset += objects.length;
      passedOver = 0;
    } catch (error) {
      if (!(error instanceof LimeError) || !(error.cause instanceof ResponseTooLargeError)) throw error;
      if (size === 1) {
        offset += 1;
        passedOver += 1;
      } else size = Math.ceil(size / 2);
    }
  }
  return all;
}

/** Lime's database ignores case and trailing blanks. */
export function sameText(one: unknown, other: string | number): boolean {
  return String(one).trim().toLowerCase() === String(other).trim().toLowerCase();
}
