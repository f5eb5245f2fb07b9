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
    const choices = {
      alarmEmail: 'oncall@example.com',
      kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    };
    for (const context of [{}, { ...choices, stage: 'trial' }])
      new UserlikeLimeStack(
        app,
        `Tested${Object.keys(context).length}`,
        readStage((key) => Object.entries(context).find(([name]) => name === key)?.[1]),
      );
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('are acknowledged for two rules: open routes, and wildcards one by one', () => {
    expect(acknowledgements.toSorted()).toEqual(['AwsSolutions-APIG4', 'AwsSolutions-IAM5[']);
  });
});
