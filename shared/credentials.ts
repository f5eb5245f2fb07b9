import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { createLruCache, type LruCache } from './lru-cache.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** The key that Userlike's add-on must send, and the one that signs the links of operators. */
export const AddonSecret = z.strictObject({
  key: z.string().min(1),
  /** Still accepted until Userlike has the new key. */
  previousKey: z.string().min(1).optional(),
  linkKey: z.string().min(16),
  /** Links signed with it still open. */
  previousLinkKey: z.string().min(16).optional(),
});
export type AddonSecret = z.infer<typeof AddonSecret>;

/** Every request carries Lime's key, so the connection must be encrypted. */
export const LimeUrl = z
  .url({
    protocol: /^https?$/,
    error: ({ code }) => (code === 'invalid_format' ? 'must be an http or https address' : undefined),
    abort: true,
  })
  .refine((url) => isEncrypted(new URL(url)), 'must be https; http only to this machine, as 127.0.0.1');

function isEncrypted({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** The address of the organization's Lime CRM, application name included, and the key of its API user. */
export const LimeSecret = z.strictObject({
  url: LimeUrl,
  /** A line break at its end, which files and clipboards leave there, cannot be sent as a header. */
  apiKey: z.string().trim().min(1),
  /** The key of the hashes by which the ledger knows people. It stays when Lime's key changes. */
  hashKey: z.string().min(16).optional(),
});
export type LimeSecret = z.infer<typeof LimeSecret>;

/** A secret is stored but cannot be used. The message names the secret and the path in it. */
export class UnusableSecretError extends Error {
  override readonly name = 'UnusableSecretError';
}

/** The budget of look-ups for organizations without a known secret is used up. */
export class TooManyLookupsError extends Error {
  override readonly name = 'TooManyLookupsError';
}

export type SecretReader<S> = {
  /** The organization's secret, at most `cacheMs` old. Undefined if it has none. */
  read(organization: string): Promise<S | undefined>;
  /** The same, fetched again, for a key that Lime has just refused. */
  refetch(organization: string): Promise<S | undefined>;
};

/** Milliseconds without a request for a secret after Secrets Manager failed to answer. */
export const FAILURE_CACHE_MS = 10_000;

/** Milliseconds for which a value is used while Secrets Manager is out of reach: 12 hours. */
export const MAX_STALE_MS = 12 * 3_600_000;

/** Organizations in each cache of a container. */
const CAPACITY = 1_000;

/** Lookups of one container for callers without a known organization. */
export function unknownOrganizationLookups(): TokenBucket {
  return createTokenBucket({ perSecond: 2, burst: 20 });
}

/**
 * Reads secrets `<prefix>/<organization>/<direction>`, cached per container. While Secrets Manager is out of reach, a
 * cached value is used for at most `MAX_STALE_MS`. A missing secret is cached too, so that an unknown organization
 * costs what a known one does. The two caches are separate, so that unknown organizations do not evict customers.
 */
export function createSecretReader<S>(options: {
  client: SecretsManagerClient;
  prefix: string;
  direction: 'addon' | 'lime';
  schema: z.ZodType<S>;
  now?: () => number;
  cacheMs?: number;
  /** Organizations in each cache. The least recently used one is evicted. */
  capacity?: number;
  /** Limits lookups of organizations without a known secret. Lookups that find one do not count. */
  lookups?: TokenBucket;
  /** Milliseconds that Secrets Manager may take if there is a former value to use instead. */
  refreshTimeoutMs?: number;
}): SecretReader<S> {
  const { client, prefix, direction, schema, lookups, refreshTimeoutMs = 800 } = options;
  const { now = Date.now, cacheMs = 300_000, capacity = CAPACITY } = options;
  const known: LruCache<Known<S>> = createLruCache(capacity);
  const unknown: LruCache<Unknown> = createLruCache(capacity);
  const running = new Map<string, Promise<S | undefined>>();

  const answer = async (organization: string, maxAgeMs: number): Promise<S | undefined> => {
    const value = known.get(organization);
    if (value !== undefined) {
      return now() - value.at < maxAgeMs || hasJustFailed(value.failedAt) ? value.secret : fetchOnce(organization);
    }
    const none = unknown.get(organization);
    if (none?.failure !== undefined && hasJustFailed(none.at)) throw none.failure;
    const isNone = none !== undefined && none.failure === undefined && now() - none.at < maxAgeMs;
    return isNone ? undefined : fetchOnce(organization);
  };

  const hasJustFailed = (at: number | undefined): boolean => at !== undefined && now() - at < FAILURE_CACHE_MS;

  /** Sends one request at a time for each organization. Concurrent callers share its response. */
  const fetchOnce = (organization: string): Promise<S | undefined> => {
    const underWay = running.get(organization);
    if (underWay !== undefined) return underWay;
    const value = known.get(organization);
    const request = value === undefined ? lookUp(organization) : refresh(organization, value);
    const shared = request.finally(() => running.delete(organization));
    running.set(organization, shared);
    return shared;
  };

  const lookUp = async (organization: string): Promise<S | undefined> => {
    if (lookups?.take() === false) throw new TooManyLookupsError('too many organizations without a known secret');
    try {
      const secret = keep(organization, await fetchSecret(organization));
      if (secret !== undefined) lookups?.refund();
      return secret;
    } catch (error) {
      unknown.set(organization, { at: now(), failure: error });
      throw error;
    }
  };

  const refresh = async (organization: string, { secret, at }: Known<S>): Promise<S | undefined> => {
    try {
      return keep(organization, await fetchSecret(organization, AbortSignal.timeout(refreshTimeoutMs)));
    } catch (error) {
      if (now() - at >= MAX_STALE_MS) {
        known.delete(organization);
        unknown.set(organization, { at: now(), failure: error });
        throw error;
      }
      known.set(organization, { secret, at, failedAt: now() });
      return secret;
    }
  };

  const keep = (organization: string, secret: S | undefined): S | undefined => {
    if (secret === undefined) {
      known.delete(organization);
      unknown.set(organization, { at: now() });
    } else {
      unknown.delete(organization);
      known.set(organization, { secret, at: now() });
    }
    return secret;
  };

  const fetchSecret = async (organization: string, abortSignal?: AbortSignal): Promise<S | undefined> => {
    const SecretId = `${prefix}/${organization}/${direction}`;
    try {
      const { SecretString } = await client.send(
        new GetSecretValueCommand({ SecretId }),
        abortSignal === undefined ? {} : { abortSignal },
      );
      return parseSecret(SecretId, SecretString ?? '', schema);
    } catch (error) {
      // Secrets Manager responds InvalidRequest for a secret that is scheduled for deletion.
      if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException) return undefined;
      throw error;
    }
  };

  return {
    read: (organization) => answer(organization, cacheMs),
    refetch: (organization) => answer(organization, 0),
  };
}

type Known<S> = { secret: S; at: number; failedAt?: number };

/** An organization without a known secret: it has none, or Secrets Manager failed to answer. */
type Unknown = { at: number; failure?: unknown };

function parseSecret<S>(name: string, text: string, schema: z.ZodType<S>): S {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnusableSecretError(`secret ${name} is not JSON`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const findings = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  throw new UnusableSecretError(`secret ${name}: ${findings.join('; ')}`);
}
