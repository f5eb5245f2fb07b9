import { pipelineTo } from '../../shared/lime/client.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import type { RateLimiter } from '../../shared/lime/pipeline/rate-limiter.ts';
import type { Tenant } from '../../shared/lime/tenants.ts';

const secret = async () => ({ url: 'https://lime.example.com/lime', apiKey: 'key' });

/** A tenant whose requests end in this Lime instead of HTTP, within the bounds of the mapper. */
export const aTenant = (
  lime: Lime,
  metadata: Tenant['metadata'],
  rateLimiter: RateLimiter = async () => undefined,
): Tenant => ({
  limeFor: (bounds) => pipelineTo(() => lime, { secret, refetchSecret: secret, rateLimiter }, bounds),
  metadata,
  origin: 'https://lime.example.com',
});
