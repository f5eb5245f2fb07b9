/**
 * The reason why an add-on call cannot be read:
 * - `malformed`: the text is not JSON, or contains no conversation
 * - `tooMany`: it contains more conversations than one response can list
 */
export type InvalidCallReason = 'malformed' | 'tooMany';

/** An add-on call that cannot be read at all. The message says what to change. */
export class InvalidCallError extends Error {
  override readonly name = 'InvalidCallError';
  readonly reason: InvalidCallReason;

  constructor(reason: InvalidCallReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
