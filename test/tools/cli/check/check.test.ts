import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../../../tools/sandbox/sandbox.ts';
import { aDirectory } from '../a-directory.ts';
import { runHere } from '../cli.ts';

type Directory = Awaited<ReturnType<typeof aDirectory>>;

let sandbox: Sandbox;
let directory: Directory;
const variables = () => ({ LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' });

/** What init wrote for the customised tenant. */
let own: string;

beforeAll(async () => {
  sandbox = await startSandbox({ schema: 'custom' });
  directory = await aDirectory();
  own = directory.path('own.json');
  await runHere(['init', '--output', own], variables());
});

afterAll(async () => {
  await sandbox.close();
  await directory[Symbol.asyncDispose]();
});

const Report = z.object({
  ok: z.boolean(),
  findings: z.array(
    z.object({
      severity: z.string(),
      path: z.string(),
      property: z.string().optional(),
      rule: z.string(),
      suggestion: z.string().optional(),
    }),
  ),
});

const check = async (settings: unknown) => {
  const file = await directory.write('checked.json', settings);
  const { code, stdout } = await runHere(['check', file, '--json'], variables());
  return { code, ...Report.parse(JSON.parse(stdout)) };
};

/** The settings of the tenant with one value changed, or (undefined) removed. */
const changed = (path: string, value: unknown): unknown => {
  const settings: unknown = JSON.parse(readFileSync(own, 'utf8'));
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), settings);
  if (!isObject(parent)) throw new Error(`${path} is nowhere`);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return settings;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

describe('settings for a customised tenant', () => {
  it('pass as init wrote them', async () => {
    expect(await runHere(['check', own], variables())).toEqual({
      code: 0,
      stdout: `${own}: fits the tenant`,
      stderr: '',
    });
  });

  const at = 'instances.0';
  it.each([
    {
      title: 'a limetype that the tenant does not have',
      change: [`${at}.limetype`, 'helpdsk'],
      finding: { path: `${at}.limetype`, rule: 'the tenant has no limetype helpdsk', suggestion: 'helpdesk' },
    },
    {
      title: 'a property under the name of another tenant',
      change: [`${at}.properties.title`, { value: 'x' }],
      finding: {
        path: `${at}.properties.title`,
        property: 'helpdesk.title',
        rule: 'not a property of helpdesk',
        suggestion: 'subject',
      },
    },
    {
      title: 'a property whose name is mistyped',
      change: [`${at}.properties.statuss`, { value: 'reported' }],
      finding: {
        path: `${at}.properties.statuss`,
        property: 'helpdesk.statuss',
        rule: 'not a property of helpdesk',
        suggestion: 'status',
      },
    },
    {
      title: 'a constant of another type',
      change: [`${at}.properties.priority`, { value: 'high' }],
      finding: { path: `${at}.properties.priority.value`, property: 'helpdesk.priority', rule: 'not a number' },
    },
    {
      title: 'a text for a date',
      change: [`${at}.properties.receivedon`, { path: 'contact.email' }],
      finding: {
        path: `${at}.properties.receivedon.path`,
        property: 'helpdesk.receivedon',
        rule: 'of type date, and contact.email is a text',
      },
    },
    {
      title: 'a text that is too long',
      change: [`${at}.properties.chatreference`, { value: 'x'.repeat(33) }],
      finding: {
        path: `${at}.properties.chatreference.value`,
        property: 'helpdesk.chatreference',
        rule: 'longer than 32 characters',
      },
    },
    {
      title: 'an id that does not fit',
      change: [`${at}.properties.subject`, { template: `${'x'.repeat(60)} {{ id }}` }],
      finding: {
        path: `${at}.properties.subject.template`,
        property: 'helpdesk.subject',
        rule: 'longer than 64 characters',
      },
    },
    {
      title: 'the key of an option of another tenant',
      change: [`${at}.history.properties.type`, { value: 'checklst' }],
      finding: {
        path: `${at}.history.properties.type.value`,
        property: 'history.type',
        rule: 'not one of its options',
        suggestion: 'checklist',
      },
    },
    {
      title: 'the text of an option for its key',
      change: [`${at}.properties.status`, { value: '2 Started' }],
      finding: {
        path: `${at}.properties.status.value`,
        property: 'helpdesk.status',
        rule: 'not one of its options',
        suggestion: 'started',
      },
    },
    {
      title: 'an inactive option in a map',
      change: [`${at}.properties.status`, { path: 'status', options: { new: 'reported', open: 'waiting' } }],
      finding: {
        path: `${at}.properties.status.options.open`,
        property: 'helpdesk.status',
        rule: 'an inactive option, not one of its options',
        suggestion: 'one of reported, started, done',
      },
    },
    {
      title: 'a relation to another limetype',
      change: [`${at}.relations.person.property`, 'company'],
      finding: {
        path: `${at}.relations.person.property`,
        property: 'helpdesk.company',
        rule: 'a relation to company, needs one to person',
        suggestion: 'contact',
      },
    },
    {
      title: 'a relation that is none',
      change: [`${at}.history.relation`, 'note'],
      finding: {
        path: `${at}.history.relation`,
        property: 'history.note',
        rule: 'of type text, needs a relation (belongsto) to helpdesk',
        suggestion: 'helpdesk',
      },
    },
    {
      title: 'the company of the person under another name',
      change: [`${at}.relations.company.from`, 'company'],
      finding: {
        path: `${at}.relations.company.from`,
        property: 'person.company',
        rule: 'not a property of person',
        suggestion: 'employer',
      },
    },
    {
      title: 'a rule that looks into a relation',
      change: [`${at}.relations.person.rules.0.properties.0`, 'employer'],
      finding: {
        path: `${at}.relations.person.rules.0.properties.0`,
        property: 'person.employer',
        rule: 'of type belongsto, needs string, text, phone, link or xml',
        suggestion: 'cellphone',
      },
    },
    {
      title: 'what takes out of the search and is no yesno',
      change: [`${at}.relations.person.inactive`, 'customerno'],
      finding: {
        path: `${at}.relations.person.inactive`,
        property: 'person.customerno',
        rule: 'of type string, needs yesno',
        suggestion: 'inactive',
      },
    },
    {
      title: 'a required number without a source',
      change: [`${at}.properties.vat`, undefined],
      finding: {
        path: `${at}.properties`,
        property: 'helpdesk.vat',
        rule: 'required and not mapped',
        suggestion: '"vat": {"value":0}',
      },
    },
    {
      title: 'a required option of the document without a source',
      change: [`${at}.documents.properties`, {}],
      finding: {
        path: `${at}.documents.properties`,
        property: 'document.type',
        rule: 'required and not mapped',
        suggestion: '"type": {"value":"chatlog"}',
      },
    },
    {
      title: 'a file for what tells files apart',
      change: [`${at}.documents.identify`, 'document'],
      finding: {
        path: `${at}.documents.identify`,
        property: 'document.document',
        rule: 'of type file, needs string, text, phone, link or xml',
        suggestion: 'comment',
      },
    },
    {
      title: 'a file that is none',
      change: [`${at}.documents.file`, 'comment'],
      finding: {
        path: `${at}.documents.file`,
        property: 'document.comment',
        rule: 'of type string, needs file',
        suggestion: 'document',
      },
    },
    {
      title: 'an unknown setting',
      change: [`${at}.limeType`, 'helpdesk'],
      finding: { path: `${at}.limeType`, rule: 'is not a setting', suggestion: 'limetype' },
    },
    {
      title: 'a mistyped time zone',
      change: ['timeZone', 'Europe/Stokholm'],
      finding: {
        path: 'timeZone',
        rule: 'is not a time zone, for example Europe/Stockholm',
        suggestion: 'Europe/Stockholm',
      },
    },
    {
      title: 'a mistyped word of a choice',
      change: [`${at}.relations.person.rules.0.as`, 'mail'],
      finding: {
        path: `${at}.relations.person.rules.0.as`,
        rule: 'Invalid option: expected one of "email"|"phone"|"text"|"domain"',
        suggestion: 'email',
      },
    },
  ] as const)('are refused with $title', async ({ change: [path, value], finding }) => {
    const { code, ok, findings } = await check(changed(path, value));

    expect(findings).toEqual([{ severity: 'error', ...finding }]);
    expect({ code, ok }).toEqual({ code: 1, ok: false });
  });

  it.each([
    {
      title: 'a value of the conversation for an option, without a map',
      change: [`${at}.properties.channel`, { path: 'contact_channel.type' }],
      path: `${at}.properties.channel.path`,
    },
    {
      title: 'a template that may grow longer than the text',
      change: [`${at}.properties.chatreference`, { template: '{{ contact.name }}' }],
      path: `${at}.properties.chatreference.template`,
    },
    {
      title: 'a number that the conversation may not have',
      change: [`${at}.properties.priority`, { path: 'custom.priority' }],
      path: `${at}.properties.priority`,
    },
    {
      title: 'a note linked to somebody whom nobody looks for',
      change: [`${at}.relations.coworker`, undefined],
      path: `${at}.history.relations.coworker`,
    },
  ] as const)('are warned of $title, and pass', async ({ change: [path, value], path: told }) => {
    const { code, findings } = await check(changed(path, value));

    expect(code).toBe(0);
    expect(findings.map(({ severity }) => severity)).not.toContain('error');
    expect(findings.map((finding) => finding.path)).toContain(told);
  });

  it('are told all problems at once, in a table, with exit code 1', async () => {
    const { code, stdout } = await runHere(['check', 'settings/default.json'], variables());

    expect(code).toBe(1);
    expect(stdout).toMatch(/^SEVERITY +PATH +PROPERTY +RULE +SUGGESTION\n/);
    expect(stdout).toMatch(
      /\nerror +instances\.0\.properties\.title +helpdesk\.title +not a property of helpdesk +subject\n/,
    );
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
  const wrong = async (given: Record<string, string>) => runHere(['check'], { ...variables(), ...given });

  it.each([
    {
      title: 'a wrong key',
      given: { LIME_API_KEY: 'x' },
      told: /^userlike-lime: Lime refuses the key: .* answered 401$/,
    },
    {
      title: 'nobody there',
      given: { LIME_URL: 'http://127.0.0.1:9/lime' },
      told: /^userlike-lime: Lime is out of reach, is the address right\?/,
    },
  ])('is told as $title, with exit code 1', async ({ given, told }) => {
    const { code, stderr } = await wrong(given);
    expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
  });

  it('for the wrong name of its application is told as that', async () => {
    const { code, stderr } = await wrong({ LIME_URL: `${sandbox.origin}/other` });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/does the address end with the application's name\?/)]);
  });

  it.each([
    {
      title: 'none is named',
      given: {},
      told: 'which tenant: set LIME_URL and LIME_API_KEY, or give --organization, whose stored secret is then used',
    },
    {
      title: 'the key is missing',
      given: { LIME_URL: 'http://127.0.0.1:9/lime' },
      told: 'LIME_API_KEY: is needed beside LIME_URL',
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

it('a file that is not there is wrong usage', async () => {
  expect(await runHere(['check', 'settings/none.json'], variables())).toMatchObject({
    code: 2,
    stderr: 'userlike-lime: settings/none.json cannot be read',
  });
});

it('a file that is not JSON is told without asking the tenant', async () => {
  const file = await directory.write('broken.json', '{');
  const { code, stdout } = await runHere(['check', file]);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/error +\(root\) +- +is not JSON/)]);
});
