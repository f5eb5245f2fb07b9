import { parseArgs } from 'node:util';
import * as z from 'zod';
import { OptionsError } from '../local/options.ts';

export const count = z.coerce.number().pipe(z.int().nonnegative());
export const positiveCount = count.pipe(z.int().positive());
export const positive = z.coerce.number().pipe(z.number().positive());

/**
 * Reads the flags of a tool: `requestsPerSecond` of the shape is `--requests-per-second`.
 * @param args the arguments after the script's name
 * @throws OptionsError with every problem
 */
export function parseOptions<Shape extends z.ZodRawShape>(shape: Shape, args: string[]) {
  const names = new Map(Object.keys(shape).map((name) => [flagOf(name), name]));
  const options = Object.fromEntries([...names.keys()].map((flag) => [flag, { type: 'string' as const }]));
  const given = Object.entries(parse(args, options)).map(([flag, value]) => [names.get(flag), value]);
  const parsed = z.strictObject(shape).safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  throw new OptionsError(
    parsed.error.issues.map(({ path, message }) => `--${flagOf(path.join('.'))}: ${message}`).join('\n'),
  );
}

function flagOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function parse(args: string[], options: Record<string, { type: 'string' }>) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
