import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type AddonSecret, type SecretReader, TooManyLookupsError } from '../credentials.ts';
import { HttpError } from './http-error.ts';
import { type Headers, organizationOf } from './request.ts';

/** Readers of the organizations' secrets. */
export type AddonSecrets = {
  secrets: Pick<SecretReader<AddonSecret>, 'read'>;
  /** For organizations with their own route. Calls for unknown organizations cannot use up its lookups. */
  namedSecrets: Pick<SecretReader<AddonSecret>, 'read'>;
};

/**
 * Authenticates a call and returns its organization with the key that signs links. Throws HttpError 401 for a missing
 * or wrong key and for unknown organizations, 429 after too many unknown ones, and 503 if the secret cannot be read.
 */
export async function authenticate(
  { secrets, namedSecrets }: AddonSecrets,
  { rawPath, routeKey, headers }: { rawPath: string; routeKey: string; headers: Headers },
): Promise<{ organization: string; linkKey: string }> {
  const organization = organizationOf(rawPath);
  const keys = keysOf(headers);
  const { read } = organization && hasOwnRoute(organization, routeKey) ? namedSecrets : secrets;
  const secret = organization && keys.length > 0 ? await read(organization).catch(lookupFailed) : undefined;
  const matches = isAddonKey(keys, secret);
  if (organization === undefined || secret === undefined || !matches) {
    throw new HttpError(401, 'The add-on key is missing or wrong.', { fromStranger: secret === undefined });
  }
  return { organization, linkKey: secret.linkKey };
}

/** Whether the deployment names the organization. Its route is `POST /108905`, others share `POST /{proxy+}`. */
function hasOwnRoute(organization: string, routeKey: string): boolean {
  return routeKey.split('/', 2)[1] === organization;
}

/**
 * All keys of a call. The Lime CRM add-on sends `X-API-Key`, Userlike's callbacks send `API-SECURITY-TOKEN`, and an API
 * add-on may set Bearer or Basic (the key as password).
 */
function keysOf(headers: Headers): string[] {
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

function lookupFailed(cause: unknown): never {
  if (cause instanceof TooManyLookupsError) {
    throw new HttpError(429, 'Too many calls for unknown organizations; send the call again.', {
      retryAfterSeconds: 5,
      fromStranger: true,
    });
  }
  throw new HttpError(503, 'The add-on key cannot be checked at the moment; send the call again.', {
    retryAfterSeconds: 5,
    cause,
  });
}

/** Compared with the keys of unknown organizations. Costs the same and never matches. */
const unknownOrganization: Pick<AddonSecret, 'key' | 'previousKey'> = { key: randomBytes(32).toString('hex') };

/**
 * Whether one key is the organization's current or previous one. Compares digests of equal length in constant time,
 * each with each, so that timing reveals neither a partial match nor whether the organization exists.
 */
function isAddonKey(keys: readonly string[], secret: AddonSecret | undefined): boolean {
  const { key, previousKey = key } = secret ?? unknownOrganization;
  const expected = [key, previousKey].map(digestOf);
  return keys
    .map(digestOf)
    .map((digest) => expected.map((other) => timingSafeEqual(digest, other)).includes(true))
    .includes(true);
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
