import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';

async function aTenant(schema: 'core' | 'custom') {
  const sandbox = await startSandbox({ schema });
  const directory = await aDirectory();
  const variables = { LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' };
  const output = directory.path('own.json');
  return {
    output,
    init: (...args: string[]) => runHere(['init', '--output', output, ...args], variables),
    check: () => runHere(['check', output], variables),
    written: () => Settings.parse(JSON.parse(readFileSync(output, 'utf8'))),
    [Symbol.asyncDispose]: async () => {
      await directory[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

describe.each(['core', 'custom'] as const)('init for the %s schema', (schema) => {
  it('writes settings that check passes, the same each time', async () => {
    await using tenant = await aTenant(schema);
    expect(await tenant.init()).toMatchObject({ code: 0, stderr: '' });
    const first = readFileSync(tenant.output, 'utf8');

    expect(await tenant.check()).toMatchObject({ code: 0, stdout: `${tenant.output}: fits the tenant` });
    await tenant.init('--force');
    expect(readFileSync(tenant.output, 'utf8')).toBe(first);
    expect(first).toMatch(/^\{\n {2}"\$schema": "[^"]*docs\/settings\.schema\.json",\n/);
  });

  it('overwrites a file only with --force', async () => {
    await using tenant = await aTenant(schema);
    await tenant.init();
    const again = await tenant.init();

    expect([again.code, again.stderr]).toEqual([
      2,
      `userlike-lime: ${tenant.output} already exists; --force overwrites it`,
    ]);
    expect(await tenant.init('--force')).toMatchObject({ code: 0 });
  });
});

it('init gives an untouched Lime Core a helpdesk for all topics, and a deal for the topic Sales', async () => {
  await using tenant = await aTenant('core');
  const { stdout } = await tenant.init();

  expect(tenant.written().instances.map(({ limetype, topics, identify }) => ({ limetype, topics, identify }))).toEqual([
    { limetype: 'deal', topics: ['Sales'], identify: 'name' },
    { limetype: 'helpdesk', topics: undefined, identify: 'title' },
  ]);
  expect(stdout).toContain('deal takes the topic Sales: name those that you use in Userlike');
});

it('init finds what a customised tenant has renamed, added and required', async () => {
  await using tenant = await aTenant('custom');
  const { stdout } = await tenant.init();
  const [instance, ...others] = tenant.written().instances;

  expect(others).toEqual([]);
  expect(instance).toMatchObject({
    limetype: 'helpdesk',
    identify: 'subject',
    properties: {
      details: { path: 'first_question', whenLonger: 'cut', onResend: 'keep' },
      receivedon: { path: 'created_at', onResend: 'keep' },
      status: { value: 'reported' },
      value: { value: 0 },
      vat: { value: 0 },
      discount: { value: 0 },
    },
    relations: {
      person: {
        property: 'contact',
        inactive: 'inactive',
        rules: [
          { path: 'contact.email', properties: ['workemail'] },
          { path: 'contact.mobile_number', properties: ['cellphone', 'workphone'] },
          { path: 'contact.phone_number', properties: ['workphone', 'cellphone'] },
        ],
      },
      company: { property: 'company', from: 'employer' },
      coworker: { property: 'responsible', rules: [{ properties: ['mail'] }] },
    },
    conversation: { limetype: 'ulconversation', identify: 'conversationid', relation: 'helpdesk', link: 'link' },
    documents: { identify: 'ul_messageid', properties: { type: { value: 'other' } }, relations: { person: 'contact' } },
    history: { properties: { type: { value: 'chat' } }, relations: { person: 'contact', coworker: 'coworker' } },
  });
  expect(stdout).toMatch(/\nconversation +ulconversation +Userlike conversation\n/);
  expect(stdout).toContain('nothing looks like a deal');
});

it('init proposes the limetypes of --target, the first for all topics', async () => {
  await using tenant = await aTenant('core');

  expect(await tenant.init('--target', 'deal,helpdesk')).toMatchObject({ code: 0 });
  expect(tenant.written().instances.map(({ limetype, topics }) => [limetype, topics])).toEqual([
    ['helpdesk', ['Helpdesk']],
    ['deal', undefined],
  ]);
});

it('init gives the reason for a limetype of --target that cannot be used', async () => {
  await using tenant = await aTenant('core');
  const failed = async (target: string) => {
    const { code, stdout, stderr } = await tenant.init('--target', target);
    return { code, stdout, stderr: stderr.replace(/(, of: ).*$/, '$1…') };
  };
  const others = 'name one with --target, of: …';

  expect(await failed('history')).toEqual({
    code: 1,
    stdout: '',
    stderr: `userlike-lime: history: no history note can be linked to it; ${others}`,
  });
  expect(await failed('ticket, history')).toMatchObject({
    stderr: `userlike-lime: there is no limetype ticket; history: no history note can be linked to it; ${others}`,
  });
  expect((await tenant.init('--target', 'history')).stderr).not.toMatch(/, of: .*\bhistory\b/);
});

it('init ignores empty names in --target, unless there is no other', async () => {
  await using tenant = await aTenant('core');
  const { code, stdout } = await tenant.init('--target', 'helpdesk,');

  expect(code).toBe(0);
  expect(stdout).not.toContain('nothing looks like');
  expect(await tenant.init('--force', '--target', ' ,')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'userlike-lime: --target: is empty; give helpdesk, deal or names of limetypes',
  });
});

it('init lists a limetype that is both target and person once', async () => {
  await using tenant = await aTenant('core');
  const { stdout } = await tenant.init('--target', 'person');

  expect(stdout.match(/^person .*$/gm)).toEqual(['person     person    Person']);
});

it('init takes time zone, country and language, which no data model contains', async () => {
  await using tenant = await aTenant('core');
  const sweden = await tenant.init();
  expect(tenant.written()).toMatchObject({ timeZone: 'Europe/Stockholm', country: 'SE', language: 'en' });
  expect(sweden.stdout).toContain('time zone Europe/Stockholm, country SE, language en');

  const norway = ['--time-zone', 'Europe/Oslo', '--country', 'NO', '--language', 'nb'];
  expect(await tenant.init('--force', ...norway)).toMatchObject({ code: 0 });
  expect(tenant.written()).toMatchObject({ timeZone: 'Europe/Oslo', country: 'NO', language: 'nb' });

  expect(await tenant.init('--time-zone', 'Mars/Base', '--country', 'Norway', '--language', 'nn')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--time-zone: is not a time zone.*\n.*--country: is not a country.*\n.*--language: /),
  });
});
