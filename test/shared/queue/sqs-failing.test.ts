import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QueueError } from '../../../shared/queue/queue-error.ts';
import { createReturnRecord, createSendRecords } from '../../../shared/queue/sqs.ts';
import { clientFor, entriesOf } from '../../support/an-sqs.ts';

describe('sending records to an SQS that fails', () => {
  type Sent = { Id: string; MessageBody: string; MessageGroupId: string };
  type Answer = { confirm?: boolean; refuse?: Record<string, string>; status?: number; type?: string };
  /** What is answered to each request, in turn; the last one again and again. */
  let answers: Answer[] = [];
  let requests: Sent[][] = [];
  let bodies: unknown[] = [];
  let server: Server;
  let client: SQSClient;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body: { Entries?: Sent[] } = JSON.parse(await text(request));
      const { Entries: entries = [] } = body;
      bodies.push(body);
      requests.push(entries);
      const {
        confirm = true,
        refuse = {},
        status = 200,
        type,
      } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
      const md5 = (body: string) => createHash('md5').update(body).digest('hex');
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(
        JSON.stringify(
          type === undefined
            ? {
                Successful: entries
                  .filter(({ MessageBody }) => confirm && refuse[MessageBody] === undefined)
                  .map(({ Id, MessageBody }) => ({ Id, MessageId: `m-${Id}`, MD5OfMessageBody: md5(MessageBody) })),
                Failed: entries
                  .filter(({ MessageBody }) => refuse[MessageBody] !== undefined)
                  .map(({ Id, MessageBody }) => ({ Id, Code: refuse[MessageBody], SenderFault: false })),
              }
            : { __type: `com.amazonaws.sqs#${type}`, message: 'no' },
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    client = clientFor(typeof address === 'object' ? (address?.port ?? 0) : 0);
  });
  afterAll(async () => {
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => {
    answers = [{}];
    requests = [];
    bodies = [];
  });

  let waits: number[] = [];
  const send = async (...bodies: string[]) => {
    waits = [];
    const sendRecords = createSendRecords({
      client,
      queueUrl: 'http://127.0.0.1/000000000000/records',
      wait: async (milliseconds) => waits.push(milliseconds),
      random: () => 0.5,
    });
    try {
      await sendRecords(entriesOf(...bodies));
    } catch (error) {
      if (error instanceof QueueError) return error.isThrottled ? 'throttled' : 'refused';
      throw error;
    }
    return 'sent';
  };
  const sentBodies = () => requests.map((entries) => entries.map(({ MessageBody }) => MessageBody));

  it('groups each entry by its organization', async () => {
    expect(await send('a')).toBe('sent');
    expect(requests).toEqual([[{ Id: '0', MessageBody: 'a', MessageGroupId: '108905' }]]);
  });

  it('repeats only what was not taken, after a jittered wait', async () => {
    answers = [{ refuse: { b: 'InternalError', c: 'InternalError' } }, { refuse: { c: 'InternalError' } }, {}];
    expect(await send('a', 'b', 'c')).toBe('sent');
    expect(sentBodies()).toEqual([['a', 'b', 'c'], ['b', 'c'], ['c']]);
    expect(waits).toEqual([50, 100]);
  });

  it.each([
    ['an entry that fails for good', [{ refuse: { b: 'InternalError' } }], 'refused'],
    ['entries that fail for different reasons', [{ refuse: { a: 'RequestThrottled', b: 'InternalError' } }], 'refused'],
    ['an entry that is throttled', [{ refuse: { b: 'RequestThrottled' } }], 'throttled'],
    ['a request that is throttled', [{ status: 400, type: 'RequestThrottled' }], 'throttled'],
    ['too many records in flight', [{ status: 403, type: 'OverLimit' }], 'throttled'],
    ['a queue that is gone', [{ status: 400, type: 'QueueDoesNotExist' }], 'refused'],
    ['an error of its own', [{ status: 500, type: 'InternalFailure' }], 'refused'],
    [
      'an error that ends as throttling',
      [
        { status: 500, type: 'InternalFailure' },
        { status: 400, type: 'ThrottlingException' },
      ],
      'throttled',
    ],
  ])('ends after three attempts: %s', async (_title, given, failure) => {
    answers = given;
    expect(await send('a', 'b')).toBe(failure);
    expect(requests).toHaveLength(3);
  });

  it('counts as taken only what is confirmed', async () => {
    answers = [{ confirm: false }];
    expect(await send('a')).toBe('refused');
  });

  it('sends nothing more of a call once a part of it has failed', async () => {
    answers = [{ status: 500, type: 'InternalFailure' }];
    expect(await send(...Array.from({ length: 1_000 }, String))).toBe('refused');
    expect(requests.length).toBeLessThanOrEqual(8 * 3);
  });

  it.each([
    [0.2, 1],
    [30, 30],
    [1_000_000, 43_200],
    [-5, 0],
  ])('returns a record for whole seconds within the limits of SQS: %d as %d', async (seconds, expected) => {
    await createReturnRecord({ client, queueUrl: 'http://127.0.0.1/queue' })('receipt', seconds);
    expect(bodies).toEqual([expect.objectContaining({ ReceiptHandle: 'receipt', VisibilityTimeout: expected })]);
  });

  it('fails where SQS is out of reach', async () => {
    const closed = clientFor(1);
    const sent = createSendRecords({ client: closed, queueUrl: 'http://127.0.0.1/queue', wait: async () => {} })(
      entriesOf('a'),
    );
    await expect(sent).rejects.toMatchObject({ name: 'QueueError', isThrottled: false });
    closed.destroy();
  });
});
