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
import { deliverBatch } from '../shared/delivery/batch.ts';
import { type ContainerDeps, forLane } from '../shared/delivery/for-lane.ts';
import type { MapperDeps } from '../shared/delivery/mapper-deps.ts';
import { createEmitter, type Emit, flushAtEnd } from '../shared/emit.ts';
import { MapperEnv, readEnv } from '../shared/env.ts';
import { describeError } from '../shared/errors.ts';
import { createArrivalTimes } from '../shared/ledger/arrival-times.ts';
import { createLedger } from '../shared/ledger/dynamodb.ts';
import { createLimetypeTexts } from '../shared/ledger/limetype-texts.ts';
import { createSharedRateLimiter } from '../shared/lime/budget/shared-rate-limiter.ts';
import { createCircuitBreaker } from '../shared/lime/pipeline/circuit-breaker.ts';
import { retryDelay } from '../shared/lime/retry.ts';
import { createTenants } from '../shared/lime/tenants.ts';
import { createTraffic, type Traffic } from '../shared/lime/traffic.ts';
import { loadSettings, settingsFor } from '../shared/load-settings.ts';
import { createLog } from '../shared/log.ts';
import { createFetchMedia } from '../shared/media/fetch-media.ts';
import { createConcurrencyLimit } from '../shared/media/limit-concurrency.ts';
import { createOutgoingFetch } from '../shared/outgoing/fetch.ts';
import { limeCloudHosts } from '../shared/outgoing/hosts.ts';
import { createParkRecord, createReturnRecord } from '../shared/queue/sqs.ts';

/** Files that a mapper holds in memory at once: each of 25 MB at most, twice while its parts are put together. */
const FILES_AT_ONCE = 3;

/** Time that a claim lasts at least, whatever `TIME_SCALE` says. */
const SHORTEST_LEASE_MS = 5_000;

const env = readEnv(MapperEnv);
const { emit, flush } = createEmitter('mapper', env.METRICS_NAMESPACE);

export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(flushAtEnd(flush))
  .handler(createMapper(compose(env, emit)));

/** The mapper with what it needs: delivers a batch and names the records that must come again. */
export function createMapper({ measured, ...deps }: ContainerDeps & Pick<Traffic, 'measured'>) {
  return async (event: SQSEvent, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SQSBatchResponse> => {
    const ofLane = forLane(event.Records, deps);
    const failed = await measured(() => deliverBatch(event.Records, ofLane, () => context.getRemainingTimeInMillis()));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function compose(env: MapperEnv, emit: Emit): Parameters<typeof createMapper>[0] {
  const settings = loadSettings(fileURLToPath(new URL('./settings', import.meta.url)));
  const log = createLog('mapper');
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions));
  const sqs = new SQSClient({ ...clientOptions, useQueueUrlAsEndpoint: false });
  const scale = env.TIME_SCALE;
  const perSecond = env.LIME_REQUESTS_PER_SECOND;
  const delaySeconds: MapperDeps['delaySeconds'] = (receiveCount, retryAfter) =>
    scale * retryDelay(receiveCount, retryAfter, Math.random);
  const circuitBreaker = createCircuitBreaker({ delaySeconds, now: Date.now, random: Math.random });
  const { measured, onResponse, onFailure } = createTraffic({ emit, perSecond });
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
      rateLimiter: createSharedRateLimiter({
        arrivalTimes: createArrivalTimes({ client: dynamodb, table: env.LEDGER_TABLE, now: Date.now }),
        cloudHosts: limeCloudHosts,
        perSecond,
        perSecondOf: (organization) => settingsFor(settings, organization).limeRequestsPerSecond,
        mappers: env.MAPPERS,
        random: Math.random,
        sleep: (milliseconds) => sleep(milliseconds),
        onFallback: (error) => log.warn('budget not shared', describeError(error)),
      }),
      circuitBreaker,
      limetypeTexts: createLimetypeTexts({ client: dynamodb, table: env.LEDGER_TABLE }),
      onResponse,
      onFailure,
    }),
    circuitBreaker,
    settingsFor: (organization) => settingsFor(settings, organization),
    ledger: createLedger({
      client: dynamodb,
      table: env.LEDGER_TABLE,
      leaseMs: Math.max(SHORTEST_LEASE_MS, 1.5 * env.TIMEOUT_SECONDS * 1_000 * scale),
      newOwner: randomUUID,
    }),
    fetchMedia: createFetchMedia({
      allowLocal: env.ALLOW_ANY_LIME_URL,
      fetchFor: (hosts) => createOutgoingFetch({ hosts, allowAny: env.ALLOW_ANY_LIME_URL }),
      sleep: (milliseconds) => sleep(milliseconds),
    }),
    limitConcurrency: createConcurrencyLimit(FILES_AT_ONCE),
    returnRecord: {
      interactive: createReturnRecord({ client: sqs, queueUrl: env.INTERACTIVE_QUEUE_URL }),
      bulk: createReturnRecord({ client: sqs, queueUrl: env.QUEUE_URL }),
    },
    interactiveQueueUrl: env.INTERACTIVE_QUEUE_URL,
    parkRecord: createParkRecord({ client: sqs, dlqUrl: env.DLQ_URL }),
    log,
    emit,
    // Enough to use the whole budget while Lime takes two seconds for a response.
    concurrency: Math.max(4, Math.ceil(2 * perSecond)),
    maxReceives: env.MAX_RECEIVES,
    delaySeconds,
    now: Date.now,
  };
}
