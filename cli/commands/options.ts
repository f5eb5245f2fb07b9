import * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { MOMENT_MEANT, parseMoment } from '../time.ts';

/** What a command line runs in. */
export type Context = {
  environment: NodeJS.ProcessEnv;
  io: Io;
  /** Takes the exit code: 0 fine, 1 something to act on. */
  ended: (status: number) => void;
};

export const text = z.string().optional();
export const flag = z.boolean().optional();

/** As it stands in the endpoint's path, in the name of a settings file and in that of a secret. */
export const Organization = z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-", at most 64');

/** A moment in milliseconds, as `parseMoment` reads it. */
export function momentAt(now: number) {
  return z
    .string()
    .transform((typed, context) => {
      const moment = parseMoment(typed, now);
      if (moment === undefined) context.addIssue(MOMENT_MEANT);
      return moment ?? z.NEVER;
    })
    .optional();
}

/** Throws UsageError with every flag that cannot be used. */
export function read<T>(schema: z.ZodType<T>, options: unknown): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(
    parsed.error.issues.map(({ path, message }) => `${flagOf(path.join('.'))}: ${message}`).join('\n'),
  );
}
