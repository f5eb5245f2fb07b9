/** The queue did not take every record of a call. Sending the call again is safe. */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  /** SQS's codes for what it refused, or the name of the error that kept it from answering. */
  readonly codes: readonly string[];
  /** It takes too many records at the moment, and may take these a little later. */
  readonly isThrottled: boolean;

  constructor(codes: readonly string[], more: { cause?: unknown } = {}) {
    super(`the queue did not take every record (${codes.join(', ') || 'no answer'})`, more);
    this.codes = codes;
    this.isThrottled = codes.length > 0 && codes.every((code) => /throttl|overlimit|toomanyrequests/i.test(code));
  }
}
