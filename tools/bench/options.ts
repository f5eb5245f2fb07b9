import { parseArgs } from 'node:util';
import * as z from 'zod';

/** The sandbox remembers 5,000 requests: what more than this many conversations need would not all be counted. */
const MOST_CONVERSATIONS = 2_000;

export const Options = z.strictObject({
  conversations: z.coerce.number().pipe(z.int().positive().max(MOST_CONVERSATIONS)).default(500),
  /** Lime's budget. */
  'requests-per-second': z.coerce.number().pipe(z.number().positive()).default(20),
  /** Milliseconds that Lime takes for each answer. */
  latency: z.coerce.number().pipe(z.number().nonnegative()).default(300),
});
export type Options = z.infer<typeof Options>;

export class OptionsInvalid extends Error {
  override readonly name = 'OptionsInvalid';
}

/** `args` are the arguments after the script's name. @throws OptionsInvalid with every problem */
export function readOptions(args: string[]): Options {
  const flags = Object.fromEntries(Object.keys(Options.shape).map((name) => [name, { type: 'string' as const }]));
  const { values, positionals } = parseArgs({ args, options: flags, strict: false, allowPositionals: true });
  const options = Options.safeParse(values);
  if (!options.success) throw new OptionsInvalid(z.prettifyError(options.error));
  if (positionals.length > 0) throw new OptionsInvalid(`unknown argument: ${positionals.join(' ')}`);
  return options.data;
}
