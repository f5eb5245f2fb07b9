import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Emit } from '../emit.ts';
import { describeError } from '../errors.ts';
import type { Log } from '../log.ts';
import { QueueError } from '../queue/queue-error.ts';
import type { Rejection } from '../userlike/addon-call.ts';
import { InvalidCallError } from '../userlike/invalid-call.ts';
import { HttpError } from './http-error.ts';
import { queueRefusal } from './queue-refusal.ts';
import { organizationOf } from './request.ts';
import { limitLists } from './responses.ts';

// An import of node:http would also load Node's fetch, which the module exports a part of: 20 ms of a cold start.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** Middleware that gives each call an id and turns errors into problem+json responses, with one log line each. */
export function problemResponses({
  log,
  emit,
  randomId,
}: {
  log: Log;
  emit: Emit;
  randomId: () => string;
}): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    before: ({ event }) => {
      event.requestContext.requestId ||= randomId();
    },
    onError: (request) => {
      const { event } = request;
      const error = asHttpError(request.error);
      const callId = event.requestContext.requestId;
      const isStranger = error instanceof HttpError && error.fromStranger;
      const organization = isStranger ? undefined : organizationOf(event.rawPath);
      const call = { callId, ...(organization !== undefined && { organization }) };
      request.response = problemResponse(error, callId);
      if (!isRefusedAsSent(error)) emit('CallsNotTaken', 1);
      if (error instanceof HttpError) {
        const { status, message: reason, rejected = [], cause } = error;
        if (rejected.length > 0) emit('ConversationsRejected', rejected.length);
        log.info('call refused', {
          ...call,
          status,
          reason,
          ...(rejected.length > 0 && { rejected: rejected.length, paths: pathsOf(rejected) }),
          ...(cause !== undefined && describeError(cause)),
        });
      } else log.error('call failed', { ...call, status: 500, ...describeError(error) });
    },
  };
}

/** Converts errors of lower layers to HttpError. */
function asHttpError(error: unknown): unknown {
  if (error instanceof QueueError) return queueRefusal(error);
  return error instanceof InvalidCallError ? new HttpError(statusOf[error.reason], error.message) : error;
}

const statusOf = { malformed: 400, tooMany: 413 } as const;

/** Problem details (RFC 9457). Any error other than HttpError becomes a 500 without details. */
function problemResponse(error: unknown, callId: string): APIGatewayProxyStructuredResultV2 {
  const refusal = error instanceof HttpError ? error : undefined;
  const status = refusal?.status ?? 500;
  const { retryAfterSeconds, rejected } = refusal ?? {};
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(status === 401 && { 'www-authenticate': 'Bearer realm="add-on key", Basic realm="add-on key"' }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail: refusal?.message ?? 'The call could not be handled; this has been logged.',
      ...limitLists({ rejected }),
      callId,
    }),
  };
}

/**
 * True if the caller has to change something. Otherwise the queue or the secrets are out of reach, the fault is ours,
 * or an unknown organization, which may be a customer, came with too many others.
 */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof HttpError && error.status < 429;
}

/** Up to ten distinct paths of rejected conversations, enough to see a pattern. */
export function pathsOf(rejected: readonly Rejection[]): string[] {
  return [...new Set(rejected.flatMap(({ errors }) => errors.map(({ path }) => path)))].slice(0, 10);
}
