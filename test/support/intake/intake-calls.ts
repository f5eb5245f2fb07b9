import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { AddonSecret, SecretReader } from '../../../shared/credentials.ts';
import type { LogFields } from '../../../shared/log.ts';
import type { QueueEntry } from '../../../shared/queue/batches.ts';
import type { Lane } from '../../../shared/queue/lane.ts';
import type { SendRecords } from '../../../shared/queue/sqs.ts';
import { aContext } from '../context.ts';
import { aConversation } from '../conversations.ts';
import { createRecorder } from '../emitted.ts';

// As in Lambda, the module composes its handler when it is loaded and needs its environment first.
process.env.SECRETS_PREFIX ??= 'userlike-lime/test';
process.env.METRICS_NAMESPACE ??= 'UserlikeLime/test';
process.env.QUEUE_URL ??= 'http://127.0.0.1/000000000000/records';
process.env.INTERACTIVE_QUEUE_URL ??= 'http://127.0.0.1/000000000000/interactive';
const { createIntake } = await import('../../../functions/intake.ts');

export const secret: AddonSecret = {
  key: 'current-key',
  previousKey: 'previous-key',
  linkKey: 'link-key-of-the-tests',
};

export type Call = {
  path?: string;
  routeKey?: string;
  headers?: Record<string, string>;
  body?: string | undefined;
  isBase64Encoded?: boolean;
  callId?: string;
};

/** A call with this JSON. */
export function json(value: unknown): Call {
  return { body: JSON.stringify(value) };
}

export type Answer = { status: number; headers: Record<string, unknown>; text: string; body: Record<string, unknown> };

export type LogLine = { level: 'info' | 'warn' | 'error'; message: string } & LogFields;

/** Intake with one organization, 108905. Records what it sends, logs and emits. */
export function anIntake(
  ports: {
    read?: SecretReader<AddonSecret>['read'];
    readNamed?: SecretReader<AddonSecret>['read'];
    sendRecords?: SendRecords;
    randomId?: () => string;
    linkLifetimeDays?: number;
  } = {},
) {
  const sent: QueueEntry[] = [];
  const lanes: Lane[] = [];
  const logged: LogLine[] = [];
  const headers: string[] = [];
  const { emit, flush, emitted, flushed } = createRecorder();
  const {
    read = async (organization) => (organization === '108905' ? secret : undefined),
    readNamed = read,
    sendRecords = async (entries) => {
      sent.push(...entries);
    },
    randomId,
    linkLifetimeDays,
  } = ports;
  const note =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}) => {
      logged.push({ level, message, ...fields });
    };
  const sendIn =
    (lane: Lane): SendRecords =>
    (entries, timeoutMs) => {
      lanes.push(lane);
      return sendRecords(entries, timeoutMs);
    };
  const intake = createIntake({
    secrets: {
      read: async (organization) => {
        headers.push(organization);
        return read(organization);
      },
    },
    namedSecrets: { read: readNamed },
    sendRecords: { interactive: sendIn('interactive'), bulk: sendIn('bulk') },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    emit,
    flush,
    linkLifetimeDays,
    now: () => Date.parse('2024-02-22T15:50:00.000Z'),
    ...(randomId && { randomId }),
  });
  async function call(given: Call = {}): Promise<Answer> {
    const { statusCode = 0, headers = {}, body = '' } = await intake(eventOf(given), aContext);
    return { status: statusCode, headers, text: body, body: JSON.parse(body) };
  }
  return { call, sent, lanes, logged, headers, emitted, flushed };
}

/** An API Gateway call (payload format 2.0), by default with one conversation. */
export function eventOf({
  path = '/108905',
  routeKey = 'POST /{proxy+}',
  headers = {},
  body = JSON.stringify(aConversation()),
  isBase64Encoded = false,
  callId = 'call-1',
}: Call): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { 'X-Api-Key': secret.key, 'Content-Type': 'application/json', ...headers },
    requestContext: {
      accountId: '000000000000',
      apiId: 'api',
      domainName: 'bridge.example.org',
      domainPrefix: 'bridge',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: callId,
      routeKey,
      stage: '$default',
      time: '22/Feb/2024:15:50:00 +0000',
      timeEpoch: 1_708_617_000_000,
    },
    body,
    isBase64Encoded,
  };
}
