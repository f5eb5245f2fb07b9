import * as z from 'zod';
import { UsageError } from './errors.ts';

/** The queues and the table of one deployment or local run. */
export type Addresses = { queueUrl: string; interactiveQueueUrl: string; dlqUrl: string; ledgerTable: string };

/** A stack whose outputs have the addresses, or the addresses themselves, with their emulator. */
export type BridgeLocation = { stack: string } | { addresses: Addresses; endpoint: string | undefined };

export type Target = {
  where: BridgeLocation;
  /** The stage whose secrets are used. */
  stage: string;
  /** Lime's budget. By default records are sent again at half of it. */
  limeRequestsPerSecond: number;
};

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** A stage as `cdk deploy -c stage=` takes it. */
export const Stage = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or hyphens and begin with a letter')
  .default('prod');

const Given = z.object({
  STAGE: Stage,
  QUEUE_URL: url.optional(),
  INTERACTIVE_QUEUE_URL: url.optional(),
  DLQ_URL: url.optional(),
  LEDGER_TABLE: z.string().min(3, 'must have at least 3 characters').optional(),
  AWS_ENDPOINT_URL: url.optional(),
  LIME_REQUESTS_PER_SECOND: z.coerce.number('must be a number').positive('must be more than 0').default(9),
});

const addressNames: readonly string[] = ['QUEUE_URL', 'INTERACTIVE_QUEUE_URL', 'DLQ_URL', 'LEDGER_TABLE'];

/**
 * BridgeLocation a command finds the deployment. A flag wins over a variable, and a typed `--stage` over the variables of a
 * local run. Throws UsageError with every problem.
 */
export function readTarget(typed: Readonly<Record<string, unknown>>, environment: NodeJS.ProcessEnv): Target {
  const isTyped = (name: string): boolean => typed[keyOf(name)] !== undefined;
  const given = (name: string): unknown => {
    if (isTyped(name)) return typed[keyOf(name)];
    const isVariable = name !== 'STAGE' && !(isTyped('STAGE') && addressNames.includes(name));
    return (isVariable && environment[name]) || undefined;
  };
  const parsed = Given.safeParse(Object.fromEntries(Object.keys(Given.shape).map((name) => [name, given(name)])));
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = path.join('.');
    return `${isTyped(name) ? flagOf(name) : name}: ${message}`;
  });
  const addresses = addressNames.filter((name) => given(name) !== undefined);
  if (isTyped('STAGE') && addresses.length > 0) {
    problems.push(`--stage: already gives the addresses; leave out ${addresses.map(flagOf).join(' and ')}`);
  } else if (addresses.length > 0) {
    const missing = addressNames.filter((name) => !addresses.includes(name));
    problems.push(...missing.map((name) => `${name} (${flagOf(name)}): is required with ${addresses.join(' and ')}`));
  }
  if (!parsed.success || problems.length > 0) throw new UsageError(problems.join('\n'));

  const { STAGE, AWS_ENDPOINT_URL: endpoint, LIME_REQUESTS_PER_SECOND } = parsed.data;
  const read = addressesIn(parsed.data);
  const where = read === undefined ? { stack: `userlike-lime-${STAGE}` } : { addresses: read, endpoint };
  return { where, stage: STAGE, limeRequestsPerSecond: LIME_REQUESTS_PER_SECOND };
}

/** The addresses, if all of them are given. */
function addressesIn(given: z.infer<typeof Given>): Addresses | undefined {
  const { QUEUE_URL, INTERACTIVE_QUEUE_URL, DLQ_URL, LEDGER_TABLE } = given;
  if (QUEUE_URL === undefined || INTERACTIVE_QUEUE_URL === undefined) return undefined;
  if (DLQ_URL === undefined || LEDGER_TABLE === undefined) return undefined;
  return {
    queueUrl: QUEUE_URL,
    interactiveQueueUrl: INTERACTIVE_QUEUE_URL,
    dlqUrl: DLQ_URL,
    ledgerTable: LEDGER_TABLE,
  };
}

/** The name by which commander knows a flag. */
function keyOf(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function flagOf(name: string): string {
  return `--${name.toLowerCase().replaceAll('_', '-')}`;
}
