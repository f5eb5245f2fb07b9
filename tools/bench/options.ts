import * as z from 'zod';
import { parseOptions, positiveCount } from '../harness/options.ts';
import { OptionsError } from '../local/options.ts';

/** The parts of the benchmark, in the order in which they run. */
export const parts = ['sizes', 'imports', 'work', 'latency'] as const;
export type Part = (typeof parts)[number];

/** The sandbox keeps the last 5,000 requests. More conversations would cause requests that are not counted. */
const MOST_IN_BULK = 2_000;

const shape = {
  /** The parts to run, with commas. */
  only: z
    .string()
    .transform((names) => names.split(','))
    .pipe(z.array(z.enum(parts)))
    .default([...parts]),
  /** Conversations of the bulk call while Lime's budget is kept. */
  bulk: positiveCount.pipe(z.int().max(MOST_IN_BULK)).default(150),
  /** Single conversations alone, and as many beside the bulk call. */
  singles: positiveCount.default(20),
  /** Rounds of bare server and product. */
  rounds: positiveCount.default(3),
};

const switches = ['json', 'write'] as const;

/** Reads the arguments after the script's name. @throws OptionsError with every problem */
export function readOptions(args: readonly string[]) {
  const [json, write] = switches.map((name) => args.includes(`--${name}`));
  const others = args.filter((arg) => !switches.some((name) => arg === `--${name}`));
  const options = parseOptions(shape, others);
  if (write && options.only.length < parts.length) {
    throw new OptionsError('--write: the page needs every part; leave out --only');
  }
  return { ...options, json: json === true, write: write === true };
}
