import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildApp } from 'fauxqs';
import { RECORD_MAX_BYTES } from '../../../shared/queue/envelope.ts';
import { createParkRecord, createReturnRecord, createSendRecords } from '../../../shared/queue/sqs.ts';
import { clientFor, entriesOf } from '../../support/an-sqs.ts';

describe('an emulated SQS', () => {
  const sqs = buildApp({ logger: false });
  let client: SQSClient;
  let queueUrl: string;

  beforeAll(async () => {
    client = clientFor(new URL(await sqs.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(async () => {
    client.destroy();
    await sqs.close();
  });
  beforeEach(async () => {
    queueUrl = (await client.send(new CreateQueueCommand({ QueueName: 'records' }))).QueueUrl ?? '';
  });
  afterEach(() => client.send(new DeleteQueueCommand({ QueueUrl: queueUrl })));

  const receive = async () =>
    (
      await client.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ['All'],
          VisibilityTimeout: 600,
        }),
      )
    ).Messages ?? [];

  const receiveAll = async () => {
    const bodies: string[] = [];
    for (let batch = await receive(); batch.length > 0; batch = await receive()) {
      bodies.push(...batch.map(({ Body }) => Body ?? ''));
    }
    return bodies;
  };

  it('holds every entry once the call is over', async () => {
    const bodies = Array.from({ length: 123 }, (_, index) => `body ${index}`);
    await createSendRecords({ client, queueUrl })(entriesOf(...bodies));
    expect((await receiveAll()).sort()).toEqual(bodies.sort());
  });

  it('holds the largest records, several in one call', async () => {
    const bodies = ['a', 'b', 'c'].map((letter) => letter.repeat(RECORD_MAX_BYTES));
    await createSendRecords({ client, queueUrl })(entriesOf(...bodies));
    expect((await receiveAll()).map((body) => body.length)).toEqual(bodies.map((body) => body.length));
  });

  it('gets no request where there is nothing to send', async () => {
    await createSendRecords({ client, queueUrl: 'http://127.0.0.1:1/no/queue' })([]);
  });

  it('refuses a record that it cannot take, and with it the call', async () => {
    const sent = createSendRecords({ client, queueUrl, wait: async () => {} })(entriesOf('fine', 'not \u0000 fine'));
    await expect(sent).rejects.toMatchObject({
      name: 'QueueError',
      isThrottled: false,
      codes: ['InvalidMessageContents'],
      message: 'the queue did not take every record (InvalidMessageContents)',
    });
  });

  it('gives a returned record out again after its delay', async () => {
    const sendRecords = createSendRecords({ client, queueUrl });
    const returnRecord = createReturnRecord({ client, queueUrl });
    await sendRecords(entriesOf('body'));
    const [received] = await receive();
    await returnRecord(received?.ReceiptHandle ?? '', 30);
    expect(await receive()).toEqual([]);
    await returnRecord(received?.ReceiptHandle ?? '', 0);
    expect(await receive()).toMatchObject([{ Body: 'body' }]);
  });

  it('keeps a parked record with the reasons for it', async () => {
    await createParkRecord({ client, dlqUrl: queueUrl })({
      body: '{"v":1}',
      organization: '108905',
      attributes: { reason: 'no mapping for its topic', conversation: '63741936', limetype: '' },
    });
    const [parked] = await receive();
    expect(parked?.Body).toBe('{"v":1}');
    expect(parked?.MessageAttributes).toEqual({
      reason: { DataType: 'String', StringValue: 'no mapping for its topic' },
      conversation: { DataType: 'String', StringValue: '63741936' },
    });
  });

  it('keeps the largest record with ten long reasons', async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`reason${index}`, '€\ufffe'.repeat(5_000)]),
    );
    await createParkRecord({ client, dlqUrl: queueUrl })({
      body: 'x'.repeat(RECORD_MAX_BYTES),
      organization: '108905',
      attributes,
    });
    const [parked] = await receive();
    expect(parked?.MessageAttributes?.reason9?.StringValue).toBe('€\ufffd'.repeat(500));
  });
});
