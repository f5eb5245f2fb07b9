/** A refusal with a status and a sentence, independent of the configured form of validation errors. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** The problems by field name. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/** Data that Lime does not accept. The form of Lime's response is not documented, so it is a setting. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly problems: Problems;

  constructor(problems: Problems) {
    super(Object.values(problems).flat().join('; '));
    this.problems = problems;
  }
}

export function notFound(text = 'Object not found'): HttpError {
  return new HttpError(404, text);
}
