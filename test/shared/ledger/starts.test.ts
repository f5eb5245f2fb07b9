import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createStarts } from '../../../shared/ledger/starts.ts';
import { type Emulators, startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

let emulators: Emulators;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  emulators = await startEmulators();
  const dynamodb = new DynamoDBClient({
    endpoint: emulators.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'ledger',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  client = DynamoDBDocumentClient.from(dynamodb);
});
afterAll(async () => {
  client.destroy();
  await emulators.close();
});

it.each([
  { title: 'in DynamoDB', create: () => createStarts({ client, table: 'ledger', now: () => 0 }) },
  { title: 'of the tests', create: () => createMemoryLedger({ lease: 1, now: () => 0 }) },
])('starts of a record are counted until it ends, $title', async ({ create }) => {
  const starts = create();
  const key = { organization: '108905', record: crypto.randomUUID() };
  expect(await starts.startsOf(key)).toBe(0);
  expect(await starts.start(key)).toBe(0);
  expect(await starts.start(key)).toBe(1);
  expect(await starts.startsOf(key)).toBe(2);
  expect(await starts.startsOf({ ...key, organization: '222' })).toBe(0);
  await starts.end(key);
  expect(await starts.startsOf(key)).toBe(0);
  expect(await starts.start(key)).toBe(0);
});
