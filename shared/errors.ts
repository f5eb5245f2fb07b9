/**
 * Errors have a literal `name`, because minifying renames classes. They keep their `cause`, say what may be done next,
 * and contain ids, codes and paths, never payloads, so that their messages may be logged and shown.
 */

/** A problem that a schema found: a dotted path and the broken rule, never the value. */
export type Finding = { path: string; message: string };

/**
 * How a request to Lime failed:
 * - `refused`: a 4xx for this request; repeating it cannot help
 * - `gone`: 404
 * - `denied`: 401 or 403 in Lime's own JSON, or a blocked URL; somebody has to correct the secret
 * - `overloaded`: 429, or a firewall's 403; send no further request for a while
 * - `unavailable`: not carried out, or harmless to repeat; try again later
 * - `unclear`: a write that may have happened or may still happen; search before writing again
 */
export type LimeFailure = 'refused' | 'gone' | 'denied' | 'overloaded' | 'unavailable' | 'unclear';

export class LimeError extends Error {
  override readonly name = 'LimeError';
  readonly failure: LimeFailure;
  /** HTTP status, if there was a response. */
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    failure: LimeFailure,
    message: string,
    more: { status?: number | undefined; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.failure = failure;
    this.status = more.status;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** A URL that requests may not go to. The message names the broken rule and quotes nothing of the URL. */
export class BlockedUrlError extends Error {
  override readonly name = 'BlockedUrlError';
}

/** A response that exceeded its size limit. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/** A conversation that can never become a limeobject. It is parked with `message` as its reason. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  /** Path of the setting to change. The message starts with it. */
  readonly path: string | undefined;

  constructor(message: string, more: { path?: string; cause?: unknown } = {}) {
    super(more.path === undefined ? message : `${more.path}: ${message}`, { cause: more.cause });
    this.path = more.path;
  }
}

/** True if an error has this Node code. Errors of another realm are not `instanceof Error`, but have their code. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** Fields of an error that may be logged. Foreign messages may quote data, so they are left out. */
export function describeError(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // A line of the message may look like a stack frame.
  const at = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' < ');
  return { error: error.name, ...(code && { code }), ...(at && { at }) };
}
