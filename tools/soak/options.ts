import { parseArgs } from 'node:util';
import * as z from 'zod';
import { wrongNames } from './schedule.ts';

const whole = z.coerce.number().pipe(z.int().nonnegative());
const positive = z.coerce.number().pipe(z.number().positive());

/** `1..10`, or one number. */
const seeds = z
  .string()
  .regex(/^\d+(\.\.\d+)?$/, 'must be a number or two of them, such as 1..10')
  .transform((text) => {
    const [first = 0, last = first] = text.split('..').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  })
  .refine((list) => list.length > 0, 'must not end before it begins');

export const Options = z.strictObject({
  seeds: seeds.default([1]),
  conversations: whole.pipe(z.int().positive()).default(1_000),
  kills: whole.default(3),
  timeScale: positive.optional(),
  requestsPerSecond: positive.default(100),
  schedule: z.enum(['mixed', 'outage', ...wrongNames]).default('mixed'),
  outageDays: positive.default(3),
});
export type Options = z.infer<typeof Options>;

export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** What `--help` tells. */
export const usage = `npm run soak -- [flags]

  --seed, --seeds          one number, or 1..10 for a run of each (1)
  --conversations          (1000)
  --kills                  moments at which mappers die (3)
  --schedule               mixed, outage, or one of: ${wrongNames.join(', ')} (mixed)
  --outage-days            for outage: days that a minute stands for (3)
  --time-scale             multiplies every wait of the stack (0.02)
  --requests-per-second    Lime's budget (100)

What it does and what was measured: docs/reliability.md. Exit code 1 where a run broke a promise.`;

const flags = {
  seed: { type: 'string' },
  seeds: { type: 'string' },
  conversations: { type: 'string' },
  kills: { type: 'string' },
  'time-scale': { type: 'string' },
  'requests-per-second': { type: 'string' },
  schedule: { type: 'string' },
  'outage-days': { type: 'string' },
} as const;

/** `args` are the arguments after the script's name. @throws OptionsInvalid with every problem */
export function readOptions(args: string[]): Options {
  const parsed = parse(args);
  const { seed, seeds: several = seed, ...rest } = parsed;
  const given = {
    seeds: several,
    conversations: rest.conversations,
    kills: rest.kills,
    timeScale: rest['time-scale'],
    requestsPerSecond: rest['requests-per-second'],
    schedule: rest.schedule,
    outageDays: rest['outage-days'],
  };
  const options = Options.safeParse(given);
  if (options.success) return options.data;
  throw new OptionsInvalid(z.prettifyError(options.error));
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new OptionsInvalid(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
