import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import * as z from 'zod';

const whole = z.coerce.number().pipe(z.int().nonnegative());

export const Options = z.strictObject({
  /** Calls. */
  runs: whole.pipe(z.int().positive()).default(2_000),
  /** The same seed makes the same calls. */
  seed: whole.default(() => randomInt(2 ** 31)),
  /** Calls at once. */
  concurrency: whole.pipe(z.int().positive().max(64)).default(8),
  /** An endpoint that runs already, organization included; without it the stack is started here. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** The key that calls carry unless they are drawn to carry a wrong one. */
  key: z.string().min(1).default('local-addon-key'),
});
export type Options = z.infer<typeof Options>;

export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** `args` are the arguments after the script's name. @throws OptionsInvalid with every problem */
export function readOptions(args: string[]): Options {
  const options = Options.safeParse(parse(args));
  if (options.success) return options.data;
  throw new OptionsInvalid(z.prettifyError(options.error));
}

const flags = Object.fromEntries(Object.keys(Options.shape).map((name) => [name, { type: 'string' as const }]));

function parse(args: string[]): unknown {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new OptionsInvalid(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
