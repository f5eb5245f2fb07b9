import type { LimeSecret, SecretReader } from '../../credentials.ts';
import { SecretUnusable } from '../../credentials.ts';
import { LimeError, type LimeFailure } from '../../errors.ts';
import { createLime, type Lime } from '../../lime/client.ts';
import { withSecondSign } from '../../lime/confirm.ts';
import { createMetadata } from '../../lime/metadata.ts';
import type { Pace } from '../../lime/pace.ts';
import type { Metadata } from '../../lime/wire.ts';
import type { Quiet } from './quiet.ts';

/** One organization's Lime CRM, as a container knows it. */
export type Tenant = {
  lime: Lime;
  /** Asks through a Lime of the caller's own, where it has one: a batch's ends with the batch. */
  metadata: (limetypes: readonly string[], asking?: Lime) => Promise<Metadata>;
  /** Scheme and host of the tenant's URL, for links. */
  origin: string;
  /** What the ledger's hashes of people are made with; missing where the secret has none. */
  hashKey?: string | undefined;
};

/**
 * Opens organizations' tenants; client and metadata are kept per container. Throws LimeError where the secret is
 * missing, unusable or out of reach, and before it is read while Lime has asked for quiet: all four heal without the
 * record being lost.
 */
export const createTenants = (options: {
  secrets: SecretReader<LimeSecret>;
  pace: Pace;
  quiet: Quiet;
  /** What may be asked is for it to decide: the URL comes from a secret. */
  fetch: typeof fetch;
  now?: () => number;
  onAnswer?: (status: number | undefined) => void;
  /** Told of each request, and each opening, that Lime or a missing secret has kept from success. */
  onFailure?: (failure: LimeFailure) => void;
}): ((organization: string) => Promise<Tenant>) => {
  const { secrets, quiet, onFailure, ...rest } = options;
  const known = new Map<string, Omit<Tenant, 'origin' | 'hashKey'>>();

  const tell = (error: unknown): never => {
    if (error instanceof LimeError) onFailure?.(error.failure);
    throw error;
  };

  const open = (organization: string): Omit<Tenant, 'origin' | 'hashKey'> => {
    const tenant = known.get(organization);
    if (tenant !== undefined) return tenant;
    const asking = createLime({
      ...rest,
      secret: async () => present(await secrets.read(organization)),
      refetchSecret: async () => present(await secrets.refetch(organization)),
    });
    const confirmed = withSecondSign(asking);
    const lime = keepingQuiet((...request) => confirmed(...request).catch(tell), organization, quiet);
    const opened = { lime, metadata: createMetadata(lime, options.now) };
    known.set(organization, opened);
    return opened;
  };

  return async (organization) => {
    const quieted = quiet.reason(organization);
    if (quieted !== undefined) return tell(quieted);
    const { url, hashKey } = await secrets.read(organization).then(present).catch(asLimeError).catch(tell);
    return { ...open(organization), origin: new URL(url).origin, hashKey };
  };
};

/** Lime that is left alone from the moment it asks for quiet, by whatever request that was. */
const keepingQuiet =
  (lime: Lime, organization: string, quiet: Quiet): Lime =>
  async (request, answer, sending) => {
    let hasLeft = false;
    const before = async () => {
      hasLeft = false;
      const quieted = quiet.reason(organization);
      if (quieted !== undefined) throw quieted;
      await sending?.before?.();
      hasLeft = true;
    };
    try {
      const answered = await lime(request, answer, { ...sending, before });
      quiet.end(organization);
      return answered;
    } catch (error) {
      if (hasLeft && error instanceof LimeError && error.failure === 'overloaded') {
        quiet.begin(organization, error.retryAfterSeconds);
      }
      throw error;
    }
  };

const present = (secret: LimeSecret | undefined): LimeSecret => {
  if (secret === undefined) throw new LimeError('denied', 'no Lime credentials are stored for this organization');
  return secret;
};

const asLimeError = (error: unknown): never => {
  if (error instanceof LimeError) throw error;
  if (error instanceof SecretUnusable) throw new LimeError('denied', error.message, { cause: error });
  throw new LimeError('unavailable', 'the Lime credentials are out of reach', { cause: error });
};
