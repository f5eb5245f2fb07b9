import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { App, Token } from 'aws-cdk-lib';
import { UserlikeLimeStack } from '../../infra/stack.ts';
import { readStage, StageSettings } from '../../infra/stage.ts';

const noStages = mkdtempSync(join(tmpdir(), 'stages-'));

function read(context: Record<string, unknown>) {
  return () => readStage((key) => context[key], noStages);
}

/** A directory with one stage file. */
function aStageFile(text: string, stage = 'trial'): string {
  const directory = mkdtempSync(join(tmpdir(), 'stages-'));
  writeFileSync(join(directory, `${stage}.json`), text);
  return directory;
}

describe('stage', () => {
  it('is prod with 9 requests a second to Lime Cloud and a month of logs unless the context says otherwise', () => {
    expect(read({})()).toEqual({
      stage: 'prod',
      limeRequestsPerSecond: 9,
      limeHosts: ['lime-crm.com', 'limecrm.cloud'],
      callsPerSecond: 100,
      intakeConcurrency: 100,
      logRetentionDays: 30,
      formerKmsKeyArns: [],
      origin: 'defaults',
    });
  });

  it('takes numbers as the command line gives them', () => {
    expect(read({ stage: 'trial', limeRequestsPerSecond: '4.5', logRetentionDays: '90' })()).toEqual({
      stage: 'trial',
      limeRequestsPerSecond: 4.5,
      limeHosts: ['lime-crm.com', 'limecrm.cloud'],
      callsPerSecond: 100,
      intakeConcurrency: 100,
      logRetentionDays: 90,
      formerKmsKeyArns: [],
      origin: 'context',
    });
  });

  it.each([
    { title: 'a text with commas', limeHosts: 'lime-crm.com,crm.example.org:8443' },
    { title: 'a list', limeHosts: ['lime-crm.com', 'crm.example.org:8443'] },
  ])('takes hosts of Lime as $title', ({ limeHosts }) => {
    expect(read({ limeHosts })()).toMatchObject({ limeHosts: ['lime-crm.com', 'crm.example.org:8443'] });
  });

  it.each([
    { title: 'a name with capitals', context: { stage: 'Prod' }, problem: /stage: must be 1 to 20 lower-case/ },
    { title: 'a name that would widen a permission', context: { stage: '*' }, problem: /stage: must be/ },
    { title: 'a budget of nothing', context: { limeRequestsPerSecond: '0' }, problem: /limeRequestsPerSecond: / },
    {
      title: 'a budget in words',
      context: { limeRequestsPerSecond: 'nine' },
      problem: /limeRequestsPerSecond: must be a number/,
    },
    { title: 'no calls at all', context: { callsPerSecond: '0' }, problem: /callsPerSecond: / },
    {
      title: 'an organization that is no name',
      context: { organizations: '1,a/b' },
      problem: /organizations.1: must be letters/,
    },
    {
      title: 'half a call at once',
      context: { intakeConcurrency: '0.5' },
      problem: /intakeConcurrency: must be a whole number/,
    },
    {
      title: 'no call at once',
      context: { intakeConcurrency: '0' },
      problem: /intakeConcurrency: must be a whole number/,
    },
    { title: 'links that end at once', context: { linkLifetimeDays: '0' }, problem: /linkLifetimeDays: / },
    { title: 'no host of Lime', context: { limeHosts: '' }, problem: /limeHosts.0: must be a host/ },
    { title: 'every host of a country', context: { limeHosts: ['se'] }, problem: /limeHosts.0: must be a host/ },
    { title: 'an address of Lime', context: { limeHosts: 'https://crm.example.org' }, problem: /limeHosts.0: must be/ },
    { title: 'a number as host', context: { limeHosts: '10.0.0.1' }, problem: /limeHosts.0: must be a host/ },
    {
      title: 'days that CloudWatch does not know',
      context: { logRetentionDays: '31' },
      problem: /logRetentionDays: must be a number of days that CloudWatch/,
    },
    {
      title: 'an address that is none',
      context: { alarmEmail: 'oncall' },
      problem: /alarmEmail: must be an e-mail address/,
    },
    {
      title: 'business hours in words',
      context: { businessHours: 'nine to five' },
      problem: /businessHours: /,
    },
    {
      title: 'the alias of a key',
      context: { kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:alias/ours' },
      problem: /kmsKeyArn: must be the ARN of a key/,
    },
    {
      title: 'an account that is none',
      context: { account: '1234' },
      problem: /account: must be the 12 digits/,
    },
    {
      title: 'a region that is none',
      context: { region: 'Frankfurt' },
      problem: /region: must be a region such as/,
    },
    {
      title: 'logs that end before the parked conversations',
      context: { logRetentionDays: '7' },
      problem: /logRetentionDays: must be at least/,
    },
  ])('refuses $title', ({ context, problem }) => {
    expect(read(context)).toThrow(problem);
  });

  it('names all problems at once', () => {
    expect(read({ stage: '', limeRequestsPerSecond: '-1', logRetentionDays: 'x' })).toThrow(
      /stage: .*limeRequestsPerSecond: .*logRetentionDays: /s,
    );
  });
});

describe('a stage file', () => {
  const options = { $schema: '../docs/stage.schema.json', account: '123456789012', alarmEmail: 'oncall@example.com' };
  const readFrom = (directory: string, context: Record<string, unknown> = { stage: 'trial' }) =>
    readStage((key) => context[key], directory);

  it('has the options of the stage that it is named after', () => {
    const directory = aStageFile(JSON.stringify(options));

    expect(readFrom(directory)).toMatchObject({
      stage: 'trial',
      account: '123456789012',
      alarmEmail: 'oncall@example.com',
      limeRequestsPerSecond: 9,
      origin: 'file',
    });
    expect(readFrom(directory, { stage: 'other' })).not.toHaveProperty('alarmEmail');
  });

  it('is that of prod where the context names no stage', () => {
    expect(readFrom(aStageFile(JSON.stringify(options), 'prod'), {})).toMatchObject({ stage: 'prod', origin: 'file' });
  });

  it('may begin with a byte order mark, as editors on Windows write it', () => {
    expect(readFrom(aStageFile(`\ufeff${JSON.stringify(options)}`))).toMatchObject({ account: '123456789012' });
  });

  it('has all options: an option of the context beside it is refused, so that no later deployment forgets it', () => {
    const directory = aStageFile(JSON.stringify(options));

    expect(() => readFrom(directory, { stage: 'trial', limeRequestsPerSecond: '5', linkLifetimeDays: '30' })).toThrow(
      'stages/trial.json has all options of this stage: move limeRequestsPerSecond, linkLifetimeDays from the context to it',
    );
  });

  it.each([
    { title: 'an option that does not exist', text: '{ "alarmMail": "oncall@example.com" }', problem: /alarmMail/ },
    { title: 'another stage in it', text: '{ "stage": "prod" }', problem: /stage/ },
    { title: 'a broken value', text: '{ "account": "1" }', problem: /stages\/trial.json.*\n {2}account: must be/ },
    { title: 'a list', text: '[]', problem: /stages\/trial.json does not make a stage/ },
    { title: 'what is not JSON', text: '{ "account": }', problem: /trial.json is not JSON: line 1, column 14: / },
  ])('is refused with $title', ({ text, problem }) => {
    expect(() => readFrom(aStageFile(text))).toThrow(problem);
  });
});

describe('the example of a stage', () => {
  it('sets every option, so that nothing has to be looked up', () => {
    const stages = join(import.meta.dirname, '../../stages');
    const { origin, ...options } = readStage((key) => (key === 'stage' ? 'example' : undefined), stages);

    expect(origin).toBe('file');
    expect(Object.keys(options).toSorted()).toEqual(Object.keys(StageSettings.shape).toSorted());
  });
});

describe('the stack of a stage', () => {
  const stackOf = (context: Record<string, unknown>) =>
    new UserlikeLimeStack(
      new App({ context: { 'aws:cdk:bundling-stacks': [] } }),
      'Tested',
      readStage((key) => context[key], noStages),
    );

  it.each([
    { stage: 'prod', isProtected: true },
    { stage: 'trial', isProtected: false },
    { stage: 'prod', terminationProtection: false, isProtected: false },
    { stage: 'trial', terminationProtection: true, isProtected: true },
  ])(
    '$stage is protected from deletion: $isProtected, where the stage says $terminationProtection',
    ({ isProtected, ...context }) => {
      expect(stackOf(context).terminationProtection).toBe(isProtected);
    },
  );

  it('is for the account and region that the stage names, so that the CDK refuses others', () => {
    const { account, region } = stackOf({ account: '123456789012', region: 'eu-north-1' });

    expect({ account, region }).toEqual({ account: '123456789012', region: 'eu-north-1' });
  });

  it('is for any account and region where the stage names none', () => {
    const { account, region } = stackOf({});

    expect([account, region].map((value) => Token.isUnresolved(value))).toEqual([true, true]);
  });
});
