import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dryRun } from '../../../cli/preview/dry-run.ts';
import { openTenant } from '../../../cli/tenant/open.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { blocksOf } from '../../docs/pages.ts';
import { aDirectory } from '../../support/a-directory.ts';
import { runHere } from '../../support/cli/run-cli.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

let directory: Awaited<ReturnType<typeof aDirectory>>;
beforeAll(async () => {
  directory = await aDirectory();
});
afterAll(() => directory[Symbol.asyncDispose]());

const Rows = z.object({
  objects: z.array(
    z.object({ sections: z.array(z.object({ rows: z.array(z.looseObject({ property: z.string() })) })) }),
  ),
});

describe('a preview', () => {
  it('of a sample takes any organization, and its settings', async () => {
    const { code, stdout } = await runHere([
      'preview',
      'samples/human-chat.json',
      '--organization',
      '4711',
      '--sandbox',
    ]);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'conversation 64100001' });
  });

  it("takes the contact's first text for the first question in the worked example, not the welcome message", async () => {
    const [helpdesk = ''] = blocksOf('docs/settings.md', 'json settings');
    const settings = await directory.write('helpdesk.json', helpdesk);
    for (const file of ['samples/human-chat.json', 'samples/bot-handover.json', 'test/fixtures/conversation.json']) {
      const { stdout } = await runHere(['preview', file, '--settings', settings, '--json', '--sandbox']);
      const rows = Rows.parse(JSON.parse(stdout)).objects[0]?.sections.flatMap(({ rows }) => rows) ?? [];
      const asked = /My order A-1042 has not arrived|A licence for 40 users|Hello, I have a question/;
      for (const property of ['title', 'description']) {
        expect(rows.find((row) => row.property === property)).toMatchObject({ gets: expect.stringMatching(asked) });
      }
    }
  });

  it('of a conversation that the settings do not accept gives the reason, and no request', async () => {
    const settings = await directory.write(
      'accept.json',
      JSON.stringify({
        accept: { whileOpen: 'skip' },
        instances: [anInstance()],
      }),
    );
    const conversation = await directory.write('open.json', JSON.stringify(aConversation({ status: 'open' })));
    const { code, stdout } = await runHere(['preview', conversation, '--settings', settings, '--sandbox']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'conversation 63741936\n\nskipped: the conversation has not ended',
    });
  });

  it('shows what a person gets whose properties are blank in Lime', async () => {
    const { stdout } = await runHere(['preview', 'test/cases/person-filled.json', '--sandbox']);
    expect(stdout).toMatch(
      /\nperson 1008, updated\n.*\n +mobilephone +path contact\.mobile_number .*\+44 7700 900 456\n\n/,
    );
  });

  it('is no wider than 100 columns, but for the lines of notes', async () => {
    const { stdout } = await runHere(['preview', 'samples/custom-fields.json', '--sandbox']);
    const wide = stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  | '));
    expect(wide).toEqual([]);
  });

  it('shows a note as people read it', async () => {
    const { stdout } = await runHere(['preview', 'samples/rating-and-survey.json', '--sandbox']);
    expect(stdout).toContain('\n  | [2026-03-04 11:11:00] Contact Eve Sample: Can I change my delivery address?\n');
    expect(stdout).toContain('\n  | Rating: 5\n');
  });

  it.each([
    { title: 'UTF-16', bytes: Buffer.from('\ufeff{"id": 1}', 'utf16le'), told: 'is not UTF-8 text: save it with the' },
    {
      title: 'a missing comma',
      bytes: Buffer.from('{\n"id": 1\n"topics": []}'),
      told: 'is not JSON: line 3, column 1',
    },
  ])('refuses a file with $title', async ({ bytes, told }) => {
    const file = await directory.write('wrong.json', bytes);
    const { code, stderr } = await runHere(['preview', file, '--sandbox']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(told) });
  });

  it('takes a file with a byte order mark', async () => {
    const file = await directory.write('bom.json', `\ufeff${JSON.stringify(aConversation())}`);
    expect(await runHere(['preview', file, '--sandbox'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells a required relation that finds nobody, for which the conversation is parked', async () => {
    const person = {
      property: 'person',
      limetype: 'person',
      rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
    };
    const settings = settingsOf({ instances: [anInstance({ relations: { person } })] });
    await using tenant = await openTenant({ sandbox: 'core' }, {});
    const run = await dryRun({
      conversation: Conversation.parse(aConversation({ contact: { email: 'nobody@example.org' } })),
      settings,
      lime: withRequiredPerson(tenant.lime),
      acceptedAt: '2026-11-22T10:00:00.000Z',
    });
    expect(run.requests).toEqual([]);
    expect(run.objects[0]).toMatchObject({ parked: 'helpdesk.person is required, and nobody was found' });
    const rows = run.objects[0]?.sections.at(-1)?.rows ?? [];
    expect(rows.find(({ property }) => property === 'person')).toMatchObject({ because: 'nobody found' });
  });
});

/** A tenant that requires the person of a helpdesk. */
function withRequiredPerson(lime: Lime): Lime {
  return async (request, schema) => {
    const answer = await lime(request, schema);
    if (typeof answer === 'object' && answer !== null && 'properties' in answer && answer.properties instanceof Map) {
      const person: unknown = answer.properties.get('person');
      if (typeof person === 'object') answer.properties.set('person', { ...person, required: true });
    }
    return answer;
  };
}

describe('files of this machine', () => {
  const documents = { relation: 'helpdesk', identify: 'comment', properties: { type: { value: 'other' } }, media: {} };
  const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
  const settings = settingsOf({ instances: [anInstance({ documents, history })] });
  const url = 'http://127.0.0.1:4000/picture.png';
  const conversation = Conversation.parse(aConversation({ transcript: [aMessage({ body: null, url })] }));

  it.each([
    { title: 'count as taken on a tenant of this machine, as in a local run', allowLocal: true, uploads: 1 },
    { title: 'are not taken on any other', allowLocal: false, uploads: 0 },
  ])('$title', async ({ allowLocal, uploads }) => {
    await using tenant = await openTenant({ sandbox: 'core' }, {});
    const { requests } = await dryRun({
      conversation,
      settings,
      lime: tenant.lime,
      acceptedAt: '2026-11-22T10:00:00.000Z',
      allowLocal,
    });
    expect(requests.filter(({ path }) => path === '/api/v1/file/').length).toBe(uploads);
  });

  it('may be those of the sandbox and of no tenant elsewhere', async () => {
    await using sandbox = await openTenant({ sandbox: 'core' }, {});
    const elsewhere = { LIME_URL: 'https://acme.lime-crm.com/acme', LIME_API_KEY: 'x' };
    await using acme = await openTenant({}, elsewhere);
    expect([sandbox.isLocal, acme.isLocal]).toEqual([true, false]);
  });
});
