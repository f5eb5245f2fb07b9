import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ask } from '../../../cli/ask.ts';
import { AddonSecret, LimeSecret } from '../../../shared/credentials.ts';
import { type AwsClients, createClients, embeddedAccess } from '../../../tools/local/aws.ts';
import { type Emulators, startEmulators } from '../../../tools/local/emulators/emulators.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/sandbox.ts';
import { anAccount } from '../../support/cli/an-account.ts';
import { runCli, runHere } from '../../support/cli/run-cli.ts';

let sandbox: Sandbox;
let emulators: Emulators;
let clients: AwsClients;

beforeEach(async () => {
  sandbox = await startSandbox();
  emulators = await startEmulators();
  clients = createClients(embeddedAccess(emulators.url));
});
afterEach(async () => {
  clients.destroy();
  await emulators.close();
  await sandbox.close();
});

function variables() {
  return {
    AWS_ENDPOINT_URL: emulators.url,
    LIME_URL: `${sandbox.url}/`,
    LIME_API_KEY: 'local-lime-key',
  };
}

function connect(args: string[] = [], given: Record<string, string> = {}, ask?: Ask) {
  return runHere(
    ['connect', '--organization', '4711', '--stage', 'test', ...args],
    { ...variables(), ...given },
    { ask },
  );
}

async function stored(direction: string): Promise<unknown> {
  const SecretId = `userlike-lime/test/4711/${direction}`;
  const { SecretString = '' } = await clients.secretsManager.send(new GetSecretValueCommand({ SecretId }));
  return JSON.parse(SecretString);
}
async function addon() {
  return AddonSecret.parse(await stored('addon'));
}

