import { describeError, LimeError, MappingError } from '../shared/errors.ts';
import { explainLime } from './tenant/explain.ts';

/** Wrong usage. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command could not do its work. The message is one line for the engineer. Ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Ctrl-C. */
export class InterruptedError extends CommandError {
  constructor(message = 'interrupted; the DLQ is unchanged') {
    super(message);
  }
}

/** One line for any error. An error of AWS keeps its message; a bug shows its name and place. */
export function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandError || error instanceof MappingError)
    return error.message;
  if (error instanceof LimeError) return explainLime(error);
  const { error: name, code, at } = describeError(error);
  if (error instanceof Error && error.message === NO_REGION) return 'AWS: no region: set AWS_REGION or AWS_PROFILE';
  if (error instanceof Error && isOfAws(error)) return `AWS: ${name}: ${firstLine(error.message)}`;
  if (code !== undefined && networkCodes.has(code)) return `AWS is out of reach: ${code}`;
  return `unexpected ${name}${code === undefined ? '' : ` ${code}`}${at === undefined ? '' : ` ${at}`}`;
}

/** The SDK's messages if neither a variable nor a profile gives a region or keys. */
const NO_REGION = 'Region is missing';

/** True if the machine has no region or no keys of AWS, so that no request was made. */
export function isWithoutAws(error: unknown): boolean {
  return error instanceof Error && (error.message === NO_REGION || error.name === 'CredentialsProviderError');
}

/** Errors that a service responded with have `$fault`. */
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
