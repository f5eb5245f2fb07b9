import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { readJson } from '../shared/json-text.ts';
import { HostRules, limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { CALLS_PER_SECOND, INTAKE_CONCURRENCY, QUEUE_RETENTION_DAYS } from './limits.ts';
import { BusinessHours } from './monitoring/business-hours.ts';

const CONCURRENCY_RULE = 'must be a whole number above 0, or off';

const KEY_ARN = /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/;
const keyArn = z.string().regex(KEY_ARN, 'must be the ARN of a key, not of an alias');

/** Part of the names of the stack and its secrets. `prod` keeps its data when the stack is deleted. */
const StageName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'must be 1 to 20 lower-case letters, digits or hyphens and begin with a letter')
  .default('prod');

/**
 * Options of a deployment: `stages/<stage>.json`, or the CDK's context if there is no such file. The context gives
 * text, so numbers are accepted as text too.
 */
export const StageSettings = z.strictObject({
  stage: StageName,
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account')
    .optional()
    .describe(
      'AWS account to deploy to. The CDK refuses credentials of another one. Default: that of the credentials.',
    ),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1')
    .optional()
    .describe('Region to deploy to. Default: that of the credentials.'),
  limeRequestsPerSecond: z.coerce
    .number('must be a number')
    .positive()
    .default(9)
    .describe(
      'Requests a second that all mappers together may send to one Lime. Lime CRM Cloud allows 10 per IP address.',
    ),
  limeHosts: z
    .preprocess((value) => (typeof value === 'string' ? value.split(',') : value), HostRules)
    .default(limeCloudHosts)
    .describe("Hosts that a Lime URL may have, each with its sub-domains. Default: Lime's cloud."),
  callsPerSecond: z.coerce
    .number('must be a number')
    .positive()
    .default(CALLS_PER_SECOND)
    .describe('Calls a second for each organization. Unnamed organizations share one limit, and so do links.'),
  organizations: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',').filter((name) => name !== '') : value),
      z.array(z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-"')),
    )
    .optional()
    .describe('Organizations with their own limit of calls. Default: those with their own settings.'),
  intakeConcurrency: z
    .union(
      [z.literal('off'), z.coerce.number(CONCURRENCY_RULE).int(CONCURRENCY_RULE).positive(CONCURRENCY_RULE)],
      CONCURRENCY_RULE,
    )
    .default(INTAKE_CONCURRENCY)
    .describe('Reserved concurrency of intake. `off` for accounts that cannot reserve any.'),
  logRetentionDays: z.coerce
    .number()
    .pipe(z.enum(RetentionDays, 'must be a number of days that CloudWatch Logs knows: 14, 30, 60, 90, 180, 365 ...'))
    .refine((days) => days >= QUEUE_RETENTION_DAYS, `must be at least the queues' ${QUEUE_RETENTION_DAYS} days`)
    .default(RetentionDays.ONE_MONTH)
    .describe('Days that log groups keep a line. At least as many as the DLQ keeps a conversation.'),
  linkLifetimeDays: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .positive()
    .optional()
    .describe('Days that links stay valid. Default: forever.'),
  alarmEmail: z
    .email('must be an e-mail address')
    .optional()
    .describe('Recipient of the alarms. AWS asks this address for confirmation first.'),
  runbookUrl: z
    .string()
    .regex(/^https:\/\/[^\s#]+$/, 'must be an https URL without a fragment')
    .optional()
    .describe(
      'Where your people read docs/operations.md. Each alarm links its section. Default: the path of the page.',
    ),
  businessHours: BusinessHours.optional().describe(
    'When conversations are expected. An alarm reports missing traffic. Default: no such alarm.',
  ),
  settingsDirectory: z
    .string()
    .min(1)
    .optional()
    .describe('Directory of the settings to deploy. Default: `settings/`.'),
  kmsKeyArn: keyArn
    .optional()
    .describe("Your own key for queues, ledger and logs. Its policy has to allow that. Default: AWS's keys."),
  formerKmsKeyArns: z
    .array(keyArn)
    .default([])
    .describe('Former values of `kmsKeyArn`. The functions may still decrypt what these keys have encrypted.'),
  domain: z
    .strictObject({
      name: z.hostname('must be a domain name').describe('The domain.'),
      certificateArn: z
        .string()
        .regex(/^arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/, 'must be the ARN of a certificate of ACM')
        .describe("A certificate for the domain in ACM, in the stack's region."),
    })
    .optional()
    .describe('A domain of your own for the endpoint and its links. Links then outlive the stack.'),
  terminationProtection: z
    .boolean('must be true or false')
    .optional()
    .describe('CloudFormation refuses to delete the stack. Default: true for `prod` only.'),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** Invalid options of a stage. The message lists every problem. */
export class InvalidStageError extends Error {
  override readonly name = 'InvalidStageError';
}

/** A stage file as people write it. The file's name is the stage. */
export const StageFile = StageSettings.omit({ stage: true }).extend({
  $schema: z.string().optional().describe('The JSON Schema of this file, for editors.'),
});

const STAGES_DIRECTORY = join(import.meta.dirname, '../stages');

/**
 * Reads the options of a stage. If `stages/<stage>.json` exists, it has them all, so that no deployment forgets one:
 * the context may only name the stage then. Throws InvalidStageError.
 * @param contextOf a value of the CDK's context, undefined for unset keys
 */
export function readStage(
  contextOf: (key: string) => unknown,
  directory = STAGES_DIRECTORY,
): StageSettings & { origin: 'file' | 'context' | 'defaults' } {
  const context = Object.fromEntries(
    Object.keys(StageSettings.shape).flatMap((key) => {
      const value = contextOf(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const { stage, ...others } = context;
  const given = Object.keys(others);
  const name = StageName.safeParse(stage);
  const file = name.success ? readStageFile(join(directory, `${name.data}.json`)) : undefined;
  if (file === undefined) {
    const source = 'the context (cdk.json, or -c key=value)';
    return { ...parse(StageSettings, context, source), origin: given.length > 0 ? 'context' : 'defaults' };
  }
  const source = `stages/${name.data}.json`;
  if (given.length > 0) {
    throw new InvalidStageError(
      `${source} has all options of this stage: move ${given.join(', ')} from the context to it`,
    );
  }
  const { $schema: _, ...options } = parse(StageFile, file, source);
  return { ...options, stage: name.data ?? '', origin: 'file' };
}

function parse<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new InvalidStageError([`${source} does not make a stage:`, ...problems].join('\n'));
}

/** Undefined if there is no such file. */
function readStageFile(path: string): unknown {
  if (!existsSync(path)) return undefined;
  const read = readJson(readFileSync(path));
  if ('problem' in read) throw new InvalidStageError(`${path} ${read.problem}`);
  return read.json;
}