describe('connect', () => {
  it('verifies the tenant, makes keys of 32 random bytes, stores both secrets and says what to enter', async () => {
    const { code, stdout, stderr } = await connect();

    expect(code).toBe(0);
    expect(LimeSecret.parse(await stored('lime'))).toEqual({
      url: sandbox.url,
      apiKey: 'local-lime-key',
      hashKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { key, linkKey, ...rest } = await addon();
    expect([key, linkKey]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
    expect(key).not.toBe(linkKey);
    expect(rest).toEqual({});
    expect(stdout.split('\n')).toEqual([
      "Enter in Userlike's Lime CRM add-on:",
      'Lime CRM URL: as the deployment prints it',
      `API key:      ${key}`,
      '',
      'The key comes as the header X-API-Key. It is shown this once.',
    ]);
    expect(stderr).toMatch(/^Lime answers, and shows \d+ limetypes\n/);
    expect(stdout + stderr).not.toContain(linkKey);
    expect(stderr).not.toContain(key);
  });

  it('again keeps the keys of the add-on and of hashes, and shows none', async () => {
    await connect();
    const before = await addon();
    const lime = await stored('lime');
    const { code, stdout } = await connect();

    expect(code).toBe(0);
    expect(await addon()).toEqual(before);
    expect(await stored('lime')).toEqual(lime);
    expect(stdout).not.toContain(before.key);
    expect(stdout).toContain('API key:      as before; --rotate makes a new one');
  });

  it('with --rotate makes a new key beside the one before, and keeps what signs links', async () => {
    await connect();
    const before = await addon();
    const { stdout } = await connect(['--rotate']);
    const after = await addon();

    expect(after).toEqual({ key: expect.any(String), previousKey: before.key, linkKey: before.linkKey });
    expect(after.key).not.toBe(before.key);
    expect(stdout).toContain(after.key);
    expect(stdout).not.toContain(before.key);
  });

  it('with --rotate-link-key makes a new key for links beside the one before, and keeps the key of Userlike', async () => {
    await connect();
    const before = await addon();
    const { code, stdout } = await connect(['--rotate-link-key']);
    const after = await addon();

    expect(code).toBe(0);
    expect(after).toEqual({ key: before.key, linkKey: expect.any(String), previousLinkKey: before.linkKey });
    expect(after.linkKey).not.toBe(before.linkKey);
    expect(stdout).toContain('as before; --rotate makes a new one');
    expect(stdout).toContain('Those handed out lead on until the next --rotate-link-key.');
    for (const key of [before.key, before.linkKey, after.linkKey]) expect(stdout).not.toContain(key);
  });

  it('keeps both former keys, each until its own next rotation', async () => {
    await connect();
    const first = await addon();
    await connect(['--rotate', '--rotate-link-key']);
    const second = await addon();
    await connect(['--rotate']);
    const third = await addon();

    expect(second).toMatchObject({ previousKey: first.key, previousLinkKey: first.linkKey });
    expect(third).toMatchObject({ previousKey: second.key, previousLinkKey: first.linkKey, linkKey: second.linkKey });
  });

  it.each([
    { title: 'a key of one character', secret: { key: 'a' }, flag: '--rotate' },
    { title: 'a link key of one letter', secret: { linkKey: 'b'.repeat(16) }, flag: '--rotate-link-key' },
  ])('refuses $title, changes nothing, and says what makes it anew', async ({ secret, flag }) => {
    await connect();
    const { PutSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
    const weak = { ...(await addon()), ...secret };
    const SecretId = 'userlike-lime/test/4711/addon';
    await clients.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(weak) }));
    const refused = await connect();

    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(`with ${flag}`)]);
    expect(refused.stderr).not.toContain('stored');
    expect(await addon()).toEqual(weak);
    expect(await connect([flag])).toMatchObject({ code: 0 });
  });

  it('asks for what is not in the environment, at a terminal', async () => {
    const asked: string[] = [];
    const ask: Ask = {
      text: async (message, problemOf) => {
        asked.push(message, problemOf('lime') ?? '', problemOf(sandbox.url) ?? 'fine');
        return sandbox.url;
      },
      secret: async (message) => {
        asked.push(message);
        return 'local-lime-key';
      },
    };
    const { code } = await connect([], { LIME_URL: '', LIME_API_KEY: '' }, ask);

    expect(code).toBe(0);
    expect(asked).toEqual([
      'Address of Lime CRM, with the name of the application',
      'must be an http or https address',
      'fine',
      'Key of an API user of Lime CRM',
    ]);
    expect(await stored('lime')).toMatchObject({ url: sandbox.url, apiKey: 'local-lime-key' });
  });

  it('says so where the address is another one than before', async () => {
    await connect();
    await using other = await startSandbox().then((one) => ({ ...one, [Symbol.asyncDispose]: one.close }));
    const { code, stderr } = await connect([], { LIME_URL: other.url });

    expect(code).toBe(0);
    expect(stderr).toContain('The address differs from the one before');
  });

  it.each([
    { title: 'the key is refused', given: { LIME_API_KEY: 'x' }, told: 'Lime refuses the key' },
    {
      title: 'the application has another name',
      path: '/other',
      told: "does the address end with the application's name?",
    },
    { title: 'nobody is there', given: { LIME_URL: 'http://127.0.0.1:9/lime' }, told: 'Lime is out of reach' },
  ])('stores nothing where $title', async ({ given = {}, path, told }) => {
    const url = path === undefined ? {} : { LIME_URL: sandbox.origin + path };
    const { code, stdout, stderr } = await connect([], { ...given, ...url });

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(told);
    await expect(stored('lime')).rejects.toThrow();
    await expect(stored('addon')).rejects.toThrow();
  });

  it.each([
    {
      title: 'http, but for an emulator',
      args: [],
      given: { AWS_ENDPOINT_URL: '' },
      told: 'LIME_URL: must be an https address',
    },
    {
      title: 'http to another machine, even with an emulator',
      args: [],
      given: { LIME_URL: 'http://crm.example.org/lime' },
      told: 'LIME_URL: must be https; http only to this machine, as 127.0.0.1',
    },
    {
      title: 'no address and no terminal',
      args: [],
      given: { LIME_URL: '' },
      told: 'connect: set LIME_URL and LIME_API_KEY, or type them at a terminal',
    },
    { title: 'a stage that is none', args: ['--stage', 'A'], given: {}, told: '--stage: must be 1 to 20' },
    {
      title: 'an organization that is no name',
      args: ['--organization', 'a/b'],
      given: {},
      told: '--organization: must be letters',
    },
  ])('is wrong usage with $title', async ({ args, given, told }) => {
    const { code, stderr } = await connect(args, given);
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  it('does not write over a secret that cannot be read', async () => {
    await connect();
    const { PutSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
    const SecretId = 'userlike-lime/test/4711/addon';
    await clients.secretsManager.send(new PutSecretValueCommand({ SecretId, SecretString: '{"key":"k"}' }));
    const { code, stderr } = await connect(['--rotate']);

    expect([code, stderr]).toEqual([1, expect.stringContaining(`the secret ${SecretId} cannot be used: linkKey`)]);
    expect(await stored('addon')).toEqual({ key: 'k' });
  });
});

/** Without an emulator's variable, as in an account: a tenant by https, which the sandbox plays, and a stack or none. */
async function connectInAccount(account: { cloudFormation: string; limeUrl?: string }, args: string[] = []) {
  const { cloudFormation, limeUrl = 'https://acme.lime-crm.com/lime' } = account;
  const toSandbox = `const real = fetch; globalThis.fetch = (url, init) => real(String(url).replace(/^https:..[^/]+/, '${sandbox.origin}'), init)`;
  return runCli(['connect', '--organization', '4711', '--stage', 'test', ...args], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(toSandbox)}`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: emulators.url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    LIME_URL: limeUrl,
    LIME_API_KEY: 'local-lime-key',
  });
}
function aStack(name = 'userlike-lime-test') {
  return anAccount({ name, outputs: { Endpoint: 'https://abc123.example/{organization}' }, lines: [] });
}

describe('connect in an account', () => {
  it.each([
    { title: 'the address of the stack', stack: 'userlike-lime-test', told: 'https://abc123.example/4711' },
    { title: 'that the deployment will print it', stack: 'another', told: 'as the deployment prints it' },
  ])('says $title', async ({ stack, told }) => {
    await using account = await aStack(stack);
    const { code, stdout } = await connectInAccount({ cloudFormation: account.url });

    expect([code, stdout]).toEqual([0, expect.stringContaining(`Lime CRM URL: ${told}\n`)]);
    expect(stdout).toContain((await addon()).key);
  });

  it.each([
    { title: 'nothing of a host in the cloud', limeUrl: 'https://acme.lime-crm.com/lime', hosts: undefined },
    {
      title: 'with what to deploy for a host of one’s own',
      limeUrl: 'https://crm.example.org:8443/lime',
      hosts: 'lime-crm.com,limecrm.cloud,crm.example.org:8443',
    },
  ])('warns $title', async ({ limeUrl, hosts }) => {
    await using account = await aStack();
    const { code, stderr } = await connectInAccount({ cloudFormation: account.url, limeUrl });

    expect(code).toBe(0);
    expect(/^The mappers refuse .* -c limeHosts=(\S+)$/m.exec(stderr)?.[1]).toBe(hosts);
    expect(await stored('lime')).toMatchObject({ url: limeUrl });
  });

  it.each([
    { title: 'an IP address', limeUrl: 'https://192.0.2.1/lime', told: 'its host is an address, not a name' },
    { title: 'a password', limeUrl: 'https://a:b@acme.lime-crm.com/lime', told: 'it holds a user or a password' },
  ])('is wrong usage with $title, which no deployment asks', async ({ limeUrl, told }) => {
    const { code, stderr } = await connectInAccount({ cloudFormation: 'http://127.0.0.1:9', limeUrl });

    expect([code, stderr]).toEqual([2, `userlike-lime: LIME_URL: the mappers refuse it: ${told}`]);
  });

  it('stores no key that it could not show: CloudFormation is out of reach', async () => {
    await connect();
    const before = await addon();
    const { code, stdout, stderr } = await connectInAccount({ cloudFormation: 'http://127.0.0.1:9' }, ['--rotate']);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('AWS is out of reach: ECONNREFUSED');
    expect(stderr).not.toContain('stored');
    expect(await addon()).toEqual(before);
  });
});

it('what connect has stored is where check looks for the tenant of an organization', async () => {
  await connect();
  const found = await runHere(['check', '--organization', '4711', '--stage', 'test'], {
    AWS_ENDPOINT_URL: emulators.url,
  });
  const none = await runHere(['check', '--organization', '5', '--stage', 'test'], { AWS_ENDPOINT_URL: emulators.url });

  expect(found).toMatchObject({ code: 0, stdout: 'settings/default.json: fits the tenant' });
  expect(none).toMatchObject({
    code: 1,
    stderr: 'userlike-lime: no secret userlike-lime/test/5/lime: store it with userlike-lime connect',
  });
});
