import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Emit } from '../emit.ts';
import { describeError, HttpError, type Rejection } from '../errors.ts';
import type { Log } from '../log.ts';
import { QueueError } from '../queue/queue-error.ts';
import { organizationOf, problemAnswer } from './answers.ts';
import { queueRefusal } from './queue-refusal.ts';

/** Middleware that gives each call an id and answers what is thrown as problem+json, with one log line. */
export function problemAnswers({
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
      const error = request.error instanceof QueueError ? queueRefusal(request.error) : request.error;
      const callId = event.requestContext.requestId;
      const isStranger = error instanceof HttpError && error.fromStranger;
      const organization = isStranger ? undefined : organizationOf(event.rawPath);
      const call = { callId, ...(organization !== undefined && { organization }) };
      request.response = problemAnswer(error, callId);
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

/**
 * The caller has to change something. Else queue or secrets were out of reach, the fault is ours, or an organization that
 * is not known yet came among too many unknown ones: it may be a customer.
 */
function isRefusedAsSent(error: unknown): boolean {
  return error instanceof HttpError && error.status < 429;
}

/** Where the rejected conversations are broken, each place once and at most ten: enough to see a pattern. */
export function pathsOf(rejected: readonly Rejection[]): string[] {
  return [...new Set(rejected.flatMap(({ errors }) => errors.map(({ path }) => path)))].slice(0, 10);
}
