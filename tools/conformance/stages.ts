import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { UserlikeLimeStack } from '../../infra/stack.ts';
import { readStage } from '../../infra/stage.ts';

const project = join(import.meta.dirname, '../..');

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The stages under test: without a stage file, with every option, and the one of the local run. */
const STAGES = [
  { stage: 'prod', stages: join(import.meta.dirname, 'no-stages') },
  { stage: 'example', stages: join(project, 'stages') },
  { stage: 'local', stages: join(import.meta.dirname, 'no-stages') },
];

/** A synthesized stage: its cloud assembly, and its template. */
export type SynthesizedStage = { stage: string; stackName: string; directory: string; template: string };

/** Synthesizes every stage with its bundles into directories below `output`. */
export function synthesizeStages(output: string): SynthesizedStage[] {
  const { context } = CdkJson.parse(JSON.parse(readFileSync(join(project, 'cdk.json'), 'utf8')));
  return STAGES.map(({ stage, stages }) => {
    const directory = join(output, stage);
    const stackName = `userlike-lime-${stage}`;
    const app = new App({ context: { ...context, stage }, outdir: directory });
    new UserlikeLimeStack(
      app,
      stackName,
      readStage((key) => (key === 'stage' ? stage : undefined), stages),
    );
    app.synth();
    return { stage, stackName, directory, template: join(directory, `${stackName}.template.json`) };
  });
}
