import { maxCallMs } from '../aws.ts';
import { LimeError } from '../errors.ts';
import { REQUEST_TIMEOUT_MS } from '../lime/requests.ts';
import type { FetchMedia } from '../media/fetch-media.ts';

/** Time for what follows a request: its outcome is settled and its record released, even if both calls hang. */
export const TIME_TO_SETTLE_MS = 2 * maxCallMs;

/** Time that a record needs when it is started: object and note, each slow, and what follows. */
export const TIME_FOR_ONE_MS = 2 * REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS;

/** Fetches a file only where time is left to wait for it and to upload it. */
export function fetchInTime(fetchMedia: FetchMedia, remaining: () => number): FetchMedia {
  return async (url, limits, name) => {
    if (remaining() < limits.seconds * 1_000 + REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS) {
      throw new LimeError('unavailable', 'there is no time left for a file');
    }
    return fetchMedia(url, limits, name);
  };
}

/**
 * Calls a service as long as it answers. Near the end of an invocation a failed call is the last one: the next could
 * hang as long, and all of a batch together longer than the invocation lasts.
 */
export function whileItAnswers(remaining: () => number) {
  let hasFailed = false;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    if (hasFailed && remaining() < TIME_FOR_ONE_MS) throw new Error('the service has just failed');
    try {
      return await call();
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
}
