import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createParkRecord, createReturnRecord } from '../../../shared/queue/sqs.ts';
import { aServer, type Server } from '../../support/a-server.ts';
import { clientFor } from '../../support/an-sqs.ts';

let server: Server;
let client: SQSClient;
beforeAll(async () => {
  server = await aServer({ status: 400, json: { __type: 'AccessDenied', message: 'as asked' } });
  client = clientFor(new URL(server.origin).port);
});
afterAll(async () => {
  client.destroy();
  await server[Symbol.asyncDispose]();
});

describe('an SQS that refuses', () => {
  it('fails the parking of a record', async () => {
    const park = createParkRecord({ client, dlqUrl: `${server.origin}/0/dlq` });

    await expect(park({ body: 'a', organization: '108905', attributes: { reason: 'why' } })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('fails the return of a record', async () => {
    const returnRecord = createReturnRecord({ client, queueUrl: `${server.origin}/0/queue` });

    await expect(returnRecord('handle', 5)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
