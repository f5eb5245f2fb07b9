import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { count, parseOptions, positiveCount } from '../harness/options.ts';

const shape = {
  /** How many calls are sent. */
  runs: positiveCount.default(2_000),
  /** The same seed makes the same calls. */
  seed: count.default(() => randomInt(2 ** 31)),
  /** Sends only the call with this number, to reproduce a failure. */
  call: count.optional(),
  /** Calls that are sent at the same time. */
  concurrency: positiveCount.pipe(z.int().max(64)).default(8),
  /** A running endpoint, organization included. Without it the stack is started. */
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** The key of calls that should pass authentication. */
  key: z.string().min(1).default('local-addon-key'),
};

export type Options = ReturnType<typeof readOptions>;

/** Reads the arguments after the script's name. @throws OptionsError with every problem */
export function readOptions(args: string[]) {
  return parseOptions(shape, args);
}
