import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { aDirectory } from '../a-directory.ts';
import { changed } from './changed.ts';
import { runHere } from './run-cli.ts';

const Report = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      severity: z.string(),
      path: z.string(),
      property: z.string().optional(),
      rule: z.string(),
      suggestion: z.string().optional(),
    }),
  ),
});

/** A customised tenant with the settings that init wrote for it, and what check says of them. */
export async function aTenant() {
  const sandbox = await startSandbox({ schema: 'custom' });
  const directory = await aDirectory();
  const variables: Record<string, string> = { LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' };
  const own = directory.path('own.json');
  await runHere(['init', '--output', own], variables);

  return {
    sandbox,
    directory,
    /** By which the command line finds the tenant. */
    variables,
    /** The file that init wrote. */
    own,
    /** Checks its settings with one value changed, or (undefined) removed. */
    check: async (path: string, value: unknown) => {
      const file = await directory.write('checked.json', changed(JSON.parse(readFileSync(own, 'utf8')), path, value));
      const { code, stdout } = await runHere(['check', file, '--json'], variables);
      return { code, ...Report.parse(JSON.parse(stdout)) };
    },
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}
export type Tenant = Awaited<ReturnType<typeof aTenant>>;
