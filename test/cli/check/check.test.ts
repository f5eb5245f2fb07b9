import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { aTenant, type Tenant } from '../../support/cli/a-tenant.ts';
import { runCli, runHere } from '../../support/cli/run-cli.ts';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await aTenant();
});
afterAll(() => tenant[Symbol.asyncDispose]());

describe('settings for a customised tenant', () => {
  it('pass as init wrote them', async () => {
    expect(await runHere(['check', tenant.own], tenant.variables)).toEqual({
      code: 0,
      stdout: `${tenant.own}: fits the tenant`,
      stderr: '',
    });
  });

  it('have all their problems listed, with exit code 1', async () => {
    const { code, stdout } = await runHere(['check', 'settings/default.json'], tenant.variables);

    expect(code).toBe(1);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'error  instances.0.properties.title',
      '       helpdesk.title: not a property of helpdesk',
      '       → subject',
    ]);
    expect(stdout).toMatch(/\n\nsettings\/default\.json: \d\d errors, 0 hints$/);
  });
});

describe('the settings that are delivered', () => {
  it('fit an untouched Lime Core', async () => {
    await using core = await startSandbox().then((started) => ({ ...started, [Symbol.asyncDispose]: started.close }));
    const { code, stdout } = await runHere(['check'], { LIME_URL: core.url, LIME_API_KEY: 'local-lime-key' });

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'settings/default.json: fits the tenant' });
  });
});

describe('a tenant that cannot be asked', () => {
  const wrong = async (given: Record<string, string>) => runHere(['check'], { ...tenant.variables, ...given });

  it.each([
    {
      title: 'a wrong key',
      given: { LIME_API_KEY: 'x' },
      told: /^userlike-lime: Lime refuses the key: .* answered 401$/,
    },
    {
      title: 'nobody there',
      given: { LIME_URL: 'http://127.0.0.1:9/lime' },
      told: /^userlike-lime: Lime is out of reach, check the address:/,
    },
  ])('is reported as $title, with exit code 1', async ({ given, told }) => {
    const { code, stderr } = await wrong(given);
    expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
  });

  it('is reported as such for a wrong name of its application', async () => {
    const { code, stderr } = await wrong({ LIME_URL: `${tenant.sandbox.origin}/other` });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/end the address with the application's name/)]);
  });

  it.each([
    {
      title: 'the key is missing',
      given: { LIME_URL: 'http://127.0.0.1:9/lime' },
      told: 'LIME_API_KEY: is required with LIME_URL',
    },
    {
      title: 'its address is none',
      given: { LIME_URL: 'lime', LIME_API_KEY: 'x' },
      told: 'LIME_URL: must be an http or https address',
    },
  ])('because $title is wrong usage', async ({ given, told }) => {
    expect(await runHere(['check'], given)).toEqual({ code: 2, stdout: '', stderr: `userlike-lime: ${told}` });
  });
});

describe.each([
  { title: 'check', args: ['check'] },
  { title: 'check of an organization', args: ['check', '--organization', '108905'] },
  { title: 'preview', args: ['preview', 'samples/human-chat.json'] },
  { title: 'init', args: ['init', '--output', '/nowhere/none.json'] },
])('$title without a tenant and without AWS', ({ args }) => {
  it('names the three ways, one line each', async () => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').map((line) => line.replace(/^userlike-lime: /, ''))).toEqual([
      'no tenant: choose one of',
      expect.stringMatching(/^ {2}--sandbox \[core\|custom\] {2}/),
      expect.stringMatching(/^ {2}LIME_URL and LIME_API_KEY {2}/),
      expect.stringMatching(/^ {2}--organization <id> {2}/),
    ]);
  });
});

it('a missing settings file is wrong usage', async () => {
  expect(await runHere(['check', 'settings/none.json'], tenant.variables)).toMatchObject({
    code: 2,
    stderr: 'userlike-lime: settings/none.json cannot be read',
  });
});

it('a settings file that is not JSON is reported without a request to the tenant', async () => {
  const file = await tenant.directory.write('broken.json', '{');
  const { code, stdout } = await runHere(['check', file]);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^error {2}\(file\)\n {7}is not JSON: line 1, column 2: /)]);
});
