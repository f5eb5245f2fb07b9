import { longestCall } from '../../aws.ts';
import { LimeError } from '../../errors.ts';
import { REQUEST_TIMEOUT_MS } from '../../lime/requests.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';

/** Time for what follows a request: its outcome is settled and its record handed back, even if both calls hang. */
export const TIME_TO_SETTLE_MS = 2 * longestCall;

/** Time that a record needs when it is started: object and note, each slow, and what follows. */
export const TIME_FOR_ONE_MS = 2 * REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS;

/** Nothing is fetched that the invocation has no time to wait for and to upload. */
export const inTime =
  (fetchMedia: FetchMedia, remaining: () => number): FetchMedia =>
  async (url, limits, name) => {
    if (remaining() < limits.seconds * 1_000 + REQUEST_TIMEOUT_MS + TIME_TO_SETTLE_MS) {
      throw new LimeError('unavailable', 'there is no time left for a file');
    }
    return fetchMedia(url, limits, name);
  };
