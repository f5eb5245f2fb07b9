import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ask } from '../../../cli/ask.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { LimeSecret } from '../../../shared/credentials.ts';
import { aConnection } from '../../support/cli/a-connection.ts';
import { runHere } from '../../support/cli/run-cli.ts';

let connection: Awaited<ReturnType<typeof aConnection>>;
beforeEach(async () => {
  connection = await aConnection();
});
afterEach(() => connection[Symbol.asyncDispose]());

describe('connect', () => {
  it('verifies the tenant, creates keys of 32 random bytes, stores both secrets and prints what to enter', async () => {
    const { code, stdout, stderr } = await connection.connect();

    expect(code).toBe(0);
    expect(LimeSecret.parse(await connection.stored('lime'))).toEqual({
      url: connection.sandbox.url,
      apiKey: 'local-lime-key',
      hashKey: expect.stringMatching(/^[\w-]{43}$/),
    });
    const { key, linkKey, ...rest } = await connection.addon();
    expect([key, linkKey]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
    expect(key).not.toBe(linkKey);
    expect(rest).toEqual({});
    expect(stdout.split('\n')).toEqual([
      "Enter in Userlike's Lime CRM add-on:",
      'Lime CRM URL: printed by the deployment',
      `API key:      ${key}`,
      '',
      'The key comes as the header X-API-Key. It is shown this once.',
    ]);
    expect(stderr).toMatch(/^Lime responds and shows \d+ limetypes\n/);
    expect(stdout + stderr).not.toContain(linkKey);
    expect(stderr).not.toContain(key);
  });

  it('asks at a terminal for what the environment lacks', async () => {
    const asked: string[] = [];
    const ask: Ask = {
      text: async (message, problemOf) => {
        asked.push(message, problemOf('lime') ?? '', problemOf(connection.sandbox.url) ?? 'fine');
        return connection.sandbox.url;
      },
      secret: async (message) => {
        asked.push(message);
        return 'local-lime-key';
      },
    };
    const { code } = await connection.connect([], { LIME_URL: '', LIME_API_KEY: '' }, ask);

    expect(code).toBe(0);
    expect(asked).toEqual([
      'Address of Lime CRM, with the name of the application',
      'must be an http or https address',
      'fine',
      'Key of an API user of Lime CRM',
    ]);
    expect(await connection.stored('lime')).toMatchObject({ url: connection.sandbox.url, apiKey: 'local-lime-key' });
  });

  it('warns if the address differs from the previous one', async () => {
    await connection.connect();
    await using other = await startSandbox().then((one) => ({ ...one, [Symbol.asyncDispose]: one.close }));
    const { code, stderr } = await connection.connect([], { LIME_URL: other.url });

    expect(code).toBe(0);
    expect(stderr).toContain('The address differs from the previous one');
  });

  it.each([
    { title: 'the key is refused', given: { LIME_API_KEY: 'x' }, told: 'Lime refuses the key' },
    {
      title: 'the application has another name',
      path: '/other',
      told: "end the address with the application's name",
    },
    { title: 'nobody is there', given: { LIME_URL: 'http://127.0.0.1:9/lime' }, told: 'Lime is out of reach' },
  ])('stores nothing where $title', async ({ given = {}, path, told }) => {
    const url = path === undefined ? {} : { LIME_URL: connection.sandbox.origin + path };
    const { code, stdout, stderr } = await connection.connect([], { ...given, ...url });

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(told);
    await expect(connection.stored('lime')).rejects.toThrow();
    await expect(connection.stored('addon')).rejects.toThrow();
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
    { title: 'an invalid stage', args: ['--stage', 'A'], given: {}, told: '--stage: must be 1 to 20' },
    {
      title: 'an organization that is no name',
      args: ['--organization', 'a/b'],
      given: {},
      told: '--organization: must be letters',
    },
  ])('is wrong usage with $title', async ({ args, given, told }) => {
    const { code, stderr } = await connection.connect(args, given);
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });
});

it('check reads the tenant of an organization from what connect has stored', async () => {
  await connection.connect();
  const found = await runHere(['check', '--organization', '4711', '--stage', 'test'], {
    AWS_ENDPOINT_URL: connection.awsEndpoint,
  });
  const none = await runHere(['check', '--organization', '5', '--stage', 'test'], {
    AWS_ENDPOINT_URL: connection.awsEndpoint,
  });

  expect(found).toMatchObject({ code: 0, stdout: 'settings/default.json: fits the tenant' });
  expect(none).toMatchObject({
    code: 1,
    stderr: 'userlike-lime: no secret userlike-lime/test/5/lime: store it with userlike-lime connect',
  });
});
