import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Header names in lower case. */
export type Headers = Record<string, string | undefined>;

/** The first segment of the path. Undefined if it cannot be an organization's name. */
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

/** Scheme and host of the endpoint that the caller used. */
export function originOf(event: APIGatewayProxyEventV2): string {
  const scheme = event.headers['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${event.requestContext.domainName}`;
}
