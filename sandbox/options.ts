import { parseArgs } from 'node:util';
import * as z from 'zod';
import { seededRandom } from './control/random.ts';
import { SchemaName } from './data/schema.ts';
import type { SandboxOptions } from './sandbox.ts';
import { Settings } from './settings.ts';

function number(text: string | undefined) {
  return text === undefined ? undefined : Number(text);
}

const Options = z.object({
  port: z.preprocess(number, z.int('is not a port').min(0).max(65_535).default(3001)),
  application: z.string().min(1).default('lime'),
  schema: SchemaName.default('core'),
  'api-key': z.string().min(1).default('local-lime-key'),
  errors: z.preprocess(number, Settings.shape.errors),
  seed: z.preprocess(number, z.int('is not a whole number').optional()),
});

export const USAGE = `Usage: npm run sandbox -- [options]

  --port <n>            port on 127.0.0.1 (SANDBOX_PORT or PORT, default 3001)
  --application <name>  name of the Lime application (LIME_APPLICATION, default lime)
  --schema <name>       core or custom (LIME_SCHEMA, default core)
  --api-key <key>       the key requests must carry (LIME_API_KEY, default local-lime-key)
  --errors <status>     form of validation errors: 400, 422 or 500 (default 400)
  --seed <n>            makes faults that happen by chance repeatable
  --help`;

/** @throws an error with one line about unknown and wrong flags */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): SandboxOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      application: text,
      schema: text,
      'api-key': text,
      errors: text,
      seed: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  const { data, error } = Options.safeParse({
    port: values.port ?? env.SANDBOX_PORT ?? env.PORT,
    application: values.application ?? env.LIME_APPLICATION,
    schema: values.schema ?? env.LIME_SCHEMA,
    'api-key': values['api-key'] ?? env.LIME_API_KEY,
    errors: values.errors,
    seed: values.seed,
  });
  if (error !== undefined) {
    throw new Error(error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('; '));
  }
  const { port, application, schema, errors, seed, 'api-key': apiKey } = data;
  return {
    port,
    application,
    schema,
    settings: { apiKey, errors },
    ...(seed === undefined ? {} : { random: seededRandom(seed) }),
  };
}
