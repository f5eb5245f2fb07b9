import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { type AwsClients, createClients, embeddedAccess } from '../../../../tools/local/aws.ts';
import { type Emulators, startEmulators } from '../../../../tools/local/emulators/emulators.ts';
import {
  type EventSource,
  type EventSourceSpec,
  startEventSource,
} from '../../../../tools/local/lambda/event-source.ts';
import type { Outcome } from '../../../../tools/local/lambda/protocol.ts';
import { eventually } from '../../../support/eventually.ts';

const ARN = 'arn:aws:sqs:eu-central-1:000000000000:queue';
/** A window that closes after the test has been given up. */
const ENDLESS_SECONDS = 3_600;
const ok: Outcome = { type: 'result', payload: 'null' };

/** An invocation that the test settles. */
type Invocation = { records: SQSRecord[]; settle: (outcome: Outcome) => void };

describe('the event source', () => {
  let emulators: Emulators;
  let clients: AwsClients;
  let QueueUrl: string;
  let source: EventSource | undefined;
  let invocations: Invocation[];
  let notify: () => void;

  beforeEach(async () => {
    emulators = await startEmulators();
    clients = createClients(embeddedAccess(emulators.url));
    QueueUrl = (await clients.sqs.send(new CreateQueueCommand({ QueueName: 'queue' }))).QueueUrl ?? '';
    invocations = [];
    notify = () => {};
  });
  afterEach(async () => {
    await source?.stop();
    clients.destroy();
    await emulators.close();
  });

  const start = (spec: Partial<EventSourceSpec> = {}): void => {
    source = startEventSource(
      clients.sqs,
      {
        queueUrl: QueueUrl,
        queueArn: ARN,
        region: 'eu-central-1',
        batchSize: 10,
        windowSeconds: 0,
        concurrency: 2,
        partialResponses: true,
        ...spec,
      },
      ({ Records: records }) =>
        new Promise((settle) => {
          invocations.push({ records, settle });
          notify();
        }),
      () => {},
    );
  };
  const invocation = async (index: number): Promise<Invocation> => {
    for (;;) {
      const found = invocations[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
    }
  };
  const send = async (bodies: string[]): Promise<void> => {
    for (let start = 0; start < bodies.length; start += 10) {
      const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
  };
  /** Records that were neither deleted nor are to be had. */
  const inFlight = async (): Promise<number> => {
    const AttributeNames = ['ApproximateNumberOfMessagesNotVisible' as const];
    const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
  };
  const bodies = ({ records }: Invocation): string[] => records.map(({ body }) => body);

  it("passes records on in Lambda's form", async () => {
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'grüße',
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: 'why' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
        },
      }),
    );
    start();
    const { records } = await invocation(0);

    expect(records).toEqual([
      {
        messageId: expect.stringMatching(/^[\da-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'grüße',
        attributes: {
          ApproximateReceiveCount: '1',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          reason: { stringValue: 'why', stringListValues: [], binaryListValues: [], dataType: 'String' },
          bytes: { binaryValue: 'eA==', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfBody: expect.stringMatching(/^[\da-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: ARN,
        awsRegion: 'eu-central-1',
      },
    ]);
  });

  it('gathers more records than SQS gives at once, without waiting when the batch is full', async () => {
    const sent = Array.from({ length: 25 }, (_, index) => String(index));
    await send(sent);
    start({ batchSize: 25, windowSeconds: ENDLESS_SECONDS });

    expect(bodies(await invocation(0)).toSorted()).toEqual(sent.toSorted());
  });

  it('waits for more records while the window is open', async () => {
    start({ batchSize: 2, windowSeconds: ENDLESS_SECONDS });
    await send(['a']);
    await eventually(async () => expect(await inFlight()).toBe(1));
    await send(['b']);

    expect(bodies(await invocation(0))).toEqual(['a', 'b']);
  });

  it('passes on its records when the window closes', async () => {
    start({ windowSeconds: 1 });
    await send(['a']);

    expect(bodies(await invocation(0))).toEqual(['a']);
  });

  it('passes each record on by itself without a window', async () => {
    start();
    await send(['a']);
    const first = await invocation(0);
    await send(['b']);

    expect([first, await invocation(1)].map(bodies)).toEqual([['a'], ['b']]);
  });

  it('ends a batch before it exceeds the size of an invocation', async () => {
    for (let index = 0; index < 7; index += 1) await send([String(index).repeat(1_000_000)]);
    start();
    const [first, second] = [await invocation(0), await invocation(1)];

    expect([first.records.length, second.records.length]).toEqual([6, 1]);
  });

  it('never exceeds its concurrency, and receives nothing meanwhile', async () => {
    await send(['a', 'b', 'c', 'd']);
    start({ batchSize: 1, concurrency: 2 });
    await invocation(0);
    for (const settled of [0, 1, 2]) {
      const next = await invocation(settled + 1);
      await eventually(async () => expect(await inFlight()).toBe(2));
      expect(invocations).toHaveLength(settled + 2);
      next.settle(ok);
    }
  });

  describe.each([
    { title: 'nothing', payload: 'null', kept: 0 },
    { title: 'an empty object', payload: '{}', kept: 0 },
    { title: 'an empty list', payload: '{"batchItemFailures":[]}', kept: 0 },
    { title: 'no list', payload: '{"batchItemFailures":null}', kept: 0 },
    { title: 'a text', payload: '"done"', kept: 3 },
    { title: 'an entry of another shape', payload: '{"batchItemFailures":[{"id":"x"}]}', kept: 3 },
    { title: 'an empty id', payload: '{"batchItemFailures":[{"itemIdentifier":""}]}', kept: 3 },
    { title: 'an id of no record', payload: '{"batchItemFailures":[{"itemIdentifier":"x"}]}', kept: 3 },
  ])('where the function answers $title', ({ payload, kept }) => {
    it(`gives ${kept} of three records back`, async () => {
      await send(['a', 'b', 'c']);
      start();
      (await invocation(0)).settle({ type: 'result', payload });
      await source?.stop();

      await eventually(async () => expect(await inFlight()).toBe(kept));
    });
  });

  it('returns the records that the function names to the queue', async () => {
    await send(['a', 'b', 'c']);
    start();
    const { records, settle } = await invocation(0);
    const failed = records.filter(({ body }) => body === 'b').map(({ messageId }) => ({ itemIdentifier: messageId }));
    settle({ type: 'result', payload: JSON.stringify({ batchItemFailures: failed }) });
    await source?.stop();

    await eventually(async () => expect(await inFlight()).toBe(1));
  });

  it('returns all records to the queue when the function fails', async () => {
    await send(['a', 'b']);
    start();
    (await invocation(0)).settle({ type: 'error', errorType: 'Error', errorMessage: 'x' });
    await send(['c']);
    (await invocation(1)).settle(ok);

    await eventually(async () => expect(await inFlight()).toBe(2));
  });

  it('takes any response as success if partial responses are off', async () => {
    await send(['a']);
    start({ partialResponses: false });
    (await invocation(0)).settle({ type: 'result', payload: '{"batchItemFailures":[{"itemIdentifier":"x"}]}' });

    await eventually(async () => expect(await inFlight()).toBe(0));
  });

  it('goes on when the queue refuses a request', async () => {
    const fault = { service: 'sqs', action: 'ReceiveMessage', status: 400, code: 'AccessDenied' };
    await fetch(`${emulators.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    start();
    await send(['a']);

    expect(bodies(await invocation(0))).toEqual(['a']);
  });
});
