import { describeError, LimeError, MappingError } from '../shared/errors.ts';
import { explainLime } from './tenant/explain.ts';

/** What the engineer typed cannot be meant; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command that could not do what it was asked to; its message is one line for the engineer. Exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Ctrl-C. */
export class Interrupted extends Failure {
  constructor(message = 'interrupted; the DLQ is as it was') {
    super(message);
  }
}

/** One line for any error: those of AWS in its own words, those of a mistake of ours by name and place. */
export function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof Failure || error instanceof MappingError) return error.message;
  if (error instanceof LimeError) return explainLime(error);
  const { error: name, code, at } = describeError(error);
  if (error instanceof Error && error.message === NO_REGION) return 'AWS: no region: set AWS_REGION or AWS_PROFILE';
  if (error instanceof Error && isOfAws(error)) return `AWS: ${name}: ${firstLine(error.message)}`;
  if (code !== undefined && networkCodes.has(code)) return `AWS is out of reach: ${code}`;
  return `unexpected ${name}${code === undefined ? '' : ` ${code}`}${at === undefined ? '' : ` ${at}`}`;
}

/** How the SDK says that neither a variable nor a profile names one. */
const NO_REGION = 'Region is missing';

/** Answers of a service carry `$fault`. */
function isOfAws(error: Error): boolean {
  return '$fault' in error || error.name === 'CredentialsProviderError';
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
