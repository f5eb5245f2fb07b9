/** A refused request with one status and one sentence, whatever form of validation errors is set. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Field name → what is wrong with its value. */
export type Problems = Readonly<Record<string, readonly string[]>>;

/** Data that Lime would refuse. Its response is not documented, so the form is a setting. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
  readonly problems: Problems;

  constructor(problems: Problems) {
    super(Object.values(problems).flat().join('; '));
    this.problems = problems;
  }
}

export function notFound(text = 'Object not found'): Refused {
  return new Refused(404, text);
}
