import { randomUUID } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientOptions } from '../shared/aws.ts';
import { AddonSecret, createSecretReader, unknownOrganizationLookups } from '../shared/credentials.ts';
import { createEmitter, type Emitter, flushAtEnd } from '../shared/emit.ts';
import { IntakeEnv, readEnv } from '../shared/env.ts';
import { type AddonSecrets, authenticate } from '../shared/http/authenticate.ts';
import { conversationUrl, expiryOf } from '../shared/http/link/conversation-url.ts';
import { pathsOf, problemResponses } from '../shared/http/problem-responses.ts';
import { refuseIfAllRejected } from '../shared/http/queue-refusal.ts';
import { readJsonBody } from '../shared/http/read-json-body.ts';
import { originOf } from '../shared/http/request.ts';
import { jsonResponse, limitLists } from '../shared/http/responses.ts';
import { warnAboutWeakKeys } from '../shared/http/weak-keys.ts';
import { createLog, type Log } from '../shared/log.ts';
import type { Lane } from '../shared/queue/lane.ts';
import { packCall } from '../shared/queue/pack.ts';
import { createSendRecords, type SendRecords } from '../shared/queue/sqs.ts';
import { parseAddonCall } from '../shared/userlike/addon-call.ts';

export type IntakeDeps = Emitter &
  AddonSecrets & {
    /** Sends to the queue of a lane. */
    sendRecords: Record<Lane, SendRecords>;
    log: Log;
    /** How long links stay valid. Default: forever. */
    linkLifetimeDays?: number | undefined;
    now?: () => number;
    randomId?: () => string;
  };

/**
 * Accepts Userlike's add-on calls. Checks the key before anything else, and responds 200 only after SQS has every
 * accepted conversation.
 */
export function createIntake({
  secrets,
  namedSecrets,
  sendRecords,
  log,
  emit,
  flush,
  linkLifetimeDays,
  now = Date.now,
  randomId = randomUUID,
}: IntakeDeps) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(flushAtEnd(flush))
    .use(httpHeaderNormalizer())
    .use(problemResponses({ log, emit, randomId }))
    .handler(async (event, context) => {
      const { organization, linkKey } = await authenticate({ secrets, namedSecrets }, event);
      const callId = event.requestContext.requestId;
      const text = readJsonBody(event);
      const call = parseAddonCall(text, organization);
      const acceptedAt = new Date(now()).toISOString();
      const packed = packCall(call, { organization, callId, acceptedAt });
      refuseIfAllRejected(packed);
      const { lane, entries, ids, rejected } = packed;
      await sendRecords[lane](entries, context.getRemainingTimeInMillis() - RESPONSE_TIME_MS);
      const expires = expiryOf(now(), linkLifetimeDays);
      const urlOf = (id: number | string) => conversationUrl(originOf(event), linkKey, organization, id, expires);
      const accepted = ids.map((id) => ({ id, url: urlOf(id) }));
      const lines = chunksOf(ids.map(String), CONVERSATIONS_PER_LINE);
      log.info('call accepted', {
        callId,
        organization,
        conversations: lines[0] ?? [],
        lane,
        status: 200,
        accepted: accepted.length,
        rejected: rejected.length,
        ignored: call.ignored.length,
        bytes: Buffer.byteLength(text),
        ...(rejected.length > 0 && { paths: pathsOf(rejected) }),
      });
      for (const conversations of lines.slice(1))
        log.info('call accepted', { callId, organization, conversations, lane });
      emit('ConversationsAccepted', accepted.length);
      emit('ConversationsRejected', rejected.length);
      emit('ConversationsIgnored', call.ignored.length);
      const [first, ...others] = accepted;
      const url = others.length === 0 ? first?.url : undefined;
      return jsonResponse(200, { url, accepted, ...limitLists({ rejected, ignored: call.ignored }), callId });
    });
}

/** Time kept for the response if the queue accepts no record. */
const RESPONSE_TIME_MS = 1_500;

/** Larger calls get several lines: a log event has at most 1 MiB, and log viewers show less. */
const CONVERSATIONS_PER_LINE = 1_000;

function chunksOf<T>(values: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));
}

const env = readEnv(IntakeEnv);

const log = createLog('intake');

const addonSecrets = {
  client: new SecretsManagerClient(clientOptions),
  prefix: env.SECRETS_PREFIX,
  direction: 'addon',
  schema: AddonSecret,
} as const;

// The adapter retries each entry. Retries of the client would multiply with those. The client's endpoint is not taken
// from its queue URLs. TLS and the signature already protect the bodies that a digest would compare.
const client = new SQSClient({ ...clientOptions, maxAttempts: 1, useQueueUrlAsEndpoint: false, md5: false });

export const handler = createIntake({
  secrets: warnAboutWeakKeys(createSecretReader({ ...addonSecrets, lookups: unknownOrganizationLookups() }), log),
  namedSecrets: warnAboutWeakKeys(createSecretReader(addonSecrets), log),
  sendRecords: {
    interactive: createSendRecords({ client, queueUrl: env.INTERACTIVE_QUEUE_URL }),
    bulk: createSendRecords({ client, queueUrl: env.QUEUE_URL }),
  },
  log,
  linkLifetimeDays: env.LINK_LIFETIME_DAYS,
  ...createEmitter('intake', env.METRICS_NAMESPACE),
});
