import { describe, expect, it } from '@jest/globals';
import { readStage } from '../../infra/stage.ts';

function read(context: Record<string, unknown>) {
  return () => readStage((key) => context[key]);
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
