import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { endpointOf } from '../../../cli/aws/stack.ts';
import { readAssembly } from '../../../tools/local/template/assembly.ts';
import { sharedAssembly } from '../../support/assembly.ts';
import { aBridge, delivered } from '../../support/cli/a-bridge.ts';
import { anAccount } from '../../support/cli/an-account.ts';
import { runCli } from '../../support/cli/run-cli.ts';

const Template = z.looseObject({ Outputs: z.record(z.string(), z.unknown()) });

describe('a deployed stack', () => {
  it('is asked for endpoint, queues, ledger and logs, as it is synthesized', async () => {
    const { template } = await readAssembly(await sharedAssembly(200));
    const { Outputs } = Template.parse(template);
    await using bridge = await aBridge();
    const outputs = {
      Endpoint: 'https://abc.execute-api.eu-central-1.amazonaws.com/{organization}',
      Queue: bridge.queueUrl,
      InteractiveQueue: bridge.interactiveQueueUrl,
      DeadLetters: bridge.dlqUrl,
      Ledger: 'ledger',
      IntakeLog: 'log-of-intake',
      MapperLog: 'log-of-mapper',
      LinkLog: 'log-of-link',
    };
    const timestamp = new Date(Date.now() - 120_000).toISOString();
    const line = (conversations: string[]) =>
      JSON.stringify({ message: 'call accepted', timestamp, callId: 'call-1', organization: '108905', conversations });
    await using account = await anAccount({
      name: 'userlike-lime-test',
      outputs: Object.fromEntries(Object.entries(outputs).filter(([name]) => name in Outputs)),
      lines: [line(['7']), line(['8'])],
    });
    await bridge.settle('7', delivered);
    const variables = { ...account.variables, AWS_ENDPOINT_URL: bridge.url };
    const before = Date.now();
    const { code, stdout, stderr } = await runCli(['reconcile', '--since', '1h', '--stage', 'test'], variables);

    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/\naccepted 2 = delivered 1 \+ parked 0 \+ queued 0 \+ missing 1$/);
    const [query, ...others] = z
      .array(z.object({ logGroupName: z.string(), filterPattern: z.string(), startTime: z.int(), endTime: z.int() }))
      .parse(account.asked);
    expect(others).toEqual([query]);
    expect(query?.logGroupName).toBe('log-of-intake');
    expect(query?.filterPattern).toBe('"call accepted"');
    // Until a minute ago: what is younger, CloudWatch and SQS may not show yet.
    expect(query?.endTime).toBeGreaterThanOrEqual(before - 60_000);
    expect(query?.endTime).toBeLessThanOrEqual(Date.now() - 60_000);
    expect((query?.endTime ?? 0) - (query?.startTime ?? 0)).toBe(59 * 60_000);
  });

  it.each([
    {
      title: 'does not exist',
      name: 'userlike-lime-other',
      line: 'no stack userlike-lime-prod in this account and region: check --stage, AWS_PROFILE and AWS_REGION',
    },
    {
      title: 'lacks an output',
      name: 'userlike-lime-prod',
      line: 'the stack userlike-lime-prod has no usable output Endpoint, InteractiveQueue, DeadLetters, Ledger, IntakeLog, MapperLog, LinkLog: deploy it again',
    },
  ])('that $title is told in one line', async ({ name, line }) => {
    const outputs = { Queue: 'https://sqs.eu-central-1.amazonaws.com/1/queue' };
    await using account = await anAccount({ name, outputs, lines: [] });

    expect(await runCli(['failed', 'list'], account.variables)).toEqual({
      code: 1,
      stdout: '',
      stderr: `userlike-lime: ${line}`,
    });
  });
});

describe('the address for the add-on', () => {
  it('is an output of the stack, where that is deployed', async () => {
    const Endpoint = 'https://abc.execute-api.eu-central-1.amazonaws.com/{organization}';
    await using account = await anAccount({
      name: 'userlike-lime-test',
      outputs: { Endpoint },
      lines: [],
    });
    const client = new CloudFormationClient({
      endpoint: account.variables.AWS_ENDPOINT_URL_CLOUDFORMATION,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });

    expect(await endpointOf(client, 'userlike-lime-test')).toBe(Endpoint);
    expect(await endpointOf(client, 'userlike-lime-prod')).toBeUndefined();
    client.destroy();
  });
});
