import type * as z from 'zod';
import { LimeError, ResponseTooLargeError } from '../../errors.ts';
import type { Delivered, KnownObject } from '../../ledger/states.ts';
import { type Filter, type LimeRequest, pageSize, query, readObject } from '../../lime/requests.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';
import type { LimitConcurrency } from '../../media/limit-concurrency.ts';

/** How far an attempt has come; changed in place, so that it can be settled wherever it ends. */
export type Progress = {
  step: 'plan' | 'lookup' | 'object' | 'row' | 'document' | 'note';
  object: KnownObject | undefined;
  delivered: Pick<Delivered, 'writtenDigests'> | undefined;
  /** Lime has a newer version: only messages that it lacks are written. */
  isOlder: boolean;
  /** Something is in Lime, or may be, that is not yet recorded: the next attempt must look before it writes. */
  partial: boolean;
};

/** The known limeobject is not in Lime any more. */
export class ObjectGone extends Error {
  override readonly name = 'ObjectGone';
}

/** What writing a conversation needs. */
export type Writing = {
  plan: Plan;
  draft: Draft;
  found: Found;
  progress: Progress;
  urlOf: (limetype: string, id: number) => string;
  /** Sends a request in the name of the claim. */
  lime: <S extends z.ZodType>(request: LimeRequest, answer: S) => Promise<z.output<S>>;
  /** Keeps in the ledger what the limeobject may hold from now on, in the name of the claim. */
  record: (object: KnownObject) => Promise<void>;
  /** Fetches in the name of the claim; throws LimeError where no time is left for it. */
  fetchMedia: FetchMedia;
  /** Holds a file in memory. */
  limitConcurrency: LimitConcurrency;
  now: () => number;
};

/** What is written beside the limeobject, whose id it needs. */
export type Beside = Writing & {
  id: number;
  /** An earlier attempt may have written something: Lime is asked for it first. */
  look: boolean;
  /** What tells the limeobject's documents in Lime apart. */
  documentsThere: () => Promise<ReadonlySet<string>>;
};

/** Limeobjects in a row that are passed over because each alone is larger than an answer may be. */
const mostPassedOver = 3;

/**
 * All limeobjects that the filter finds, with the named properties. A page that is larger than an answer may be is read
 * in smaller ones. What is too large by itself is nothing that was written here.
 */
export const queryAll = async (
  lime: Writing['lime'],
  limetype: string,
  properties: readonly string[],
  filter: Filter,
): Promise<Limeobject[]> => {
  const all: Limeobject[] = [];
  let [offset, size, passedOver] = [0, pageSize, 0];
  while (passedOver < mostPassedOver) {
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
};

/** Lime's database compares texts without case and trailing blanks. */
export const sameText = (one: unknown, other: string | number): boolean =>
  String(one).trim().toLowerCase() === String(other).trim().toLowerCase();

/** What is refused may hang on a limeobject that has vanished: a read tells. */
export const whileThere = async <T>({ plan, lime, id }: Beside, writing: Promise<T>): Promise<T> => {
  try {
    return await writing;
  } catch (error) {
    if (isRefusal(error)) await orGone(lime(readObject(plan.limetype, id), Limeobject));
    throw error;
  }
};

/** Lime does not take this very request. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof LimeError && (error.failure === 'refused' || error.failure === 'gone');

export const orGone = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') {
      throw new ObjectGone('the limeobject is gone from Lime', { cause: error });
    }
    throw error;
  }
};
