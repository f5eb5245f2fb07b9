import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { LimeSecret, LimeUrl } from '../../shared/credentials.ts';
import { createLime } from '../../shared/lime/client.ts';
import type { Lime } from '../../shared/lime/lime.ts';
import { createRateLimiter, type RateLimiter } from '../../shared/lime/pipeline/rate-limiter.ts';
import { readLimetypes } from '../../shared/lime/requests.ts';
import { LimetypesAnswer, type Metadata } from '../../shared/lime/wire.ts';
import { isLocal } from '../../shared/media/allowed.ts';
import type { SandboxModel } from '../commands/sandbox-option.ts';
import { CommandError, isWithoutAws, UsageError } from '../errors.ts';
import { Stage } from '../target.ts';

/** Requests per second of a command. It is low, because the mappers need the budget at the same time. */
const REQUESTS_PER_SECOND = 3;

/** A tenant: the sandbox, the one of the environment, or that of an organization and stage. */
export type TenantSelector = {
  stage?: string | undefined;
  organization?: string | undefined;
  sandbox?: SandboxModel | undefined;
};

/** A tenant that commands read. Disposing ends the sandbox. */
export type Tenant = {
  lime: Lime;
  /** True if it is on this machine, so that files of this machine are taken too. */
  isLocal: boolean;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Opens a tenant for reading. Throws UsageError or CommandError. */
export async function openTenant(selector: TenantSelector, environment: NodeJS.ProcessEnv): Promise<Tenant> {
  if (selector.sandbox !== undefined) return openSandbox(selector.sandbox);
  const secret = await readTenant(selector, environment);
  return {
    lime: readOnly(secret),
    isLocal: isLocal(new URL(secret.url)),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function openSandbox(schema: SandboxModel): Promise<Tenant> {
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  const apiKey = 'sandbox-lime-key';
  const { url, close } = await startSandbox({ schema, settings: { apiKey } });
  return { lime: readOnly({ url, apiKey }, async () => {}), isLocal: true, [Symbol.asyncDispose]: close };
}

const Given = z.object({
  LIME_URL: LimeUrl.optional(),
  LIME_API_KEY: z.string().optional(),
});

/** The ways to a tenant, if none is given. */
const WAYS = [
  'no tenant: choose one of',
  '  --sandbox [core|custom]    a Lime CRM with invented people on this machine',
  '  LIME_URL and LIME_API_KEY  variables with the address and the key of a tenant',
  '  --organization <id>        the tenant that connect stored, with a region and keys of AWS',
].join('\n');

/**
 * Address and key of the tenant: LIME_URL and LIME_API_KEY, else the organization's stored secret. A key is never a
 * flag, because everybody on the machine can read flags. Throws UsageError or CommandError.
 */
export async function readTenant(
  { stage, organization }: Pick<TenantSelector, 'stage' | 'organization'>,
  environment: NodeJS.ProcessEnv,
): Promise<LimeSecret> {
  const given = Given.safeParse({
    LIME_URL: environment.LIME_URL || undefined,
    LIME_API_KEY: environment.LIME_API_KEY || undefined,
  });
  if (!given.success) {
    throw new UsageError(given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  const { LIME_URL: url, LIME_API_KEY: apiKey } = given.data;
  if (url !== undefined && apiKey !== undefined) return { url, apiKey };
  if (url !== undefined) throw new UsageError('LIME_API_KEY: is required with LIME_URL');
  if (organization === undefined) throw new UsageError(WAYS);
  const name = `${secretsPrefix(stage)}/${organization}/lime`;
  const { openSecrets } = await import('../aws/secrets.ts');
  const stored = await openSecrets(environment)
    .read(name, LimeSecret)
    .catch((error: unknown) => {
      throw isWithoutAws(error) ? new UsageError(WAYS) : error;
    });
  if (stored === undefined) throw new CommandError(`no secret ${name}: store it with userlike-lime connect`);
  return stored;
}

/** The prefix of a stage's secrets. Throws UsageError. */
export function secretsPrefix(stage: string | undefined): string {
  const parsed = Stage.safeParse(stage);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => `--stage: ${message}`).join('\n'));
  return `userlike-lime/${parsed.data}`;
}

/** A client that only reads. It refuses to send any request that could change the tenant. */
export function readOnly(
  secret: LimeSecret,
  rateLimiter: RateLimiter = createRateLimiter({ perSecond: REQUESTS_PER_SECOND, sleep: (ms) => sleep(ms) }),
): Lime {
  const lime = createLime({ secret: async () => secret, refetchSecret: async () => secret, rateLimiter });
  return (request, schema) => {
    if (request.method !== 'GET') throw new CommandError(`${request.method} ${request.path} is not a reading request`);
    return lime(request, schema);
  };
}

/** All limetypes that the API user can see. */
export async function readMetadata(lime: Lime): Promise<Metadata> {
  const { _embedded } = await lime(readLimetypes(), LimetypesAnswer);
  return new Map(_embedded.limetypes.map((limetype) => [limetype.name, limetype]));
}
