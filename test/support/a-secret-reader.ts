import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSecretReader, LimeSecret } from '../../shared/credentials.ts';
import type { Reply, Server } from './a-server.ts';

export function stored(secret: unknown): Reply {
  return {
    json: { SecretString: typeof secret === 'string' ? secret : JSON.stringify(secret) },
  };
}
export const missing: Reply = { status: 400, json: { __type: 'ResourceNotFoundException', message: 'no such secret' } };
export const outage: Reply = { status: 500, json: { __type: 'InternalServiceError' } };
export const hanging: Reply = () => undefined;

export const first = { url: 'https://lime.example/acme', apiKey: 'first-key' };
export const second = { ...first, apiKey: 'second-key' };

function clientFor({ origin }: Server) {
  return new SecretsManagerClient({
    endpoint: origin,
    region: 'eu-north-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

type ReaderOptions = Parameters<typeof createSecretReader<LimeSecret>>[0];

/** A reader of Lime secrets that caches them for a second, with a clock of its own. */
export function aReader(
  server: Server,
  overrides: Partial<Pick<ReaderOptions, 'capacity' | 'lookups' | 'refreshTimeoutMs'>> = {},
) {
  const clock = { now: 0 };
  const reader = createSecretReader({
    client: clientFor(server),
    prefix: 'userlike-lime/prod',
    direction: 'lime',
    schema: LimeSecret,
    cacheMs: 1_000,
    now: () => clock.now,
    ...overrides,
  });
  return { reader, clock };
}

/** The organizations whose secrets were asked for. */
export function askedOf({ asked }: Server): string[] {
  return asked.map(({ body }) => JSON.parse(body).SecretId.split('/')[2]);
}
