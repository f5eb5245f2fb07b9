import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { HostRules, limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { CALLS_PER_SECOND, INTAKE_CONCURRENCY, QUEUE_RETENTION_DAYS } from './limits.ts';
import { BusinessHours } from './monitoring/business-hours.ts';

const CONCURRENCY_RULE = 'must be a whole number above 0, or off';

/**
 * What one deployment can choose, read from the context: `cdk.json` or `-c key=value`.
 * Values on the command line are text, so numbers are taken in both forms.
 */
export const StageSettings = z.strictObject({
  /** Part of the stack's name and of every secret's name. `prod` keeps its data when the stack is deleted. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or hyphens and begin with a letter')
    .default('prod'),
  /** Requests a second that all mappers together may send to Lime. Lime CRM Cloud allows 10 for each IP address. */
  limeRequestsPerSecond: z.coerce.number('must be a number').positive().default(9),
  /** Hosts that a Lime URL may have, with everything below them. A list, or a text with commas behind `-c limeHosts=`. */
  limeHosts: z
    .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), HostRules)
    .default(limeCloudHosts),
  /** Calls a second that each organization may make; those that are not named share as many, and so do links. */
  callsPerSecond: z.coerce.number('must be a number').positive().default(CALLS_PER_SECOND),
  /** Organizations with a share of their metrics. Those that have settings of their metrics if left out. */
  organizations: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',').filter((name) => name !== '') : value),
      z.array(z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-"')),
    )
    .optional(),
  /** Calls that intake answers at once, reserved for it; `off` in an account that has too few to reserve any. */
  intakeConcurrency: z
    .union(
      [z.literal('off'), z.coerce.number(CONCURRENCY_RULE).int(CONCURRENCY_RULE).positive(CONCURRENCY_RULE)],
      CONCURRENCY_RULE,
    )
    .default(INTAKE_CONCURRENCY),
  /** Days that the log groups keep a line: at least as long as the DLQ keeps the conversation that the line explains. */
  logRetentionDays: z.coerce
    .number()
    .pipe(z.enum(RetentionDays, 'must be a number of days that CloudWatch Logs knows: 14, 30, 60, 90, 180, 365 ...'))
    .refine((days) => days >= QUEUE_RETENTION_DAYS, `must be at least the queues' ${QUEUE_RETENTION_DAYS} days`)
    .default(RetentionDays.ONE_MONTH),
  /** Days after which a link leads nowhere any more; links last if left out. */
  linkLifetimeDays: z.coerce.number('must be a number').int('must be a whole number').positive().optional(),
  /** Who is mailed by the alarms. AWS asks that address to confirm before it sends any. */
  alarmEmail: z.email('must be an e-mail address').optional(),
  /** When conversations are expected; an alarm tells when none comes. */
  businessHours: BusinessHours.optional(),
  /** Directory of the settings that are deployed, instead of `settings/`. */
  settingsDirectory: z.string().min(1).optional(),
  /** A key of yours that encrypts queues, ledger and logs. Its policy has to allow that, see docs/operations.md. */
  kmsKeyArn: z
    .string()
    .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'must be the ARN of a key, not of an alias')
    .optional(),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** Context that does not make a stage; the message lists every problem, not the first one. */
export class InvalidStageError extends Error {
  override readonly name = 'InvalidStageError';
}

/** Reads the stage's settings through `contextOf`, which answers undefined for a key that nobody set. */
export function readStage(contextOf: (key: string) => unknown): StageSettings {
  const context = Object.fromEntries(Object.keys(StageSettings.shape).map((key) => [key, contextOf(key)]));
  const parsed = StageSettings.safeParse(context);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new InvalidStageError(
    ['The context (cdk.json, or -c key=value) does not make a stage:', ...problems].join('\n'),
  );
}
