import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../cli/errors.ts';
import { readTarget } from '../../cli/target.ts';
import { StageSettings } from '../../infra/stage.ts';

const local = {
  QUEUE_URL: 'http://127.0.0.1:4566/0/queue',
  INTERACTIVE_QUEUE_URL: 'http://127.0.0.1:4566/0/interactive',
  DLQ_URL: 'http://127.0.0.1:4566/0/dlq',
  LEDGER_TABLE: 'ledger',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
};
const addresses = {
  queueUrl: local.QUEUE_URL,
  interactiveQueueUrl: local.INTERACTIVE_QUEUE_URL,
  dlqUrl: local.DLQ_URL,
  ledgerTable: 'ledger',
};
const prod = { stack: 'userlike-lime-prod' };

describe('the target of a command', () => {
  it.each([
    { title: 'the stack of production', typed: {}, environment: {}, where: prod },
    { title: 'another stage', typed: { stage: 'test' }, environment: {}, where: { stack: 'userlike-lime-test' } },
    { title: 'not by a variable STAGE', typed: {}, environment: { STAGE: 'test' }, where: prod },
    {
      title: 'a local run, by its variables',
      typed: {},
      environment: local,
      where: { addresses, endpoint: local.AWS_ENDPOINT_URL },
    },
    {
      title: 'addresses by flags, which win over variables',
      typed: { ...addresses, ledgerTable: 'other' },
      environment: { LEDGER_TABLE: 'ledger' },
      where: { addresses: { ...addresses, ledgerTable: 'other' }, endpoint: undefined },
    },
    {
      title: 'a stage that was typed, whatever a local run left',
      typed: { stage: 'prod' },
      environment: local,
      where: prod,
    },
    { title: 'without empty variables', typed: {}, environment: { QUEUE_URL: '', DLQ_URL: '' }, where: prod },
  ])('is $title', ({ typed, environment, where }) => {
    expect(readTarget(typed, environment)).toEqual({ where, stage: expect.any(String), limeRequestsPerSecond: 9 });
  });

  it.each([
    { title: 'prod', typed: {}, environment: {}, stage: 'prod' },
    { title: 'the one that was typed', typed: { stage: 'test' }, environment: { STAGE: 'dev' }, stage: 'test' },
  ])('has the secrets of the stage: $title', ({ typed, environment, stage }) => {
    expect(readTarget(typed, environment)).toMatchObject({ stage });
  });

  it("takes Lime's budget", () => {
    expect(readTarget({}, { LIME_REQUESTS_PER_SECOND: '5' })).toMatchObject({ limeRequestsPerSecond: 5 });
  });

  it('lists every problem at once', () => {
    const read = () =>
      readTarget(
        { queueUrl: 'queue' },
        { AWS_ENDPOINT_URL: 'x', LIME_REQUESTS_PER_SECOND: '0', DLQ_URL: local.DLQ_URL },
      );

    expect(read).toThrow(UsageError);
    expect(read).toThrow(
      [
        '--queue-url: must be an http or https address',
        'AWS_ENDPOINT_URL: must be an http or https address',
        'LIME_REQUESTS_PER_SECOND: must be more than 0',
        'INTERACTIVE_QUEUE_URL (--interactive-queue-url): is required with QUEUE_URL and DLQ_URL',
        'LEDGER_TABLE (--ledger-table): is required with QUEUE_URL and DLQ_URL',
      ].join('\n'),
    );
  });

  it('is either a stage or addresses', () => {
    expect(() => readTarget({ stage: 'prod', ...addresses }, {})).toThrow(
      '--stage: already gives the addresses; leave out --queue-url and --interactive-queue-url and --dlq-url and --ledger-table',
    );
  });

  it.each(['prod', 'a-1', '', 'Prod', '1a', 'a'.repeat(21)])(
    'takes the stage "%s" where a deployment does',
    (stage) => {
      const isTaken = (): boolean => {
        try {
          return readTarget({ stage }, {}) !== undefined;
        } catch {
          return false;
        }
      };

      expect(isTaken()).toBe(StageSettings.shape.stage.safeParse(stage).success);
    },
  );
});
