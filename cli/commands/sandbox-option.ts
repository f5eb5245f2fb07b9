import type { Command } from 'commander';
import * as z from 'zod';

/** The data model of the sandbox Lime CRM, `core` if the flag stands alone. */
export const SandboxOption = z
  .union([z.literal(true).transform((): SandboxModel => 'core'), z.enum(['core', 'custom'])], {
    error: 'must be core or custom; write files before it',
  })
  .optional();
export type SandboxModel = 'core' | 'custom';

/** Adds `--sandbox [core|custom]` to a command. */
export function withSandbox(command: Command): Command {
  return command.option(
    '--sandbox [model]',
    'a Lime CRM with invented people instead of a tenant: core (an untouched Lime Core) or custom',
  );
}
