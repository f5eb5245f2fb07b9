import { maxCallMs } from '../aws.ts';
import { LimeError } from '../errors.ts';
import { REQUEST_TIMEOUT_MS } from '../lime/requests.ts';
import type { FetchMedia } from '../media/fetch-media.ts';

/** Time to settle the outcome and release the record after a request, even if both calls hang. */
export const TIME_TO_SETTLE_MS = 2 * maxCallMs;

/** Time that a record needs when it is started: slow requests for object and note, and settling. */
export const TIME_FOR_ONE_MS = 2 * REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS;

/** Fetches a file only if there is time to fetch and upload it. */
export function fetchInTime(fetchMedia: FetchMedia, remaining: () => number): FetchMedia {
  return async (url, limits, name) => {
    if (remaining() < limits.seconds * 1_000 + REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS) {
      throw new LimeError('unavailable', 'there is no time left for a file');
    }
    return fetchMedia(url, limits, name);
  };
}

/**
 * Calls a service until a call fails near the end of the invocation. Hanging calls of a whole batch could otherwise
 * exceed the function's timeout.
 */
export function failFastNearTimeout(remaining: () => number) {
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
