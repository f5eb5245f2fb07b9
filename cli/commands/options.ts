import * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { parseMoment, TIME_FORMATS } from '../time.ts';

/** The environment of a command. */
export type Context = {
  environment: NodeJS.ProcessEnv;
  io: Io;
  /** Sets the exit code: 0 fine, 1 something to act on. */
  ended: (status: number) => void;
};

export const text = z.string().optional();
export const flag = z.boolean().optional();

/** An organization, as in the endpoint's path and in the names of settings files and secrets. */
export const Organization = z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, "_" or "-", at most 64');

/** A time in milliseconds, as `parseMoment` reads it. */
export function momentAt(now: number) {
  return z
    .string()
    .transform((typed, context) => {
      const moment = parseMoment(typed, now);
      if (moment === undefined) context.addIssue(TIME_FORMATS);
      return moment ?? z.NEVER;
    })
    .optional();
}

/** Parses the flags. Throws UsageError with every wrong one. */
export function read<T>(schema: z.ZodType<T>, options: unknown): T {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(
    parsed.error.issues.map(({ path, message }) => `${flagOf(path.join('.'))}: ${message}`).join('\n'),
  );
}
