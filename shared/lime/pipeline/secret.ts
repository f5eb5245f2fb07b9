import { LimeError } from '../../errors.ts';
import { type Lime, UnsentError } from '../lime.ts';
import type { Secret } from './send.ts';

export type Credentials = {
  /** The tenant's address and key. Read before every request, so that a rotated key is used at once. */
  secret: () => Promise<Secret>;
  /** Fetches the secret again, after Lime has refused its key. */
  refetchSecret: () => Promise<Secret>;
};

/** Sends with the tenant's secret. Sends once more if Lime denies the request and the secret has changed. */
export function withSecret({ secret, refetchSecret }: Credentials, tenantAt: (secret: Secret) => Lime): Lime {
  return async (request, schema) => {
    const current = await secret();
    try {
      return await tenantAt(current)(request, schema);
    } catch (error) {
      // Lime has not seen a request that a stop kept from leaving.
      if (error instanceof UnsentError || !(error instanceof LimeError) || error.failure !== 'denied') throw error;
      const fresh = await refetchSecret();
      if (fresh.apiKey === current.apiKey && fresh.url === current.url) throw error;
      return tenantAt(fresh)(request, schema);
    }
  };
}
