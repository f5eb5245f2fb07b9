/**
 * How long the SDK's clients wait, in milliseconds: a call that hangs must not use up the time of an invocation. The
 * clients repeat a call that timed out, up to their own number of attempts.
 */
export const requestHandler = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
