import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { clientOptions } from '../shared/aws.ts';
import { createSecretReader, LimeSecret } from '../shared/credentials.ts';
import { type BatchPorts, deliverBatch } from '../shared/delivery/batch.ts';
import { createQuiet } from '../shared/delivery/tenant/quiet.ts';
import { createTenants } from '../shared/delivery/tenant/tenant.ts';
import { createTraffic } from '../shared/delivery/tenant/traffic.ts';
import { createEmitter, type Emit, flushAtEnd } from '../shared/emit.ts';
import { MapperEnv, readEnv } from '../shared/env.ts';
import { createLedger } from '../shared/ledger/dynamodb.ts';
import { createPace } from '../shared/lime/pace.ts';
import { retryDelay } from '../shared/lime/retry.ts';
import { loadSettings, settingsFor } from '../shared/load-settings.ts';
import { createLog } from '../shared/log.ts';
import { createFetchMedia } from '../shared/media/fetch-media.ts';
import { createConcurrencyLimit } from '../shared/media/limit-concurrency.ts';
import { createOutgoingFetch } from '../shared/outgoing/fetch.ts';
import { createParkRecord, createReturnRecord } from '../shared/queue/sqs.ts';

/** Files that a mapper holds in memory at once: each of 25 MB at most, twice while its parts are put together. */
const filesAtOnce = 3;

/** The mapper over its ports: delivers a batch and names the records that must come again. */
export const createMapper =
  ({ measured, ...ports }: BatchPorts & Pick<ReturnType<typeof createTraffic>, 'measured'>) =>
  async (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const failed = await measured(() => deliverBatch(event.Records, ports, () => context.getRemainingTimeInMillis()));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };

const compose = (env: MapperEnv, emit: Emit): Parameters<typeof createMapper>[0] => {
  const settings = loadSettings(fileURLToPath(new URL('./settings', import.meta.url)));
  const sqs = new SQSClient({ ...clientOptions, useQueueUrlAsEndpoint: false });
  const scale = env.TIME_SCALE;
  const perSecond = env.LIME_REQUESTS_PER_SECOND;
  const delaySeconds: BatchPorts['delaySeconds'] = (receiveCount, retryAfter) =>
    scale * retryDelay(receiveCount, retryAfter, Math.random);
  const quiet = createQuiet({ delaySeconds, now: Date.now, random: Math.random });
  const { measured, startedAt, onAnswer, onFailure } = createTraffic({ emit, perSecond });
  return {
    measured,
    openTenant: createTenants({
      secrets: createSecretReader({
        client: new SecretsManagerClient(clientOptions),
        prefix: env.SECRETS_PREFIX,
        direction: 'lime',
        schema: LimeSecret,
      }),
      fetch: createOutgoingFetch({ hosts: env.LIME_HOSTS, allowAny: env.ALLOW_ANY_LIME_URL }),
      pace: createPace({ perSecond, sleep: (milliseconds) => sleep(milliseconds), since: startedAt }),
      quiet,
      onAnswer,
      onFailure,
    }),
    settingsFor: (organization) => settingsFor(settings, organization),
    ledger: createLedger({
      client: DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions)),
      table: env.LEDGER_TABLE,
      leaseMs: Math.max(5_000, 1.5 * env.TIMEOUT_SECONDS * 1_000 * scale),
      newOwner: randomUUID,
    }),
    fetchMedia: createFetchMedia({
      allowLocal: env.ALLOW_ANY_LIME_URL,
      fetchFor: (hosts) => createOutgoingFetch({ hosts, allowAny: env.ALLOW_ANY_LIME_URL }),
      sleep: (milliseconds) => sleep(milliseconds),
    }),
    limitConcurrency: createConcurrencyLimit(filesAtOnce),
    returnRecord: createReturnRecord({ client: sqs, queueUrl: env.QUEUE_URL }),
    parkRecord: createParkRecord({ client: sqs, dlqUrl: env.DLQ_URL }),
    log: createLog('mapper'),
    emit,
    // Enough to use the whole share while Lime takes two seconds for an answer.
    concurrency: Math.max(4, Math.ceil(2 * perSecond)),
    maxReceives: env.MAX_RECEIVES,
    delaySeconds,
    quiet,
    now: Date.now,
  };
};

const env = readEnv(MapperEnv);
const { emit, flush } = createEmitter('mapper', env.POWERTOOLS_METRICS_NAMESPACE);

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(flushAtEnd(flush))
  .handler(createMapper(compose(env, emit)));
