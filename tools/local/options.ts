import { parseArgs } from 'node:util';
import * as z from 'zod';
import { LimeUrl } from '../../shared/credentials.ts';

const port = z.coerce.number().pipe(z.int().min(0).max(65_535));
const positive = z.coerce.number().pipe(z.number().positive());

/**
 * The options of a local run, each an environment variable or the flag of the same name (`LIME_URL`, `--lime-url`). An
 * empty value counts as missing. A flag wins over a variable.
 */
export const Options = z.strictObject({
  /** The add-on endpoint, on 127.0.0.1. 0 takes any free port. */
  PORT: port.default(3000),
  ORGANIZATION: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-"')
    .default('108905'),
  ADDON_KEY: z.string().default('local-addon-key'),
  ADDON_KEY_PREVIOUS: z.string().optional(),
  /** A Lime tenant, application name included. Without it a sandbox is started. */
  LIME_URL: LimeUrl.optional(),
  LIME_API_KEY: z.string().default('local-lime-key'),
  /** The sandbox's port. 0 takes any free port. */
  SANDBOX_PORT: port.default(3001),
  /** Another emulator of SQS, DynamoDB and Secrets Manager that replaces the embedded ones. */
  AWS_ENDPOINT_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  /** `on`: sends the documented conversation once everything listens. */
  EXAMPLE: z.enum(['on', 'off'], 'must be on or off').default('on'),
  /** Multiplies every wait: back-off, Retry-After, visibility timeout and lease. */
  TIME_SCALE: positive.default(1),
  /** Lime's budget. */
  LIME_REQUESTS_PER_SECOND: positive.default(9),
  /** A directory of settings that replaces the project's `settings/`. */
  SETTINGS_DIRECTORY: z.string().optional(),
  /** `on`: log lines as JSON; `off`: readable ones; `auto`: readable ones only on a terminal. */
  JSON_LOGS: z.enum(['auto', 'on', 'off'], 'must be auto, on or off').default('auto'),
  /** A directory that keeps queues, ledger, secrets and the sandbox over restarts. Default: state is fresh. */
  DATA: z.string().optional(),
  /** `on`: uses settings as soon as their files change. The bare flag means `on`. */
  WATCH: z.enum(['on', 'off'], 'must be on or off').default('off'),
  /** A synthesized cloud assembly. With it nothing is synthesized, and its own budget applies. */
  ASSEMBLY: z.string().optional(),
});
export type Options = z.infer<typeof Options>;

/** Flags or variables are wrong. The message lists every problem. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

function flagOf(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

const variables = Object.keys(Options.shape);
const bareFlags: readonly string[] = ['watch'];
const flags = Object.fromEntries(
  variables.map(flagOf).map((flag) => [flag, { type: bareFlags.includes(flag) ? 'boolean' : 'string' } as const]),
);

/** `--json-logs` may be typed without a value. */
function completed(args: readonly string[]): string[] {
  return args.map((arg, at) => (arg === '--json-logs' && /^(?:-|$)/.test(args[at + 1] ?? '') ? `${arg}=on` : arg));
}

/** Reads the options. @param args the arguments after the script's name */
export function readOptions(args: string[], environment: NodeJS.ProcessEnv): Options {
  const { values, tokens } = parseArgs({
    args: completed(args),
    options: flags,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [`${token.value}: unknown argument`];
    if (token.kind !== 'option') return [];
    if (!Object.hasOwn(flags, token.name)) return [`${token.rawName}: unknown flag`];
    return token.value === undefined && !bareFlags.includes(token.name) ? [`${token.rawName}: needs a value`] : [];
  });
  const given = variables.flatMap((name) => {
    const flag = values[flagOf(name)];
    const value =
      (flag === true && bareFlags.includes(flagOf(name)) ? 'on' : flag) ??
      (name === 'ASSEMBLY' ? undefined : environment[name]);
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  const parsed = Options.safeParse(Object.fromEntries(given));
  if (parsed.data?.WATCH === 'on' && parsed.data.ASSEMBLY !== undefined)
    problems.push('WATCH (--watch): ASSEMBLY has its own settings; leave out one of both');
  if (parsed.data?.DATA !== undefined && parsed.data.AWS_ENDPOINT_URL !== undefined)
    problems.push('DATA (--data): the emulator of AWS_ENDPOINT_URL keeps its own state; leave out one of both');
  if (parsed.success && problems.length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path.join('.');
    problems.push(`${name} (--${flagOf(name)}): ${issue.message}`);
  }
  throw new OptionsError(['The local run cannot start:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
}
