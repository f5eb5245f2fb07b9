/**
 * The errors of this software. Each has a literal `name` (minifying renames classes), keeps its `cause`, says what may
 * be done next and carries ids, codes and paths, never payloads: their messages may be logged and shown.
 */

/** What a schema said of one place: a dotted path and the rule that was broken, never the value. */
export type Finding = { path: string; message: string };

/** A conversation of an add-on call that cannot be taken; `index` is its place in the call. */
export type Rejection = { index: number; id?: number | string; errors: Finding[] };

export type RefusalStatus = 400 | 401 | 413 | 415 | 422 | 429 | 503;

/** An add-on call that is not accepted; intake answers it as problem+json (RFC 9457). */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: RefusalStatus;
  /** Seconds for the Retry-After header. */
  readonly retryAfterSeconds: number | undefined;
  readonly rejected: Rejection[] | undefined;
  /** No organization is known by the name in its path, which may be any text. */
  readonly fromStranger: boolean;

  constructor(
    status: RefusalStatus,
    detail: string,
    more: { retryAfterSeconds?: number; rejected?: Rejection[]; fromStranger?: boolean; cause?: unknown } = {},
  ) {
    super(detail, { cause: more.cause });
    this.status = status;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.rejected = more.rejected;
    this.fromStranger = more.fromStranger ?? false;
  }
}

/**
 * How a request to Lime failed:
 * - `refused`: a 4xx for this very request; repeating it cannot help
 * - `gone`: 404
 * - `denied`: 401 or 403 in Lime's own JSON, or a URL that requests may not go to; a human has to heal the secret
 * - `overloaded`: 429, or a firewall's 403; no further request should follow for a while
 * - `unavailable`: not carried out (or harmless to repeat); try again later
 * - `unclear`: a write that may or may not have happened, or may happen yet; look before writing again
 */
export type LimeFailure = 'refused' | 'gone' | 'denied' | 'overloaded' | 'unavailable' | 'unclear';

export class LimeError extends Error {
  override readonly name = 'LimeError';
  readonly failure: LimeFailure;
  /** HTTP status, where there was an answer. */
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

/** A URL that requests may not go to; the message says which rule it breaks, and quotes nothing of it. */
export class BlockedUrlError extends Error {
  override readonly name = 'BlockedUrlError';
}

/** An answer that was given up for its size. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/** A conversation that cannot become a limeobject whatever is tried: it is parked with `message` as its reason. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  /** The dotted path of the setting to change; the message begins with it. */
  readonly path: string | undefined;

  constructor(message: string, more: { path?: string; cause?: unknown } = {}) {
    super(more.path === undefined ? message : `${more.path}: ${message}`, { cause: more.cause });
    this.path = more.path;
  }
}

/** Whether an error of Node carries this code. Errors of another realm are no `instanceof Error`, but have their code. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

/** What may be logged of an error: its name, code and place. Not its message, which for foreign errors may quote data. */
export function describeError(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // A line of the message may look like a place.
  const at = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' < ');
  return { error: error.name, ...(code && { code }), ...(at && { at }) };
}
