import type { Rejection } from '../userlike/addon-call.ts';

export type RefusalStatus = 400 | 401 | 413 | 415 | 422 | 429 | 503;

/** An add-on call that is not accepted. intake responds with problem+json (RFC 9457). */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: RefusalStatus;
  /** Seconds for the Retry-After header. */
  readonly retryAfterSeconds: number | undefined;
  readonly rejected: Rejection[] | undefined;
  /** True if the path names no known organization. It may be any text. */
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
