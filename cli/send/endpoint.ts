import { AddonSecret } from '../../shared/credentials.ts';
import { CommandError, UsageError } from '../errors.ts';
import { secretsPrefix } from '../tenant/open.ts';
import type { Endpoint } from './post-call.ts';

/**
 * The add-on endpoint of an organization and its key: ENDPOINT and ADDON_KEY, the local run's, or those of the stack.
 * Throws UsageError or CommandError.
 */
export async function openEndpoint(
  { organization, stage }: { organization?: string | undefined; stage?: string | undefined },
  environment: NodeJS.ProcessEnv,
): Promise<Omit<Endpoint, 'fetch'>> {
  const { ENDPOINT, ADDON_KEY, LOCAL_ENDPOINT, LOCAL_STAGE, ORGANIZATION } = environment;
  if (ENDPOINT && ADDON_KEY) return { url: ENDPOINT, key: ADDON_KEY };
  if (ENDPOINT) throw new UsageError('ADDON_KEY: is required with ENDPOINT');
  const name = organization ?? (LOCAL_ENDPOINT === undefined ? undefined : ORGANIZATION);
  if (name === undefined) throw new UsageError('send: give --organization, --local, or ENDPOINT and ADDON_KEY');
  const used = stage ?? LOCAL_STAGE;
  const { openSecrets } = await import('../aws/secrets.ts');
  const secretName = `${secretsPrefix(used)}/${name}/addon`;
  const secret = await openSecrets(environment).read(secretName, AddonSecret);
  if (secret === undefined) throw new CommandError(`no secret ${secretName}: store it with userlike-lime connect`);
  const { readEndpoint } = await import('../aws/endpoint.ts');
  const stack = `userlike-lime-${used ?? 'prod'}`;
  const endpoint = LOCAL_ENDPOINT ?? (await readEndpoint(stack, environment));
  if (endpoint === undefined) throw new CommandError(`no stack ${stack} in this account and region`);
  return { url: endpoint.replace('{organization}', name), key: secret.key };
}
