import { LimeError, ResponseTooLargeError } from '../../errors.ts';
import type { Delivered, KnownObject } from '../../ledger/states.ts';
import type { Lime } from '../../lime/lime.ts';
import { type Filter, PAGE_SIZE, query, readObject } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { LimitConcurrency } from '../../media/limit-concurrency.ts';
import type { ProgressEvent } from '../progress.ts';

/** What writing a conversation needs. */
export type WriteContext = {
  plan: Plan;
  draft: Draft;
  found: Found;
  /** The limeobject as Lime has it now. */
  object: KnownObject;
  /** What was delivered of this limeobject before. */
  delivered: Pick<Delivered, 'writtenDigests'> | undefined;
  /** Lime has a newer version: only messages that it lacks are written. */
  isOlder: boolean;
  /** An earlier attempt may have written something: Lime is searched for it first. */
  reconcileFirst: boolean;
  /** The identifiers of the limeobject's documents in Lime, asked for once. */
  documentsThere: () => Promise<ReadonlySet<string>>;
  /** Sends a request in the name of the claim. */
  lime: Lime;
  /** Records in the ledger what the limeobject may hold from now on, in the name of the claim. */
  record: (object: KnownObject) => Promise<void>;
  /** Fetches in the name of the claim; throws LimeError where no time is left for it. */
  fetchMedia: FetchMedia;
  /** Runs what holds a file in memory. */
  limitConcurrency: LimitConcurrency;
  advance: (event: ProgressEvent) => void;
  urlOf: (limetype: string, id: number) => string;
  now: () => number;
};

/** The same while the limeobject itself is written. */
export type ObjectContext = Omit<WriteContext, 'object' | 'documentsThere'>;

/** The known limeobject is not in Lime any more. */
export class ObjectGone extends Error {
  override readonly name = 'ObjectGone';
}

/** A request for a limeobject that is known: a 404 means that it is gone. */
export async function orGone<T>(response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') {
      throw new ObjectGone('the limeobject is gone from Lime', { cause: error });
    }
    throw error;
  }
}

/** A write beside the limeobject. Lime also refuses it where the limeobject has vanished, which a read tells. */
export async function whileThere<T>({ plan, lime, object }: WriteContext, response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    if (isRefusal(error)) await orGone(lime(readObject(plan.limetype, object.id), Limeobject));
    throw error;
  }
}

/** Consecutive limeobjects that are passed over because each alone is larger than a response may be. */
const MOST_PASSED_OVER = 3;

/**
 * All limeobjects that the filter finds, with the named properties. A page that is larger than a response may be is
 * read in smaller ones. A limeobject that is too large by itself was not written here and is passed over.
 */
export async function queryAll(
  lime: Lime,
  limetype: string,
  properties: readonly string[],
  filter: Filter,
): Promise<Limeobject[]> {
  const all: Limeobject[] = [];
  let [offset, size, passedOver] = [0, PAGE_SIZE, 0];
  while (passedOver < MOST_PASSED_OVER) {
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

/** Lime's database compares texts without case and trailing blanks. */
export function sameText(one: unknown, other: string | number): boolean {
  return String(one).trim().toLowerCase() === String(other).trim().toLowerCase();
}
