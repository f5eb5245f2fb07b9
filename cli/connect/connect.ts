import * as z from 'zod';
import { AddonSecret, LimeSecret, LimeUrl } from '../../shared/credentials.ts';
import { BlockedUrlError } from '../../shared/errors.ts';
import { keyRule, weakKeysIn } from '../../shared/http/weak-keys.ts';
import { checkUrl, limeCloudHosts } from '../../shared/outgoing/hosts.ts';
import type { Ask } from '../ask.ts';
import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { renderFields } from '../table.ts';
import { readMetadata, readOnly, secretsPrefix } from '../tenant/open.ts';
import { nextSecret, type RandomBytes, randomKey } from './keys.ts';

export type ConnectOptions = {
  organization: string;
  stage?: string | undefined;
  rotate?: boolean | undefined;
  rotateLinkKey?: boolean | undefined;
};

/**
 * Connects an organization: verifies Lime's address and key, creates the add-on key and stores all of them where the
 * functions read them. Prints the add-on key only this once.
 */
export async function connect(
  { organization, stage, rotate = false, rotateLinkKey = false }: ConnectOptions,
  environment: NodeJS.ProcessEnv,
  io: Io,
  randomBytes: RandomBytes,
): Promise<number> {
  const prefix = secretsPrefix(stage ?? environment.LOCAL_STAGE);
  const isLocal = (environment.AWS_ENDPOINT_URL ?? '') !== '';
  const lime = await readLime(environment, io.ask, isLocal);
  const warning = isLocal ? undefined : warningOf(lime.url);
  const limetypes = await verify(lime);
  io.note(`Lime responds and shows ${limetypes} limetypes`);
  if (warning !== undefined) io.note(warning);

  // Loaded late, because the AWS SDK loads slowly.
  const { openSecrets } = await import('../aws/secrets.ts');
  const secrets = openSecrets(environment);
  const names = { addon: `${prefix}/${organization}/addon`, lime: `${prefix}/${organization}/lime` };
  const stored = await secrets.read(names.addon, AddonSecret);
  const before = await secrets.read(names.lime, LimeSecret);
  if (before !== undefined && before.url !== lime.url) {
    io.note('The address differs from the previous one. The entries of the ledger belong to the previous tenant.');
  }
  // Read before anything is stored: a failure after that would lose the new key unseen.
  const endpoint = await endpointOf(environment, stage, isLocal);
  const { secret, isNew } = nextSecret(stored, { key: rotate, linkKey: rotateLinkKey }, randomBytes);
  refuseWeak(secret, names.addon);
  // The ledger knows people by hashes with this key, so it must stay.
  await secrets.write(names.lime, { ...lime, hashKey: before?.hashKey ?? randomKey(randomBytes) });
  io.note(`stored ${names.lime}`);
  if (isNew || rotateLinkKey) {
    await secrets.write(names.addon, secret);
    io.note(`stored ${names.addon}`);
  }
  io.out(
    [
      "Enter in Userlike's Lime CRM add-on:",
      renderFields([
        ['Lime CRM URL', endpoint?.replace('{organization}', organization) ?? 'printed by the deployment'],
        ['API key', isNew ? secret.key : 'unchanged; --rotate replaces it'],
      ]),
      '',
      `The key comes as the header X-API-Key.${isNew ? ' It is shown this once.' : ''}`,
      ...(isNew && stored !== undefined
        ? ['The former key works until the next --rotate. Enter the new one after 5 minutes.']
        : []),
      ...(rotateLinkKey && stored !== undefined
        ? ['New links are signed with a new key. Former links work until the next --rotate-link-key.']
        : []),
    ].join('\n'),
  );
  return 0;
}

/** Throws CommandError if a current key is weak. Former keys may be weak, because they expire. */
function refuseWeak(secret: AddonSecret, name: string): void {
  const flags = { key: '--rotate', linkKey: '--rotate-link-key' } as const;
  const weak = weakKeysIn(secret).filter((path) => path === 'key' || path === 'linkKey');
  if (weak.length === 0) return;
  const remedies = weak.map((path) => `${path} with ${flags[path]}`).join(', ');
  throw new CommandError(`the secret ${name} is weak: a key must ${keyRule}. Replace it: ${remedies}`);
}

/** Takes address and key from the environment, or asks for them. Throws UsageError. */
async function readLime(
  { LIME_URL = '', LIME_API_KEY = '' }: NodeJS.ProcessEnv,
  ask: Ask | undefined,
  isLocal: boolean,
): Promise<LimeSecret> {
  const address = addressOf(isLocal);
  const problemOf = (url: string) => address.safeParse(url).error?.issues[0]?.message;
  if ((LIME_URL === '' || LIME_API_KEY === '') && ask === undefined) {
    throw new UsageError('connect: set LIME_URL and LIME_API_KEY, or type them at a terminal');
  }
  const url = LIME_URL || (await ask?.text('Address of Lime CRM, with the name of the application', problemOf)) || '';
  const problem = problemOf(url);
  if (problem !== undefined) throw new UsageError(`LIME_URL: ${problem}`);
  const apiKey = LIME_API_KEY || (await ask?.secret('Key of an API user of Lime CRM')) || '';
  return LimeSecret.parse({ url: address.parse(url), apiKey });
}

function addressOf(isLocal: boolean) {
  return (isLocal ? LimeUrl : z.url({ protocol: /^https$/, error: 'must be an https address' })).transform((url) =>
    url.replace(/\/+$/, ''),
  );
}

/**
 * Describes what to deploy before the mappers call this address. Undefined if nothing is needed. Throws UsageError for
 * an address that mappers never call.
 */
function warningOf(lime: string): string | undefined {
  const url = new URL(lime);
  const rule = refusalOf(url, [url.host]);
  if (rule !== undefined) throw new UsageError(`LIME_URL: the mappers refuse it: ${rule}`);
  const refusal = refusalOf(url, limeCloudHosts);
  if (refusal === undefined) return undefined;
  const hosts = [...limeCloudHosts, url.host].join(',');
  return `The mappers refuse this address, ${refusal}, unless they are deployed with -c limeHosts=${hosts}`;
}

function refusalOf(url: URL, hosts: readonly string[]): string | undefined {
  try {
    checkUrl(url, hosts);
    return undefined;
  } catch (error) {
    if (error instanceof BlockedUrlError) return error.message;
    throw error;
  }
}

/** The number of limetypes that the key can see. Throws LimeError. */
async function verify(secret: LimeSecret): Promise<number> {
  const lime = readOnly(secret);
  await lime({ method: 'GET', path: '/api/v1/' }, z.unknown());
  return (await readMetadata(lime)).size;
}

/** The endpoint, deployed or of the local run. Undefined if nothing is deployed, or only an emulator is known. */
async function endpointOf(
  environment: NodeJS.ProcessEnv,
  stage: string | undefined,
  isLocal: boolean,
): Promise<string | undefined> {
  if (isLocal) return environment.LOCAL_ENDPOINT;
  const { readEndpoint } = await import('../aws/endpoint.ts');
  return readEndpoint(`userlike-lime-${stage ?? 'prod'}`, environment);
}
