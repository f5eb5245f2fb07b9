import { pipelineTo } from '../../shared/lime/client.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import type { RateLimiter } from '../../shared/lime/pipeline/rate-limiter.ts';
import type { Tenant } from '../../shared/lime/tenants.ts';

async function secret() {
  return { url: 'https://lime.example.com/lime', apiKey: 'key' };
}

/** A tenant whose requests end in this Lime instead of HTTP, within the bounds of the mapper. */
export function aTenant(
  lime: Lime,
  metadata: Tenant['metadata'],
  rateLimiter: RateLimiter = async () => undefined,
): Tenant {
  return {
    limeFor: (bounds) => pipelineTo(() => lime, { secret, refetchSecret: secret, rateLimiter }, bounds),
    metadata,
    origin: 'https://lime.example.com',
  };
}
