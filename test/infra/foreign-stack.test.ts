import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks } from 'cdk-nag';
import { UserlikeLime } from '../../infra/userlike-lime.ts';

/** An app of somebody else, without this project's context, for a given account. */
function foreign() {
  const app = new App({
    context: { 'aws:cdk:bundling-stacks': [] },
    outdir: mkdtempSync(join(tmpdir(), 'foreign-')),
  });
  const stack = new Stack(app, 'Theirs', { env: { account: '123456789012', region: 'eu-north-1' } });
  const encryptionKey = new Key(stack, 'TheirKey', { enableKeyRotation: true });
  const chat = new UserlikeLime(stack, 'Chat', {
    secretsPrefix: 'theirs',
    metricsNamespace: 'Theirs',
    limeRequestsPerSecond: 4,
    logRetentionDays: RetentionDays.ONE_MONTH,
    keepData: true,
    encryptionKey,
  });
  return { app, stack, chat };
}

describe('the construct in a stack of somebody else', () => {
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(foreign().stack);
  });

  it('brings everything along, and nothing that is named for the whole account', () => {
    template.resourceCountIs('AWS::Lambda::Function', 3);
    template.resourceCountIs('AWS::CloudWatch::CompositeAlarm', 1);
    for (const [type, name] of [
      ['AWS::Lambda::Function', 'FunctionName'],
      ['AWS::SQS::Queue', 'QueueName'],
      ['AWS::CloudWatch::Alarm', 'AlarmName'],
      ['AWS::CloudWatch::Dashboard', 'DashboardName'],
    ] as const)
      for (const { Properties } of Object.values(template.findResources(type)))
        expect(Properties).not.toHaveProperty(name);
  });

  it('lets CloudWatch Logs use a key of that stack, for the log groups of this account only', () => {
    const [{ Properties } = { Properties: {} }] = Object.values(template.findResources('AWS::KMS::Key'));

    expect(Properties.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-north-1.amazonaws.com' },
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-north-1:123456789012:log-group:*']],
            },
          },
        },
      }),
    );
  });

  it('offers what others attach themselves to', () => {
    const { stack, chat } = foreign();

    expect(chat.monitoring.topic.topic).toBeInstanceOf(Topic);
    expect(stack.resolve(chat.endpoint.url)).toBeDefined();
    expect(stack.resolve(chat.monitoring.dashboard.url)).toBeDefined();
  });

  it('passes the checks of cdk-nag, as it acknowledges what it has to', () => {
    const { app } = foreign();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('hides nothing of theirs: a topic of their own without TLS is found', () => {
    const { app, stack } = foreign();
    new Topic(stack, 'WithoutTls');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).toThrow();
  });
});
