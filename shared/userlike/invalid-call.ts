/**
 * Why an add-on call cannot be read as a whole:
 * - `malformed`: the text is not JSON, or holds no conversation
 * - `tooMany`: it holds more conversations than one response can list
 */
export type InvalidCallReason = 'malformed' | 'tooMany';

/** An add-on call that cannot be read as a whole. The message tells the caller what to change. */
export class InvalidCallError extends Error {
  override readonly name = 'InvalidCallError';
  readonly reason: InvalidCallReason;

  constructor(reason: InvalidCallReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
