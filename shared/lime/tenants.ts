import type { LimeSecret, SecretReader } from '../credentials.ts';
import { UnusableSecretError } from '../credentials.ts';
import { LimeError } from '../errors.ts';
import type { OutgoingFetch } from '../outgoing/fetch.ts';
import { type Bounds, createLime, type Shared } from './client.ts';
import type { Lime } from './lime.ts';
import { createMetadata, type ReadMetadata } from './metadata.ts';
import type { CircuitBreaker } from './pipeline/circuit-breaker.ts';
import { confirmFailures } from './pipeline/confirm.ts';
import type { RateLimiter, Start } from './pipeline/rate-limiter.ts';
import type { Http } from './pipeline/send.ts';
import { type LimetypeTexts, notShared, shareLimetypes } from './shared-limetypes.ts';

/** One organization's Lime CRM, as a container knows it. */
export type Tenant = {
  /** A client within these bounds. */
  limeFor: (bounds: Bounds) => Lime;
  metadata: ReadMetadata;
  /** Scheme and host of the tenant's URL, for links. */
  origin: string;
  /** The key of the ledger's hashes of people. Undefined if the secret has none. */
  hashKey?: string | undefined;
};

/** Opens an organization's tenant. Throws LimeError if its Lime cannot be reached now. */
export type OpenTenant = (organization: string) => Promise<Tenant>;

/**
 * Opens organizations' tenants. Their shared state is kept per container. No secret is read while the circuit is open.
 * An open circuit, and a secret that is missing, unusable or out of reach, lose no record.
 */
export function createTenants(
  options: Http &
    Pick<Shared, 'onFailure'> & {
      secrets: SecretReader<LimeSecret>;
      rateLimiter: RateLimiter;
      circuitBreaker: CircuitBreaker;
      /** Where mappers share what they have read of the tenants' limetypes. */
      limetypeTexts?: LimetypeTexts;
      /** Decides which hosts may be called, because the URL comes from a secret. */
      fetch: OutgoingFetch;
    },
): OpenTenant {
  const { secrets, circuitBreaker, limetypeTexts, ...rest } = options;
  const opened = new Map<string, Pick<Tenant, 'limeFor' | 'metadata'>>();

  function open(organization: string, url: string): Pick<Tenant, 'limeFor' | 'metadata'> {
    const shared = {
      ...rest,
      rateLimiter: (start: Start) => rest.rateLimiter({ ...start, organization }),
      circuitBreaker: { breaker: circuitBreaker, organization },
      confirm: confirmFailures(),
      secret: async () => present(await secrets.read(organization)),
      refetchSecret: async () => present(await secrets.refetch(organization)),
    };
    const limeFor = (bounds: Bounds) => createLime(shared, bounds);
    const limetypes = limetypeTexts && shareLimetypes(limetypeTexts, `${organization} ${url}`);
    const tenant = { limeFor, metadata: createMetadata(limeFor({}), options.now, limetypes ?? notShared) };
    opened.set(`${organization} ${url}`, tenant);
    return tenant;
  }

  async function readSecret(organization: string): Promise<LimeSecret> {
    const reason = circuitBreaker.reason(organization);
    if (reason !== undefined) throw reason;
    try {
      return present(await secrets.read(organization));
    } catch (error) {
      throw asLimeError(error);
    }
  }

  return async (organization) => {
    try {
      const { url, hashKey } = await readSecret(organization);
      return {
        ...(opened.get(`${organization} ${url}`) ?? open(organization, url)),
        origin: new URL(url).origin,
        hashKey,
      };
    } catch (error) {
      if (error instanceof LimeError) options.onFailure?.(error.failure);
      throw error;
    }
  };
}

function present(secret: LimeSecret | undefined): LimeSecret {
  if (secret === undefined) throw new LimeError('denied', 'no Lime credentials are stored for this organization');
  return secret;
}

function asLimeError(error: unknown): LimeError {
  if (error instanceof LimeError) return error;
  if (error instanceof UnusableSecretError) return new LimeError('denied', error.message, { cause: error });
  return new LimeError('unavailable', 'the Lime credentials are out of reach', { cause: error });
}
