import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { HostRules, limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { CALLS_PER_SECOND, INTAKE_CONCURRENCY, QUEUE_RETENTION_DAYS } from './limits.ts';
import { BusinessHours } from './monitoring/business-hours.ts';

const CONCURRENCY_RULE = 'must be a whole number above 0, or off';

/**
 * Options of a deployment, from the context: `cdk.json` or `-c key=value`. The command line gives text, so numbers are
 * accepted as text too.
 */
export const StageSettings = z.strictObject({
  /** Part of the names of the stack and its secrets. `prod` keeps its data when the stack is deleted. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or hyphens and begin with a letter')
    .default('prod'),
  /** Requests a second that all mappers together may send to Lime. Lime CRM Cloud allows 10 per IP address. */
  limeRequestsPerSecond: z.coerce.number('must be a number').positive().default(9),
  /** Hosts that a Lime URL may have, each with its sub-domains. A list, or comma-separated text in `-c limeHosts=`. */
  limeHosts: z
    .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), HostRules)
    .default(limeCloudHosts),
  /** Calls a second for each organization. Unnamed organizations share one limit, and so do links. */
  callsPerSecond: z.coerce.number('must be a number').positive().default(CALLS_PER_SECOND),
  /** Organizations with their own limit. Default: those with their own settings. */
  organizations: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',').filter((name) => name !== '') : value),
      z.array(z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-"')),
    )
    .optional(),
  /** Reserved concurrency of intake. `off` for accounts that cannot reserve any. */
  intakeConcurrency: z
    .union(
      [z.literal('off'), z.coerce.number(CONCURRENCY_RULE).int(CONCURRENCY_RULE).positive(CONCURRENCY_RULE)],
      CONCURRENCY_RULE,
    )
    .default(INTAKE_CONCURRENCY),
  /** Days that log groups keep a line. At least as long as the DLQ keeps the conversation that the line explains. */
  logRetentionDays: z.coerce
    .number()
    .pipe(z.enum(RetentionDays, 'must be a number of days that CloudWatch Logs knows: 14, 30, 60, 90, 180, 365 ...'))
    .refine((days) => days >= QUEUE_RETENTION_DAYS, `must be at least the queues' ${QUEUE_RETENTION_DAYS} days`)
    .default(RetentionDays.ONE_MONTH),
  /** Days that links stay valid. Default: forever. */
  linkLifetimeDays: z.coerce.number('must be a number').int('must be a whole number').positive().optional(),
  /** Recipient of the alarms. AWS asks this address for confirmation first. */
  alarmEmail: z.email('must be an e-mail address').optional(),
  /** When conversations are expected. An alarm reports missing traffic. */
  businessHours: BusinessHours.optional(),
  /** Directory of the settings to deploy instead of `settings/`. */
  settingsDirectory: z.string().min(1).optional(),
  /** Your own key for queues, ledger and logs. Its policy has to allow that, see docs/operations.md. */
  kmsKeyArn: z
    .string()
    .regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/, 'must be the ARN of a key, not of an alias')
    .optional(),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** An invalid context. The message lists every problem. */
export class InvalidStageError extends Error {
  override readonly name = 'InvalidStageError';
}

/** Reads the stage's settings. `contextOf` returns undefined for unset keys. */
export function readStage(contextOf: (key: string) => unknown): StageSettings {
  const context = Object.fromEntries(Object.keys(StageSettings.shape).map((key) => [key, contextOf(key)]));
  const parsed = StageSettings.safeParse(context);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new InvalidStageError(
    ['The context (cdk.json, or -c key=value) does not make a stage:', ...problems].join('\n'),
  );
}
