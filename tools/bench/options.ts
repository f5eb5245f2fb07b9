import * as z from 'zod';
import { parseOptions, positive, positiveCount } from '../harness/options.ts';

/** The sandbox keeps the last 5,000 requests. More conversations would cause requests that are not counted. */
const MOST_CONVERSATIONS = 2_000;

const shape = {
  conversations: positiveCount.pipe(z.int().max(MOST_CONVERSATIONS)).default(500),
  /** Lime's budget. */
  requestsPerSecond: positive.default(20),
  /** Milliseconds until Lime answers. */
  latency: z.coerce.number().pipe(z.number().nonnegative()).default(300),
};

/** Reads the arguments after the script's name. @throws OptionsError with every problem */
export function readOptions(args: string[]) {
  return parseOptions(shape, args);
}
