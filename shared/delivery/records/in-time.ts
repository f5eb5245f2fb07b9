import { maxCallMs } from '../../aws.ts';
import { LimeError } from '../../errors.ts';
import { type Lime, requestTimeout, timeoutOf } from '../../lime/client.ts';
import type { FetchMedia } from '../../media/fetch-media.ts';

/** Milliseconds for what follows a request: to settle its outcome and to hand its record back, should both hang. */
const timeToSettle = 2 * maxCallMs;

/** Milliseconds a record needs when it is started: object and note, each slow, and what follows. */
export const timeForOne = 2 * requestTimeout + timeToSettle;

/** Set by the first sign of overload, or a refused key: no request of the group leaves after it. */
export type Brake = { error?: LimeError };

/** Lime for one group: nothing waits longer than the invocation lasts, nothing leaves after a sign of overload. */
export const braked =
  (lime: Lime, remaining: () => number, brake: Brake): Lime =>
  async (request, answer, sending) => {
    const before = async () => {
      if (brake.error !== undefined) throw brake.error;
      await sending?.before?.();
      if (remaining() < timeoutOf(request) + timeToSettle) {
        throw new LimeError('unavailable', 'there is no time left for a request to Lime');
      }
    };
    try {
      return await lime(request, answer, { patience: remaining() - timeoutOf(request) - timeToSettle, before });
    } catch (error) {
      if (error instanceof LimeError && isOverload(error)) brake.error ??= asNotSent(error);
      throw error;
    }
  };

/** Nothing is fetched that the invocation has no time to wait for and to upload. */
export const inTime =
  (fetchMedia: FetchMedia, remaining: () => number): FetchMedia =>
  async (url, limits, name) => {
    if (remaining() < limits.seconds * 1_000 + requestTimeout + timeToSettle) {
      throw new LimeError('unavailable', 'there is no time left for a file');
    }
    return fetchMedia(url, limits, name);
  };

/** The failure of one request, for the others: those were never sent, and nothing of them is unclear. */
const asNotSent = (error: LimeError): LimeError => {
  if (error.failure !== 'unclear') return error;
  const { message, status, retryAfterSeconds } = error;
  return new LimeError('unavailable', message, { status, retryAfterSeconds, cause: error });
};

/** Lime asks for quiet, or refuses the key: no other request of the organization would fare better now. */
const isOverload = ({ failure, status }: LimeError): boolean =>
  failure === 'overloaded' || failure === 'denied' || status === 503;
