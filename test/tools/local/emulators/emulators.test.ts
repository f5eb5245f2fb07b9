import { once } from 'node:events';
import { connect } from 'node:net';
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AwsClients, createClients, embeddedAccess } from '../../../../tools/local/aws.ts';
import { type Emulators, startEmulators } from '../../../../tools/local/emulators/emulators.ts';
import type { Fault } from '../../../../tools/local/emulators/faults.ts';

describe('the emulators', () => {
  let emulators: Emulators;
  let clients: AwsClients;

  beforeEach(async () => {
    emulators = await startEmulators();
    clients = createClients(embeddedAccess(emulators.url));
  });
  afterEach(async () => {
    clients.destroy();
    await emulators.close();
  });

  const createQueue = async (QueueName = 'queue'): Promise<string> =>
    (await clients.sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';
  const receive = async (QueueUrl: string): Promise<string[]> => {
    const { Messages = [] } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = '' }) => Body);
  };
  const control = (method: string, fault?: Partial<Fault>) =>
    fetch(`${emulators.url}/_emulator/faults`, { method, ...(fault && { body: JSON.stringify(fault) }) });
  const batch = (QueueUrl: string, bodies: string[]) =>
    clients.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: bodies.map((MessageBody, index) => ({ Id: `e${index}`, MessageBody })),
      }),
    );

  it('gives queues its own addresses, which also work directly', async () => {
    const QueueUrl = await createQueue();
    const { QueueUrl: found } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: 'queue' }));
    const { endpoint: _, ...settings } = embeddedAccess('');
    const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const direct = new SQSClient({ ...settings, credentials: settings, useQueueUrlAsEndpoint: true, logger: quiet });
    await direct.send(new SendMessageCommand({ QueueUrl, MessageBody: 'by its address' }));
    direct.destroy();

    expect(QueueUrl).toBe(`${emulators.url}/000000000000/queue`);
    expect(found).toBe(QueueUrl);
    expect(await receive(QueueUrl)).toEqual(['by its address']);
  });

  it('does not change addresses in the body of a record', async () => {
    const QueueUrl = await createQueue();
    const body = 'http://sqs.eu-central-1.localhost:4566/000000000000/queue';
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));

    expect(await receive(QueueUrl)).toEqual([body]);
  });

  it('accepts a message group on a standard queue', async () => {
    const QueueUrl = await createQueue();
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: '108905' }));

    expect(await receive(QueueUrl)).toEqual(['x']);
  });

  it('writes an item only if the condition holds', async () => {
    await clients.dynamodb.send(
      new CreateTableCommand({
        TableName: 'ledger',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const put = (by: string) =>
      clients.dynamodb.send(
        new PutItemCommand({
          TableName: 'ledger',
          Item: { pk: { S: '1' }, by: { S: by } },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    const written = await Promise.allSettled(['a', 'b', 'c', 'd'].map(put));
    const { Item } = await clients.dynamodb.send(new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: '1' } } }));

    expect(written.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(Item?.by?.S).toBe(['a', 'b', 'c', 'd'][written.findIndex(({ status }) => status === 'fulfilled')]);
  });

  it('survives aborted calls', async () => {
    const { port, hostname } = new URL(emulators.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nX-Amz-Target: DynamoDB_20120810.GetItem\r\n' +
        'Authorization: AWS4-HMAC-SHA256 Credential=k/20260101/eu-central-1/dynamodb/aws4_request\r\n\r\n{"Tab',
    );
    socket.resetAndDestroy();

    expect(await createQueue()).toContain('/queue');
  });

  it('reports an unknown service', async () => {
    const response = await fetch(emulators.url, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=k/20260101/eu-central-1/kinesis/aws4_request, Signature=x',
      },
    });

    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('\\"kinesis\\"')]);
  });

  describe('an emulator with injected faults', () => {
    it('refuses the next calls of an action, and no others', async () => {
      const QueueUrl = await createQueue();
      await control('POST', {
        service: 'sqs',
        action: 'SendMessage',
        times: 3,
        status: 503,
        code: 'ServiceUnavailable',
      });
      const send = () => clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));

      await expect(send()).rejects.toMatchObject({
        name: 'ServiceUnavailable',
        $metadata: { httpStatusCode: 503, attempts: 3 },
      });
      expect(await receive(QueueUrl)).toEqual([]);
      await send();
      expect(await receive(QueueUrl)).toEqual(['x']);
    });

    it('refuses every action of a service if none is given', async () => {
      await control('POST', { service: 'secretsmanager', status: 400, code: 'AccessDeniedException' });

      await expect(clients.secretsManager.send(new ListSecretsCommand())).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await expect(clients.secretsManager.send(new ListSecretsCommand())).resolves.toMatchObject({ SecretList: [] });
    });

    it('can lose only the response', async () => {
      const QueueUrl = await createQueue();
      await control('POST', { service: 'sqs', action: 'SendMessage', afterwards: true });
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));

      expect(await receive(QueueUrl)).toEqual(['x', 'x']);
    });

    it.each([
      { entries: 2, stored: ['c'] },
      { entries: 5, stored: [] },
    ])('can refuse $entries entries of a batch of three', async ({ entries, stored }) => {
      const QueueUrl = await createQueue();
      await control('POST', { service: 'sqs', action: 'SendMessageBatch', entries, status: 500 });
      const { Successful = [], Failed = [] } = await batch(QueueUrl, ['a', 'b', 'c']);

      expect(await receive(QueueUrl)).toEqual(stored);
      expect(Successful).toHaveLength(stored.length);
      expect(Failed.map(({ Id, SenderFault }) => [Id, SenderFault])).toEqual(
        ['e0', 'e1', 'e2'].slice(0, 3 - stored.length).map((id) => [id, false]),
      );
    });

    it('shows and forgets what is pending', async () => {
      await control('POST', { service: 'dynamodb', times: 2 });
      const pending = { service: 'dynamodb', times: 2, status: 500, code: 'InternalFailure', afterwards: false };

      expect(await (await control('GET')).json()).toEqual([pending]);
      expect(await (await control('DELETE')).json()).toEqual([]);
    });

    it('refuses an unknown fault', async () => {
      const response = await control('POST', { service: 'sqs', times: 0 });

      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('times')]);
    });
  });
});
