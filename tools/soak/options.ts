import * as z from 'zod';
import { count, parseOptions, positive, positiveCount } from '../harness/options.ts';
import { faultNames } from './schedule.ts';

/** `1..10`, or one number. */
const seeds = z
  .string()
  .regex(/^\d+(\.\.\d+)?$/, 'must be a number or a range such as 1..10')
  .transform((text) => {
    const [first = 0, last = first] = text.split('..').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  })
  .refine((list) => list.length > 0, 'must not end before it begins');

const shape = {
  seed: seeds.optional(),
  seeds: seeds.optional(),
  conversations: positiveCount.default(1_000),
  kills: count.default(3),
  timeScale: positive.optional(),
  requestsPerSecond: positive.default(100),
  schedule: z.enum(['mixed', 'outage', ...faultNames]).default('mixed'),
  outageDays: positive.default(3),
};

export type Options = ReturnType<typeof readOptions>;

export const USAGE = `npm run soak -- [flags]

  --seed, --seeds          a number, or 1..10 for one run per seed (1)
  --conversations          (1000)
  --kills                  how often mappers are killed (3)
  --schedule               mixed, outage, or one of: ${faultNames.join(', ')} (mixed)
  --outage-days            with outage: the days that one minute stands for (3)
  --time-scale             multiplies every wait of the stack (0.02)
  --requests-per-second    Lime's budget (100)

docs/reliability.md explains the runs and shows results. The exit code is 1 if a run broke a promise.`;

/** Reads the arguments after the script's name. @throws OptionsError with every problem */
export function readOptions(args: string[]) {
  const { seed, seeds: several = seed ?? [1], ...options } = parseOptions(shape, args);
  return { ...options, seeds: several };
}
