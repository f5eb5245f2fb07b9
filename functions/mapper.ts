import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { requestHandler } from '../shared/aws.ts';
import { createSecretReader, LimeSecret } from '../shared/credentials.ts';
import { type BatchPorts, deliverBatch } from '../shared/delivery/batch.ts';
import { createTenants } from '../shared/delivery/tenant.ts';
import { MapperEnv, readEnv } from '../shared/env.ts';
import { createLedger } from '../shared/ledger/dynamodb.ts';
import { createPace } from '../shared/lime/pace.ts';
import { retryDelay } from '../shared/lime/retry.ts';
import { createLog } from '../shared/log.ts';
import { createParkRecord, createReturnRecord } from '../shared/queue/sqs.ts';
import { loadSettings, settingsFor } from '../shared/settings.ts';

/** The mapper over its ports: delivers a batch and names the records that must come again. */
export const createMapper =
  (ports: BatchPorts) =>
  async (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const failed = await deliverBatch(event.Records, ports, () => context.getRemainingTimeInMillis());
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const compose = (): BatchPorts => {
  const env = readEnv(MapperEnv);
  const settings = loadSettings(fileURLToPath(new URL('./settings', import.meta.url)));
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false, requestHandler });
  const scale = env.TIME_SCALE;
  const perSecond = env.LIME_REQUESTS_PER_SECOND;
  return {
    openTenant: createTenants({
      secrets: createSecretReader({
        client: new SecretsManagerClient({ requestHandler }),
        prefix: env.SECRETS_PREFIX,
        direction: 'lime',
        schema: LimeSecret,
      }),
      pace: createPace({ perSecond, sleep: (milliseconds) => sleep(milliseconds) }),
    }),
    settingsFor: (organization) => settingsFor(settings, organization),
    ledger: createLedger({
      client: DynamoDBDocumentClient.from(new DynamoDBClient({ requestHandler })),
      table: env.LEDGER_TABLE,
      lease: Math.max(5_000, 1.5 * env.TIMEOUT_SECONDS * 1_000 * scale),
      newOwner: randomUUID,
    }),
    returnRecord: createReturnRecord({ client: sqs, queueUrl: env.QUEUE_URL }),
    parkRecord: createParkRecord({ client: sqs, dlqUrl: env.DLQ_URL }),
    log: createLog('mapper'),
    // Enough to use the whole share while Lime takes two seconds for an answer.
    concurrency: Math.max(4, Math.ceil(2 * perSecond)),
    maxReceives: env.MAX_RECEIVES,
    delaySeconds: (receiveCount, retryAfter) => scale * retryDelay(receiveCount, retryAfter, Math.random),
    now: Date.now,
  };
};

export const handler = middy(createMapper(compose()));
