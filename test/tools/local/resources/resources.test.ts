import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AwsClients, createClients, embeddedAccess } from '../../../../tools/local/aws.ts';
import { type Emulators, startEmulators } from '../../../../tools/local/emulators/emulators.ts';
import { configureQueues, createQueues, scaledVisibility } from '../../../../tools/local/resources/queues.ts';
import { storeSecrets } from '../../../../tools/local/resources/secrets.ts';
import { createTables } from '../../../../tools/local/resources/tables.ts';
import type { Properties } from '../../../../tools/local/template/schemas.ts';

describe('resources', () => {
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

  it('gives queues the attributes of the template, with a scaled visibility timeout', async () => {
    const resources = ['Dead', 'Queue'].map((id) => ({ id, type: 'AWS::SQS::Queue' as const, properties: {} }));
    const identities = await createQueues(clients.sqs, resources, ({ id }) => `stack-${id}`);
    const deadLetterTargetArn = identities.get('Dead')?.attributes.Arn ?? '';
    const properties = {
      VisibilityTimeout: 361,
      MessageRetentionPeriod: 1_209_600,
      RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 346 },
    };
    await configureQueues(clients.sqs, [{ id: 'Queue', properties }], identities, 0.1);
    const QueueUrl = identities.get('Queue')?.ref;
    const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));

    expect(deadLetterTargetArn).toBe('arn:aws:sqs:eu-central-1:000000000000:stack-Dead');
    expect(Attributes).toMatchObject({
      VisibilityTimeout: '37',
      MessageRetentionPeriod: '1209600',
      RedrivePolicy: JSON.stringify(properties.RedrivePolicy),
    });
  });

  it.each([
    { title: 'is left alone at 1', seconds: 361, timeScale: 1, scaled: 361 },
    { title: 'is rounded up to a second', seconds: 361, timeScale: 0.1, scaled: 37 },
    { title: 'is never below 5 s', seconds: 361, timeScale: 0.0001, scaled: 5 },
    { title: 'stays where the template itself is below 5 s', seconds: 3, timeScale: 1, scaled: 3 },
    { title: 'is never above the 12 h of SQS', seconds: 361, timeScale: 1000, scaled: 43_200 },
  ])('a visibility timeout $title', ({ seconds, timeScale, scaled }) => {
    expect(scaledVisibility(seconds, timeScale)).toBe(scaled);
  });

  it('gives tables their keys and indexes', async () => {
    const properties: Properties<'AWS::DynamoDB::Table'> = {
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'state', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byState',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    };
    await createTables(
      clients.dynamodb,
      [{ id: 'Table', properties }],
      new Map([['Table', { ref: 'ledger', attributes: {} }]]),
    );
    const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: 'ledger' }));

    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema: properties.KeySchema });
    expect(Table?.GlobalSecondaryIndexes).toMatchObject([
      { IndexName: 'byState', Projection: { ProjectionType: 'KEYS_ONLY' } },
    ]);
  });

  it('stores the secrets of an organization over those of an earlier run', async () => {
    const secrets = {
      addon: { key: 'a', linkKey: 'l'.repeat(43) },
      lime: { url: 'http://lime.example/app', apiKey: 'k' },
    };
    await storeSecrets(clients.secretsManager, 'userlike-lime/local', '7', {
      ...secrets,
      addon: { ...secrets.addon, key: 'old' },
    });
    await storeSecrets(clients.secretsManager, 'userlike-lime/local', '7', secrets);
    const read = async (SecretId: string) =>
      JSON.parse((await clients.secretsManager.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '');

    expect(await read('userlike-lime/local/7/addon')).toEqual(secrets.addon);
    expect(await read('userlike-lime/local/7/lime')).toEqual(secrets.lime);
  });
});
