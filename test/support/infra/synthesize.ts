import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { UserlikeLimeStack } from '../../../infra/stack.ts';
import { readStage } from '../../../infra/stage.ts';

export { resource } from './resource.ts';

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of `cdk.json` with feature flags, so that tests see the deployed template. */
const { context: deployed } = CdkJson.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../cdk.json'), 'utf8')),
);

/** No directory: a stage of one's own changes no test. */
const NO_STAGES = join(import.meta.dirname, 'no-stages');

/** The stack of `npx cdk synth -c …`, by default without bundles. */
export function synthesize(
  context: Record<string, unknown> = {},
  name = 'Tested',
  stages = NO_STAGES,
): { template: Template; directory: string } {
  const app = new App({ context: { ...deployed, 'aws:cdk:bundling-stacks': [], ...context } });
  const stack = new UserlikeLimeStack(
    app,
    name,
    readStage((key) => app.node.tryGetContext(key), stages),
  );
  return { template: Template.fromStack(stack), directory: app.outdir };
}
