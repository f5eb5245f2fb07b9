/** The queue did not take every record of a call. Sending the call again is safe. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  /** SQS's codes of refused entries, or the name of the error that ended the request. */
  readonly codes: readonly string[];
  /** True if SQS throttles, so that a retry may succeed soon. */
  readonly isThrottled: boolean;

  constructor(codes: readonly string[], more: { cause?: unknown } = {}) {
    super(`the queue did not take every record (${codes.join(', ') || 'no answer'})`, more);
    this.codes = codes;
    this.isThrottled = codes.length > 0 && codes.every((code) => /throttl|overlimit|toomanyrequests/i.test(code));
  }
}
