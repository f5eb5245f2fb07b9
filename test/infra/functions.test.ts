import { describe, expect, it } from '@jest/globals';
import { IntakeEnv, LinkEnv, MapperEnv } from '../../shared/env.ts';
import { resource, synthesize } from '../support/infra/synthesize.ts';

const { template } = synthesize();

const cases = [
  { name: 'Intake', timeout: 15, memory: 1024, env: IntakeEnv },
  { name: 'Mapper', timeout: 60, memory: 1024, env: MapperEnv },
  { name: 'Link', timeout: 10, memory: 512, env: LinkEnv },
];

/** What CloudFormation would put in place of a reference: any value of the form that the reference has. */
function resolve(value: unknown): unknown {
  return typeof value === 'string' ? value : 'https://resolved.example/value';
}

describe.each(cases)('$name', ({ name, timeout, memory, env }) => {
  const { properties } = resource(template, 'AWS::Lambda::Function', name);

  it('runs on Node 24 and arm64, with the time and memory it was given', () => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: timeout,
      MemorySize: memory,
    });
  });

  it('gets every variable that it reads and no other', () => {
    const { NODE_OPTIONS, ...variables } = properties.Environment.Variables;
    const resolved = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, resolve(value)]));

    expect(NODE_OPTIONS).toBe('--enable-source-maps');
    expect(env.strict().safeParse(resolved)).toMatchObject({ success: true });
  });

  it('has no switch of the local run, which would open it to any address', () => {
    expect(properties.Environment.Variables).not.toHaveProperty('ALLOW_ANY_LIME_URL');
    expect(properties.Environment.Variables).not.toHaveProperty('TIME_SCALE');
  });

  it('is given its name by CloudFormation, so that two stages fit into one account', () => {
    expect(properties).not.toHaveProperty('FunctionName');
  });

  it('writes JSON to a log group of its own, which keeps lines for a month and outlives the stack', () => {
    const { id } = resource(template, 'AWS::Logs::LogGroup', `${name}Logs`);

    expect(properties.LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: { Ref: id } });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });
});

describe('the concurrency of intake', () => {
  const reservedIn = (context: Record<string, unknown>) =>
    Object.fromEntries(
      cases.map(({ name }) => [
        name,
        resource(synthesize(context).template, 'AWS::Lambda::Function', name).properties.ReservedConcurrentExecutions,
      ]),
    );

  it.each([
    { title: '100 unless the stage says otherwise', context: {}, reserved: 100 },
    { title: "the stage's own", context: { intakeConcurrency: '20' }, reserved: 20 },
    { title: 'not reserved where it is off', context: { intakeConcurrency: 'off' }, reserved: undefined },
  ])('is $title, so that a flood leaves the rest to the mapper', ({ context, reserved }) => {
    expect(reservedIn(context)).toEqual({ Intake: reserved, Mapper: undefined, Link: undefined });
  });
});

describe('variables that name a resource', () => {
  const variablesOf = (name: string) =>
    resource(template, 'AWS::Lambda::Function', name).properties.Environment.Variables;
  const ref = (type: string, part: string) => ({ Ref: resource(template, type, part).id });

  it('name both queues for intake', () => {
    expect(variablesOf('Intake')).toMatchObject({
      SECRETS_PREFIX: 'userlike-lime/prod',
      QUEUE_URL: ref('AWS::SQS::Queue', 'Queue'),
      INTERACTIVE_QUEUE_URL: ref('AWS::SQS::Queue', 'Interactive'),
    });
  });

  it('name both queues, the dead letters and the ledger for mapper', () => {
    expect(variablesOf('Mapper')).toMatchObject({
      SECRETS_PREFIX: 'userlike-lime/prod',
      QUEUE_URL: ref('AWS::SQS::Queue', 'Queue'),
      INTERACTIVE_QUEUE_URL: ref('AWS::SQS::Queue', 'Interactive'),
      DLQ_URL: ref('AWS::SQS::Queue', 'DeadLetters'),
      LEDGER_TABLE: ref('AWS::DynamoDB::Table', 'Ledger'),
    });
  });

  it("name the hosts of Lime for mapper, a stage's own instead of the cloud's", () => {
    const { template: own } = synthesize({ limeHosts: 'crm.example.org:8443,crm.example.com' });

    expect(variablesOf('Mapper')).toMatchObject({ LIME_HOSTS: 'lime-crm.com,limecrm.cloud' });
    expect(resource(own, 'AWS::Lambda::Function', 'Mapper').properties.Environment.Variables).toMatchObject({
      LIME_HOSTS: 'crm.example.org:8443,crm.example.com',
    });
  });

  it("give links a lifetime where the stage has one, which is intake's to sign", () => {
    const { template: own } = synthesize({ linkLifetimeDays: '90' });

    expect(variablesOf('Intake')).not.toHaveProperty('LINK_LIFETIME_DAYS');
    expect(resource(own, 'AWS::Lambda::Function', 'Intake').properties.Environment.Variables).toMatchObject({
      LINK_LIFETIME_DAYS: '90',
    });
  });

  it('name the ledger for link', () => {
    expect(variablesOf('Link')).toMatchObject({
      SECRETS_PREFIX: 'userlike-lime/prod',
      LEDGER_TABLE: ref('AWS::DynamoDB::Table', 'Ledger'),
    });
  });
});
