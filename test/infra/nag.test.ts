import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserlikeLimeStack } from '../../infra/stack.ts';
import { readStage } from '../../infra/stage.ts';
import { project, readText } from '../docs/pages.ts';

const acknowledgements = readdirSync(join(project, 'infra'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => [...readText(`infra/${name}`).matchAll(/AwsSolutions-\w+(\[)?/g)].map(([id]) => id));

describe('the checks of cdk-nag', () => {
  it('find nothing that is not acknowledged, with every choice of a stage', () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    for (const stage of ['prod', 'example'])
      new UserlikeLimeStack(
        app,
        `Tested-${stage}`,
        readStage((key) => (key === 'stage' ? stage : undefined)),
      );
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('are acknowledged for two rules: open routes, and wildcards one by one', () => {
    expect(acknowledgements.toSorted()).toEqual(['AwsSolutions-APIG4', 'AwsSolutions-IAM5[']);
  });
});
