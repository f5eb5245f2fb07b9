import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readText } from '../../docs/pages.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { changed } from '../../support/cli/changed.ts';
import { runHere } from '../../support/cli/run-cli.ts';

let directory: Awaited<ReturnType<typeof aDirectory>>;
beforeAll(async () => {
  directory = await aDirectory();
});
afterAll(() => directory[Symbol.asyncDispose]());

const description = 'instances.0.properties.description';

async function check(source: unknown, against: string) {
  const settings = changed(JSON.parse(readText('settings/default.json')), description, source);
  const file = await directory.write('settings.json', settings);
  const { code, stdout } = await runHere(['check', file, '--against', against, '--json', '--sandbox']);
  return { code, findings: JSON.parse(stdout).findings };
}

describe('check against a real conversation', () => {
  const sample = 'samples/custom-fields.json';

  it('passes the default settings with every sample', async () => {
    for (const name of ['human-chat', 'bot-handover', 'whatsapp-media', 'offline-message', 'rating-and-survey']) {
      const { code, stdout } = await runHere(['check', '--against', `samples/${name}.json`, '--sandbox']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'settings/default.json: fits the tenant' });
    }
  });

  it('knows the custom fields that it has, and the nearest of them', async () => {
    expect(await check({ path: 'custom.order.number' }, sample)).toEqual({ code: 0, findings: [] });
    expect(await check({ path: 'custom.order.nummer' }, sample)).toEqual({
      code: 0,
      findings: [
        {
          severity: 'hint',
          path: `${description}.path`,
          rule: `no conversation of ${sample} has custom.order.nummer`,
          suggestion: 'custom.order.number',
        },
      ],
    });
  });

  it('takes a field that Userlike has added', async () => {
    const conversation = { ...JSON.parse(readText('samples/human-chat.json')), sentiment: 'good' };
    const file = await directory.write('conversation.json', conversation);
    expect(await check({ path: 'sentiment' }, 'samples/human-chat.json')).toMatchObject({ code: 1 });
    expect(await check({ path: 'sentiment' }, file)).toEqual({ code: 0, findings: [] });
  });

  it('reports what the mapper would leave out, with the path', async () => {
    const conversation = {
      ...JSON.parse(readText('samples/human-chat.json')),
      contact: { name: 'Ada Example', email: `${'x'.repeat(120)}@example.org` },
    };
    const file = await directory.write('long.json', [conversation]);
    const { code, findings } = await check({ path: 'first_question' }, file);
    expect({ code, findings }).toEqual({
      code: 1,
      findings: [
        {
          severity: 'error',
          path: 'instances.0.properties.email',
          rule: 'left out of conversation 64100001: email is longer than 100 characters',
        },
      ],
    });
  });

  it('reports why the mapper would park it', async () => {
    const settings = changed(JSON.parse(readText('settings/default.json')), 'instances.0.topics', ['Sales']);
    const file = await directory.write('topics.json', settings);
    const { code, stdout } = await runHere(['check', file, '--against', 'samples/human-chat.json', '--sandbox']);
    expect(code).toBe(1);
    expect(stdout).toContain('conversation 64100001 is parked: no instance takes a topic of this conversation');
  });

  it('is refused for a file without a conversation, or with one that intake rejects', async () => {
    const none = await directory.write('none.json', { _type: 'operator', id: 7 });
    const broken = await directory.write('broken.json', { id: 0, transcript: [] });
    const [first, second] = [
      await runHere(['check', '--against', none, '--sandbox']),
      await runHere(['check', '--against', broken, '--sandbox']),
    ];
    expect(first).toMatchObject({ code: 1, stderr: `userlike-lime: ${none} contains no conversation` });
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`${broken}: index 0: id: must be`) });
  });
});

describe('what check prints for people', () => {
  it('has errors before hints, in at most 100 columns', async () => {
    const settings = changed(
      changed(JSON.parse(readText('settings/default.json')), description, { path: 'contact' }),
      'instances.0.relations.person.rules.0.path',
      'contact.mail',
    );
    const file = await directory.write('two.json', settings);
    const { stdout } = await runHere(['check', file, '--sandbox']);
    const severities = stdout.split('\n').flatMap((line) => /^(error|hint) /.exec(line)?.[1] ?? []);
    expect(severities).toEqual(['error', 'hint']);

    for (const sandbox of ['core', 'custom']) {
      const printed = await runHere(['check', file, '--sandbox', sandbox]);
      expect(printed.stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });

  it('takes the settings file as an argument or as --settings, not both', async () => {
    const named = await runHere(['check', '--settings', 'settings/default.json', '--sandbox']);
    expect(named).toMatchObject({ code: 0, stdout: 'settings/default.json: fits the tenant' });
    const both = await runHere(['check', 'settings/default.json', '--settings', 'settings/default.json', '--sandbox']);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('one settings file') });
  });

  it('takes a file behind --sandbox', async () => {
    expect(await runHere(['check', '--sandbox', 'settings/default.json'])).toMatchObject({ code: 0 });
  });

  it('refuses another sandbox than core and custom', async () => {
    expect(await runHere(['check', '--sandbox=other'])).toMatchObject({
      code: 2,
      stderr: 'userlike-lime: --sandbox: must be core or custom',
    });
  });
});
