import { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { createResend } from '../../../cli/aws/queue.ts';

it.each([
  { organization: '108905', group: '108905' },
  { organization: undefined, group: 'unknown' },
])(
  'a record is sent again in the group of organization $organization, without the attributes of its parking',
  async ({ organization, group }) => {
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
    await createResend({ client, queueUrl: 'https://sqs.example/queue' })({ body: 'body', organization });

    expect(sent).toEqual([{ QueueUrl: 'https://sqs.example/queue', MessageBody: 'body', MessageGroupId: group }]);
  },
);
