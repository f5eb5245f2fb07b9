import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Ask } from '../../../cli/ask.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { AddonSecret } from '../../../shared/credentials.ts';
import { createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { runCli, runHere } from './run-cli.ts';

/** A tenant and a Secrets Manager without secrets, and the command `connect` for the organization 4711. */
export async function aConnection() {
  const sandbox = await startSandbox();
  const emulators = await startEmulators();
  const clients = createClients(embeddedAccess(emulators.url));
  const organization = ['--organization', '4711', '--stage', 'test'];

  const stored = async (direction: 'addon' | 'lime'): Promise<unknown> => {
    const SecretId = `userlike-lime/test/4711/${direction}`;
    const { SecretString = '' } = await clients.secretsManager.send(new GetSecretValueCommand({ SecretId }));
    return JSON.parse(SecretString);
  };

  return {
    sandbox,
    awsEndpoint: emulators.url,
    /** Runs the command against the emulator. */
    connect: (args: string[] = [], variables: Record<string, string> = {}, ask?: Ask) =>
      runHere(
        ['connect', ...organization, ...args],
        {
          AWS_ENDPOINT_URL: emulators.url,
          LIME_URL: `${sandbox.url}/`,
          LIME_API_KEY: 'local-lime-key',
          ...variables,
        },
        { ask },
      ),
    /**
     * Runs the command as in an account, without an emulator's variable. The tenant has an https address, which leads to
     * the sandbox.
     */
    connectInAccount: (account: { cloudFormation: string; limeUrl?: string }, args: string[] = []) => {
      const { cloudFormation, limeUrl = 'https://acme.lime-crm.com/lime' } = account;
      const toSandbox = `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace(/^https:..[^/]+/, '${sandbox.origin}'), init)`;
      return runCli(['connect', ...organization, ...args], {
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(toSandbox)}`,
        AWS_ENDPOINT_URL_SECRETS_MANAGER: emulators.url,
        AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        LIME_URL: limeUrl,
        LIME_API_KEY: 'local-lime-key',
      });
    },
    stored,
    addon: async () => AddonSecret.parse(await stored('addon')),
    /** Overwrites the add-on's secret. */
    putAddon: (secret: unknown) =>
      clients.secretsManager.send(
        new PutSecretValueCommand({
          SecretId: 'userlike-lime/test/4711/addon',
          SecretString: JSON.stringify(secret),
        }),
      ),
    [Symbol.asyncDispose]: async () => {
      clients.destroy();
      await emulators.close();
      await sandbox.close();
    },
  };
}
