import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from '@jest/globals';
import { clientOptions, maxCallMs, timeoutSeconds } from '../../shared/aws.ts';
import { createReadLedger } from '../../shared/ledger/dynamodb.ts';
import { aServer } from '../support/a-server.ts';

it.each(Object.entries(timeoutSeconds))(
  'two calls to AWS that hang leave %s, which has %d seconds, time to answer',
  (_name, seconds) => {
    expect(2 * maxCallMs).toBeLessThanOrEqual(1_000 * seconds - 1_000);
  },
);

it('a client gives a call up that hangs, in each of its attempts', async () => {
  await using server = await aServer(() => undefined);
  const client = new DynamoDBClient({
    ...clientOptions,
    requestHandler: { ...clientOptions.requestHandler, requestTimeout: 500 },
    endpoint: server.origin,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const read = createReadLedger({ client: DynamoDBDocumentClient.from(client), table: 'ledger' });
  await expect(read({ organization: '108905', conversation: '1' })).rejects.toMatchObject({ name: 'TimeoutError' });
  // On a busy machine the first attempt may be given up before the server has seen it.
  const { maxAttempts } = clientOptions;
  expect(server.asked.at(-1)?.headers['amz-sdk-request']).toBe(`attempt=${maxAttempts}; max=${maxAttempts}`);
});
