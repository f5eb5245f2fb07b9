import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { createResend } from '../../../cli/aws/queue.ts';

it.each([
  { lane: 'interactive', organization: '108905', callId: 'call-7', group: '108905' },
  { lane: 'bulk', organization: '108905', callId: 'call-7', group: '108905/call-7' },
  { lane: 'bulk', organization: undefined, callId: undefined, group: 'unknown/unknown' },
] as const)(
  'a record is sent again to the $lane lane in the group $group, without the attributes of its parking',
  async ({ lane, organization, callId, group }) => {
    const sent: unknown[] = [];
    const client = new SQSClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
    client.middlewareStack.add(
      () =>
        async ({ input }) => {
          sent.push(input);
          return { response: {}, output: { $metadata: {} } };
        },
      { step: 'initialize', priority: 'high' },
    );
    const queueUrls = { interactive: 'https://sqs.example/interactive', bulk: 'https://sqs.example/bulk' };
    await createResend({ client, queueUrls })(lane, { body: 'body', organization, callId });

    expect(sent).toEqual([{ QueueUrl: `https://sqs.example/${lane}`, MessageBody: 'body', MessageGroupId: group }]);
  },
);
