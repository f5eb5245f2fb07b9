import { STATUS_CODES } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { HttpError } from '../errors.ts';
import { listsOf } from './lists.ts';

/** Header names in lower case. */
export type Headers = Record<string, string | undefined>;

/** First segment of the path; undefined where it cannot be an organization's name. */
export function organizationOf(rawPath: string): string | undefined {
  const [, segment = ''] = rawPath.split('/', 2);
  const organization = percentDecoded(segment);
  return /^[\w-]{1,64}$/.test(organization) ? organization : undefined;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Scheme and host under which the caller reached the endpoint. */
export function originOf(event: APIGatewayProxyEventV2): string {
  const scheme = event.headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${event.requestContext.domainName}`;
}

/**
 * Every key that a call presents. The Lime CRM add-on holds a key as Lime's API takes it (`X-API-Key`), Userlike's
 * callbacks send `API-SECURITY-TOKEN`; Bearer and Basic (the key as password) are for an API add-on's own headers.
 */
export function keysOf(headers: Headers): string[] {
  const [, scheme = '', credentials = ''] = /^(\w+) +([^ ].*)$/.exec(headers.authorization ?? '') ?? [];
  const keys: (string | undefined)[] = [headers['x-api-key'], headers['api-security-token']];
  if (scheme.toLowerCase() === 'bearer') keys.push(credentials);
  if (scheme.toLowerCase() === 'basic') keys.push(passwordOf(credentials));
  return keys.flatMap((key) => key || []);
}

function passwordOf(credentials: string): string | undefined {
  const text = Buffer.from(credentials, 'base64').toString();
  return text.includes(':') ? text.slice(text.indexOf(':') + 1) : undefined;
}

export function jsonAnswer(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Problem details (RFC 9457) of a refused call; anything else than a HttpError is a 500 that says nothing. */
export function problemAnswer(error: unknown, callId: string): APIGatewayProxyStructuredResultV2 {
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
      ...listsOf({ rejected }),
      callId,
    }),
  };
}
