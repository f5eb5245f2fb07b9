import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { type ServiceInputTypes, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { createRecords } from '../../../cli/aws/records.ts';
import { listen } from '../../../tools/local/listen.ts';

/** SQS that hands out these records, one list for each receive, and then none; every other call is kept. */
function anSqs(receives: string[][], visible: number) {
  const calls: string[] = [];
  const client = new SQSClient({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  let handle = 0;
  const answerTo = (name: string, input: ServiceInputTypes): object => {
    switch (name) {
      case 'GetQueueAttributesCommand':
        return { Attributes: { ApproximateNumberOfMessages: String(visible) } };
      case 'ReceiveMessageCommand':
        return {
          Messages: receives.shift()?.map((id) => ({
            MessageId: id,
            ReceiptHandle: `${id}${++handle}`,
            Attributes: { SentTimestamp: '0', ApproximateReceiveCount: '1' },
          })),
        };
      default:
        calls.push(
          'Entries' in input
            ? `put back ${input.Entries?.map((entry) => 'ReceiptHandle' in entry && entry.ReceiptHandle)}`
            : `delete ${'ReceiptHandle' in input && input.ReceiptHandle}`,
        );
        return {};
    }
  };
  client.middlewareStack.add(
    (_, { commandName = '' }) =>
      async ({ input }) => ({ response: {}, output: { $metadata: {}, ...answerTo(commandName, input) } }),
    { step: 'initialize', priority: 'high' },
  );
  return { client, calls };
}

describe('a walk through the DLQ', () => {
  it.each([
    { title: 'what SQS hands out twice', receives: [['a', 'b'], ['a'], ['c'], []], visible: 3, back: 'a3,b2,c4' },
    { title: 'what SQS leaves out at first', receives: [[], ['a'], [], [], ['b'], []], visible: 2, back: 'a1,b2' },
    { title: 'what SQS has not counted yet', receives: [['a'], ['b'], []], visible: 0, back: 'a1,b2' },
    {
      title: 'what would come for ever',
      receives: Array.from({ length: 99 }, () => ['a', 'b']),
      visible: 9,
      back: 'a5,b6',
    },
  ])('sees once $title', async ({ receives, visible, back }) => {
    const { client, calls } = anSqs(receives, visible);
    const seen: string[] = [];
    await createRecords({ client, queueUrl: 'https://sqs.example/dlq', name: 'DLQ', note: () => {} }).walk(
      ({ record }) => {
        seen.push(record.id);
        return 'next';
      },
      new AbortController().signal,
    );

    expect(seen).toEqual([...new Set(back.replace(/\d/g, '').split(','))]);
    expect(calls).toEqual([`put back ${back}`]);
  });

  it('deletes again what it has deleted, should SQS hand it out again', async () => {
    const { client, calls } = anSqs([['a', 'b'], ['a'], []], 2);
    await createRecords({ client, queueUrl: 'https://sqs.example/dlq', name: 'DLQ', note: () => {} }).walk(
      async ({ record, remove }): Promise<'next'> => {
        if (record.id === 'a') await remove();
        return 'next';
      },
      new AbortController().signal,
    );

    expect(calls).toEqual(['delete a1', 'delete a3', 'put back b2']);
  });

  it('puts back what SQS was handing out at Ctrl-C, and shows none of it', async () => {
    const stopping = new AbortController();
    const putBack: unknown[] = [];
    const server = createServer(async (request, response) => {
      const asked = JSON.parse(await text(request));
      const answers: Record<string, () => object> = {
        GetQueueAttributes: () => ({ Attributes: { ApproximateNumberOfMessages: '2' } }),
        ReceiveMessage: () => {
          stopping.abort();
          return { Messages: ['a', 'b'].map((id) => ({ MessageId: id, ReceiptHandle: id, Body: '' })) };
        },
        ChangeMessageVisibilityBatch: () => {
          putBack.push(...asked.Entries);
          return {};
        },
      };
      const [, action = ''] = String(request.headers['x-amz-target']).split('.');
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answers[action]?.()));
    });
    const { url, close } = await listen(server, 0);
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new SQSClient({ region: 'eu-central-1', credentials, endpoint: url, md5: false });
    const seen: string[] = [];
    await createRecords({ client, queueUrl: `${url}/dlq`, name: 'DLQ', note: () => {} }).walk(({ record }) => {
      seen.push(record.id);
      return 'next';
    }, stopping.signal);
    client.destroy();
    await close();

    expect(seen).toEqual([]);
    expect(putBack).toEqual(
      ['a', 'b'].map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle, VisibilityTimeout: 0 })),
    );
  });

  it('puts back what it holds when something fails, and passes the failure on', async () => {
    const { client, calls } = anSqs([['a', 'b']], 2);
    const walk = createRecords({ client, queueUrl: 'https://sqs.example/dlq', name: 'DLQ', note: () => {} }).walk(
      () => {
        throw new Error('on purpose');
      },
      new AbortController().signal,
    );

    await expect(walk).rejects.toThrow('on purpose');
    expect(calls).toEqual(['put back a1,b2']);
  });
});
