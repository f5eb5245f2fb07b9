import { type PackedCall, sizeRule } from '../queue/pack.ts';
import type { QueueError } from '../queue/queue-error.ts';
import { HttpError } from './http-error.ts';

const RETRY_AFTER_SECONDS = 5;

/** Throws HttpError if no conversation of the call can be queued: 413 if one of them is too large, otherwise 422. */
export function refuseIfAllRejected({ ids, rejected, isTooLarge }: PackedCall): void {
  if (ids.length > 0 || rejected.length === 0) return;
  throw isTooLarge
    ? new HttpError(413, `A conversation ${sizeRule}.`, { rejected })
    : new HttpError(422, 'None of the conversations can be taken.', { rejected });
}

/** The response if the queue did not accept a call: 429 if it is throttled, otherwise 503. */
export function queueRefusal({ isThrottled, codes, cause }: QueueError): HttpError {
  const [status, detail] = isThrottled
    ? ([429, 'The queue takes no more records at the moment'] as const)
    : ([503, `The queue did not take every record (${codes.join(', ') || 'no answer'})`] as const);
  return new HttpError(status, `${detail}; send the call again.`, { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
