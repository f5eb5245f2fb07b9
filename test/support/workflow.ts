import { createRequire } from 'node:module';
import * as z from 'zod';
import { readText } from '../docs/pages.ts';

const yaml: { safeLoad: (text: string) => unknown } = createRequire(import.meta.url)('js-yaml');

const Permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const Step = z
  .strictObject({
    name: z.string().optional(),
    uses: z.string().optional(),
    run: z.string().optional(),
    with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    env: z.record(z.string(), z.string()).optional(),
  })
  .refine(({ uses, run }) => (uses === undefined) !== (run === undefined), 'a step either uses or runs');
const Job = z.union([
  z.strictObject({ uses: z.string(), needs: z.string().optional() }),
  z.strictObject({
    'runs-on': z.string(),
    'timeout-minutes': z.number().max(60),
    needs: z.string().optional(),
    environment: z.string().optional(),
    permissions: Permissions.optional(),
    env: z.record(z.string(), z.string()).optional(),
    steps: z.array(Step).min(1),
  }),
]);

/** As much of GitHub's syntax as the project's workflows use; anything else is taken for a slip. */
const Workflow = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.union([z.null(), z.record(z.string(), z.array(z.string()))])),
  permissions: Permissions,
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.union([z.boolean(), z.string()]) }),
  jobs: z.record(z.string(), Job),
});
export type Workflow = z.infer<typeof Workflow>;

export function readWorkflow(path: string): Workflow {
  return Workflow.parse(yaml.safeLoad(readText(path)));
}

/** The steps of a job, none where it is another workflow. */
export function stepsOf(job: Workflow['jobs'][string] | undefined): z.infer<typeof Step>[] {
  return job !== undefined && 'steps' in job ? job.steps : [];
}
