import type { Command } from 'commander';
import * as z from 'zod';

/** The data model of the sandbox Lime CRM, `core` if the flag stands alone. */
export const SandboxOption = z
  .union([z.literal(true).transform((): SandboxModel => 'core'), z.enum(['core', 'custom'])], {
    error: 'must be core or custom',
  })
  .optional();
export type SandboxModel = 'core' | 'custom';

const FLAG = '--sandbox';

/** Arguments in which `--sandbox` has a model, so that what stands behind it is read as a file if it is none. */
export function withModel(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const next = args[index + 1];
    return arg === FLAG && next !== undefined && !SandboxOption.safeParse(next).success ? [FLAG, 'core'] : [arg];
  });
}

/** Adds `--sandbox [core|custom]` to a command. */
export function withSandbox(command: Command): Command {
  return command.option(
    '--sandbox [model]',
    'a Lime CRM with invented people instead of a tenant: core (an untouched Lime Core) or custom',
  );
}
