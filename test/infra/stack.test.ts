import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import { UserlikeLime } from '../../infra/userlike-lime.ts';
import { AddonSecret, LimeSecret } from '../../shared/credentials.ts';
import { readText } from '../docs/pages.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const { template } = synthesize();

/** Tags come as a list or as a record, by the type. */
const Tagged = z.looseObject({
  Tags: z
    .union([z.array(z.object({ Key: z.string(), Value: z.string() })), z.record(z.string(), z.string())])
    .optional(),
});
function tagsOf(tags: { Key: string; Value: string }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

describe('template', () => {
  it('is made of resources that a local run can read, without custom resources', () => {
    const resources = z.record(z.string(), z.object({ Type: z.string() })).parse(template.toJSON().Resources);
    const types = Object.values(resources).map(({ Type }) => Type);

    expect([...new Set(types)].toSorted()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Stage',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::DynamoDB::Table',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Logs::LogGroup',
      'AWS::Logs::MetricFilter',
      'AWS::Logs::QueryDefinition',
      'AWS::SNS::Topic',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
  });

  it('says which release it is', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readText('package.json')));

    expect(template.toJSON().Description).toBe(`Userlike conversations to Lime CRM, stage prod, release ${version}`);
  });

  it('names no account and no region', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\b\d{12}\b|[a-z]{2}-[a-z]+-\d\b/);
  });

  it('writes ARNs for any partition', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws[:-]/);
  });

  it('tags everything that can be tagged with project and stage', () => {
    const resources = z.record(z.string(), z.looseObject({ Properties: Tagged.optional() }));
    const tags = Object.values(resources.parse(template.toJSON().Resources)).flatMap(({ Properties }) =>
      Properties?.Tags === undefined
        ? []
        : [Array.isArray(Properties.Tags) ? tagsOf(Properties.Tags) : Properties.Tags],
    );

    expect(new Set(tags.map((tag) => JSON.stringify(tag)))).toEqual(
      new Set([JSON.stringify({ project: 'userlike-lime', stage: 'prod' })]),
    );
    expect(tags.length).toBeGreaterThan(20);
  });

  it('outputs the dashboard and the topic of the alarms', () => {
    const { Dashboard, AlarmTopic } = template.toJSON().Outputs;

    expect(AlarmTopic.Value).toEqual({ Ref: resource(template, 'AWS::SNS::Topic').id });
    expect(Dashboard.Value['Fn::Join'][1].at(-1)).toEqual({ Ref: resource(template, 'AWS::CloudWatch::Dashboard').id });
  });

  it.each(['Intake', 'Mapper', 'Link'])('outputs the log of %s', (name) => {
    const { id } = resource(template, 'AWS::Logs::LogGroup', `${name}Logs`);

    expect(template.toJSON().Outputs[`${name}Log`].Value).toEqual({ Ref: id });
  });

  it('outputs the endpoint and its resources', () => {
    const { Endpoint, Queue, InteractiveQueue, DeadLetters, Ledger } = template.toJSON().Outputs;

    expect(Endpoint.Value['Fn::Join'][1]).toEqual([
      { 'Fn::GetAtt': [resource(template, 'AWS::ApiGatewayV2::Api').id, 'ApiEndpoint'] },
      '/{organization}',
    ]);
    expect([Queue.Value, InteractiveQueue.Value, DeadLetters.Value, Ledger.Value]).toEqual([
      { Ref: resource(template, 'AWS::SQS::Queue', 'Queue').id },
      { Ref: resource(template, 'AWS::SQS::Queue', 'Interactive').id },
      { Ref: resource(template, 'AWS::SQS::Queue', 'DeadLetters').id },
      { Ref: resource(template, 'AWS::DynamoDB::Table').id },
    ]);
  });

  it.each([
    { output: 'NextAddonSecret', name: 'addon', schema: AddonSecret },
    { output: 'NextLimeSecret', name: 'lime', schema: LimeSecret },
  ])('outputs how to create the secret $name in the form that the functions accept', ({ output, name, schema }) => {
    const { Value, Description } = template.toJSON().Outputs[output];
    const required = Object.entries(schema.shape).filter(([, field]) => !field.safeParse(undefined).success);

    expect(Value).toContain(`--name userlike-lime/prod/{organization}/${name} `);
    for (const [field] of required) expect(Description).toContain(`"${field}":`);
  });
});

describe('a stage that is not prod', () => {
  const { template: trial } = synthesize({ stage: 'trial', logRetentionDays: '90' });

  it('leaves nothing behind when it is deleted', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup']) {
      trial.allResources(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    }
    trial.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });

  it('reads secrets of its own', () => {
    expect(JSON.stringify(trial.toJSON())).not.toContain('userlike-lime/prod');
    trial.allResourcesProperties('AWS::Lambda::Function', {
      Environment: { Variables: { SECRETS_PREFIX: 'userlike-lime/trial' } },
    });
  });

  it('keeps log lines as long as it says', () => {
    trial.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });
});

describe('settings that cannot be used', () => {
  it('are refused before anything is deployed, every file with its problem', () => {
    const settingsDirectory = mkdtempSync(join(tmpdir(), 'settings-'));
    writeFileSync(join(settingsDirectory, 'default.json'), '{');
    writeFileSync(join(settingsDirectory, '108905.json'), '{"limetpye": "deal"}');
    const stack = new Stack(new App(), 'Refused');
    const props = {
      secretsPrefix: 'any',
      metricsNamespace: 'Any',
      limeRequestsPerSecond: 9,
      logRetentionDays: RetentionDays.ONE_MONTH,
      keepData: false,
      settingsDirectory,
    };

    expect(() => new UserlikeLime(stack, 'Chat', props)).toThrow(/^(?=.*default\.json: )(?=.*108905\.json: )/s);
  });
});
