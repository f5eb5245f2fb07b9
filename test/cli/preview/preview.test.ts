import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, someSettings } from '../../support/mapping/builders.ts';
import { byMailOrPhone as person } from '../../support/newcomers.ts';

let sandbox: Sandbox;
let directory: Awaited<ReturnType<typeof aDirectory>>;
function preview(...args: string[]) {
  return runHere(['preview', ...args], { LIME_URL: sandbox.url, LIME_API_KEY: 'local-lime-key' });
}

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await aDirectory();
});
afterAll(async () => {
  expect(sandbox.requests().filter(({ method }) => method !== 'GET')).toEqual([]);
  await sandbox.close();
  await directory[Symbol.asyncDispose]();
});

describe('a preview', () => {
  it('shows a row for each property and link, and each request, and sends nothing', async () => {
    const file = await directory.write('a.json', aConversation({ contact: { email: 'ada@example.org' } }));
    const { code, stdout, stderr } = await preview(file);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      'conversation 63741936',
      '',
      'limeobject: helpdesk',
      'instance:   Helpdesk, the fallback: no other instance takes its topics',
      '',
      'helpdesk #1',
      expect.stringMatching(/^ {2}PROPERTY +SOURCE +GAVE +LIME GETS$/),
      expect.stringMatching(
        /^ {2}title +template +Hello, I have a questio… {2}Hello, I have a question\. · #63741936$/,
      ),
    ]);
    expect(stdout).toMatch(/\n {2}person +relations\.person +contact\.email ada@examp… {2}1001\n/);
    expect(stdout).toMatch(/\n {2}helpdesk +history\.relation +- +→ helpdesk #1\n/);
    expect(stdout).toMatch(
      /\n1\. POST \/api\/v1\/limeobject\/helpdesk\/ {2}→ helpdesk #1\n2\. POST \/api\/v1\/limeobject\/history\/ {2}→ history #2$/,
    );
  });

  it('names the limeobject that a conversation would be attached to', async () => {
    const [settings, file] = await Promise.all([
      directory.write(
        'attach.json',
        someSettings({
          instances: [anInstance({ relations: { person }, attach: { where: { statuscolor: 'ongoing' } } })],
        }),
      ),
      directory.write('n.json', aConversation({ contact: { email: 'ada@example.org' } })),
    ]);
    const { stdout } = await preview(file, '--settings', settings);
    expect(stdout).toContain(
      '\nlimeobject: helpdesk 1001, which is in Lime already: the conversation is attached to it\n',
    );
    expect(stdout).toMatch(/\n1\. POST \/api\/v1\/limeobject\/history\/ {2}→ history #1$/);
  });

  it("escapes control sequences in a visitor's text", async () => {
    const body = 'a\u001b[31m b\u009b31m c\u202ed \u{1f469}\u200d\u{1f4bb}';
    const file = await directory.write('i.json', aConversation({ transcript: [{ id: '1.2.3', body }] }));
    const { stdout } = await preview(file);
    expect(stdout).toContain('a\\u001b[31m b\\u009b31m c\\u202ed \u{1f469}\u200d\u{1f4bb}');
  });

  it('names all topics that an instance takes', async () => {
    const settings = await directory.write('t.json', someSettings({ instances: [anInstance({ topics: ['A', 'B'] })] }));
    const file = await directory.write('j.json', aConversation({ topics: [{ text: 'a' }, { text: 'B' }] }));
    const { stdout } = await preview(file, '--settings', settings);
    expect(stdout).toContain('\ninstance:   Tickets, takes the topics a, B\n');
  });

  it('prints JSON on request', async () => {
    const file = await directory.write('b.json', aConversation({ contact: null }));
    const { code, stdout } = await preview(file, '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      conversation: '63741936',
      objects: [{ instance: 'Helpdesk', limetype: 'helpdesk', created: 1, omitted: [], unmapped: [] }],
      requests: [
        { method: 'POST', path: '/api/v1/limeobject/helpdesk/', creates: 1 },
        { method: 'POST', path: '/api/v1/limeobject/history/', creates: 2, body: { helpdesk: { created: 1 } } },
      ],
    });
  });

  it('takes every form of a call, and reports an invalid conversation by path and rule', async () => {
    const file = await directory.write('c.json', {
      conversations: [aConversation({ id: 1 }), aConversation({ id: 0, transcript: 5 }), { _type: 'operator', id: 7 }],
    });
    const { code, stdout, stderr } = await preview(file);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^conversation 1\n/);
    expect(stderr.split('\n')).toEqual([
      'index 1: id: must be a positive safe integer or a string of 1 to 32 digits',
      'index 1: transcript: must be a list',
      'index 2: operator is not a conversation and is ignored',
    ]);
  });

  it('ends with exit code 1 and the reason if the conversation would be parked', async () => {
    const settings = await directory.write('s.json', someSettings({ instances: [anInstance({ topics: ['Sales'] })] }));
    const other = await directory.write('o.json', someSettings({ instances: [anInstance({ limetype: 'order' })] }));
    const file = await directory.write('d.json', aConversation());

    expect(await preview(file, '--settings', settings)).toEqual({
      code: 1,
      stdout:
        'conversation 63741936\n\nparked: no instance takes a topic of this conversation, and there is no fallback',
      stderr: '',
    });
    expect(await preview(file, '--settings', other)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/\nparked: +the tenant has no limetype order\n/),
    });
  });

  it('shows all conversations of a call, even if no instance takes one of them', async () => {
    const settings = await directory.write('s.json', someSettings({ instances: [anInstance({ topics: ['Sales'] })] }));
    const file = await directory.write('g.json', [
      aConversation({ id: 1, topics: [{ text: 'Sales' }] }),
      aConversation({ id: 2, topics: [{ text: 'Support' }] }),
      aConversation({ id: 3, topics: [{ text: 'Sales' }] }),
    ]);
    const text = await preview(file, '--settings', settings);
    const json = await preview(file, '--settings', settings, '--json');

    const parked = 'no instance takes a topic of this conversation, and there is no fallback';
    expect(text).toMatchObject({ code: 1, stderr: '' });
    expect(text.stdout.match(/^(conversation|parked:|limeobject:) .*$/gm)).toEqual([
      'conversation 1',
      'limeobject: helpdesk',
      'conversation 2',
      `parked: ${parked}`,
      'conversation 3',
      'limeobject: helpdesk',
    ]);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { conversation: '1', objects: [{ created: 1 }] },
      { conversation: '2', objects: [], requests: [], parked },
      { conversation: '3', objects: [{ created: 1 }] },
    ]);
  });

  it('of a call without conversations ends with exit code 1, as JSON with an empty list', async () => {
    const file = await directory.write('h.json', { _type: 'operator', id: 7 });
    const stderr = `index 0: operator is not a conversation and is ignored\n${file} contains no conversation`;

    expect(await preview(file)).toEqual({ code: 1, stdout: '', stderr });
    expect(await preview(file, '--json')).toEqual({ code: 1, stdout: '[]', stderr });
  });

  it.each([
    {
      title: 'what is not JSON',
      content: '{',
      told: expect.stringMatching(/e\.json is not JSON: line 1, column 2: expected property name or '}'$/),
    },
    {
      title: 'what contains no conversation',
      content: {},
      told: 'userlike-lime: The body holds no conversation: send one, a non-empty list of them, or {"conversations": [...]}.',
    },
  ])('reports $title', async ({ content, told }) => {
    const file = await directory.write('e.json', content);
    expect(await preview(file)).toEqual({ code: 1, stdout: '', stderr: told });
  });

  it('reports invalid settings as check does', async () => {
    const settings = await directory.write('bad.json', someSettings({ country: 'x', colour: 1 }));
    const file = await directory.write('f.json', aConversation());
    const { code, stderr } = await preview(file, '--settings', settings);

    expect(code).toBe(1);
    const told = await runHere(['check', settings]);
    const lines = stderr.split('\n').map((line) => line.replace(/^userlike-lime: /, ''));
    expect(lines).toEqual([`${settings} cannot be used`, ...told.stdout.split('\n').slice(0, -2)]);
    expect(lines).toContain('error  colour');
  });

  it.each(['../../etc/passwd', '/etc/passwd', '108905\u0000', 'a/b', '..', '1'.repeat(65)])(
    'names no file and no secret after an organization that is none: %s',
    async (organization_id) => {
      const file = await directory.write('k.json', aConversation({ organization_id }));

      expect(await preview(file)).toEqual({
        code: 1,
        stdout: '',
        stderr: 'userlike-lime: organization_id: must be letters, digits, "_" or "-", at most 64',
      });
      expect(await preview(file, '--organization', '../x')).toMatchObject({ code: 2, stdout: '' });
    },
  );

  it('of a missing file is wrong usage', async () => {
    expect(await preview(directory.path('none.json'))).toMatchObject({ code: 2 });
  });
});
