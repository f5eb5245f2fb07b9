import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { propose } from '../../../cli/init/propose.ts';
import { dryRun } from '../../../cli/preview/dry-run.ts';
import { readMetadata } from '../../../cli/tenant/open.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { MappingError } from '../../../shared/errors.ts';
import { createLime } from '../../../shared/lime/client.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { deliverForReal, withRealIds } from '../../support/cli/deliver-for-real.ts';
import { aConversation, aMessage, documentedExample } from '../../support/conversations.ts';
import { anInstance, defaultSettings, settingsOf } from '../../support/mapping/builders.ts';

const acceptedAt = '2026-11-22T10:00:00.000Z';

let sandbox: Sandbox;
let lime: Lime;

async function start(schema: 'core' | 'custom') {
  sandbox = await startSandbox({ schema });
  const secret = async () => ({ url: sandbox.url, apiKey: 'local-lime-key' });
  lime = createLime({ secret, refetchSecret: secret, rateLimiter: async () => {} });
}
afterEach(() => sandbox.close());

const withPersons = settingsOf({
  instances: [
    anInstance({
      properties: { title: { template: 'Userlike conversation {{ id }}' }, email: { path: 'contact.email' } },
      relations: {
        person: {
          property: 'person',
          limetype: 'person',
          rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
          create: { properties: { firstname: { path: 'contact.name' }, email: { path: 'contact.email' } } },
        },
        company: {
          property: 'company',
          rules: [{ path: 'contact.email', properties: ['www'], as: 'domain' }],
          create: { properties: { name: { template: '{{ contact.email | split: "@" | last }}' } } },
        },
      },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } }, relations: { person: 'person' } },
    }),
    anInstance({
      name: 'Follow-up',
      additional: true,
      topics: ['Sales'],
      properties: { title: { template: 'Follow-up of {{ id }}' }, colour: { value: 'red' } },
      relations: {
        person: {
          property: 'person',
          limetype: 'person',
          rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
          create: { properties: { firstname: { path: 'contact.name' }, email: { path: 'contact.email' } } },
        },
      },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
    }),
  ],
});

const newContact = { id: 5, name: 'Neda Ny', email: 'neda@nyfirma.example.org' };
const longBody = 'A long story. '.repeat(700);

const cases = [
  { title: 'the documented conversation', conversation: JSON.parse(documentedExample), settings: defaultSettings },
  {
    title: 'a known contact',
    conversation: aConversation({
      contact: { email: 'ADA@example.org' },
      operator_assigned_to_email: 'peter.testman@example.com',
    }),
    settings: defaultSettings,
  },
  {
    title: 'a contact of whom there are several',
    conversation: aConversation({ contact: { email: 'double@example.com' } }),
    settings: defaultSettings,
  },
  {
    title: 'a transcript of several notes',
    conversation: aConversation({ transcript: [aMessage({ body: longBody })] }),
    settings: defaultSettings,
  },
  {
    title: 'values that do not fit',
    conversation: aConversation({ contact: { email: `${'x'.repeat(200)}@example.org` }, created_at: 'soon' }),
    settings: defaultSettings,
  },
  {
    title: 'a new person and company, and a second limeobject',
    conversation: aConversation({ contact: newContact, topics: ['Sales'] }),
    settings: withPersons,
  },
];

describe('a dry run', () => {
  beforeEach(() => start('core'));

  it.each(cases)('of $title shows exactly what Lime gets later', async ({ conversation, settings }) => {
    const parsed = Conversation.parse(conversation);
    const run = await dryRun({ conversation: parsed, settings, lime, acceptedAt });
    expect(sandbox.requests().filter(({ method }) => method !== 'GET')).toEqual([]);

    const requests = await deliverForReal({ sandbox, lime, conversation: parsed, settings, acceptedAt });
    expect(requests).not.toEqual([]);
    expect(withRealIds(run.requests, sandbox)).toEqual(requests);
  });

  it('shows why and with which links each limeobject is created', async () => {
    const conversation = Conversation.parse(aConversation({ contact: newContact, topics: ['sales '] }));
    const { objects } = await dryRun({ conversation, settings: withPersons, lime, acceptedAt });

    const by = { path: 'contact.email', as: 'email', value: 'neda@nyfirma.example.org' };
    expect(objects).toMatchObject([
      {
        instance: 'Tickets',
        because: 'the fallback: no other instance takes its topics',
        limetype: 'helpdesk',
        lookups: [
          { relation: 'person', by: [by], found: [{ created: 2 }], linked: true },
          { relation: 'company', found: [{ created: 1 }], linked: true },
        ],
        created: 3,
      },
      {
        instance: 'Follow-up',
        because: 'additional, takes the topic sales',
        lookups: [{ relation: 'person', by: [by], found: [{ created: 2 }], linked: true }],
        omitted: [{ path: 'instances.1.properties.colour', message: 'colour is not a property of helpdesk' }],
      },
    ]);
  });

  it('names all candidates if several match', async () => {
    const conversation = Conversation.parse(aConversation({ contact: { email: 'double@example.com' } }));
    const { objects } = await dryRun({ conversation, settings: defaultSettings, lime, acceptedAt });
    const [object] = objects;
    expect(object?.lookups[0]).toMatchObject({ linked: false, found: [expect.any(Number), expect.any(Number)] });
  });

  it('gives the reason if the conversation would be parked', async () => {
    const settings = settingsOf({ instances: [anInstance({ history: { relation: 'ticket' } })] });
    const conversation = Conversation.parse(aConversation());
    expect(await dryRun({ conversation, settings, lime, acceptedAt })).toMatchObject({
      objects: [{ parked: 'instances.0.history: history has no property ticket' }],
      requests: [],
    });
  });

  it('shows no look-ups if the conversation is parked before them', async () => {
    const settings = settingsOf({ ...withPersons, instances: [{ ...withPersons.instances[0], limetype: 'order' }] });
    const conversation = Conversation.parse(aConversation({ contact: { email: 'ada@example.org' } }));
    expect(await dryRun({ conversation, settings, lime, acceptedAt })).toMatchObject({
      objects: [{ lookups: [], parked: 'the tenant has no limetype order' }],
    });
  });

  it('throws if no instance takes the conversation', async () => {
    const settings = settingsOf({ instances: [anInstance({ topics: ['Sales'] })] });
    const conversation = Conversation.parse(aConversation({ topics: [] }));
    await expect(dryRun({ conversation, settings, lime, acceptedAt })).rejects.toThrow(MappingError);
  });
});

it('a dry run with settings of init shows what a customised tenant gets', async () => {
  await start('custom');
  const settings = Settings.parse(propose(await readMetadata(lime)).settings);
  const conversation = Conversation.parse(JSON.parse(documentedExample));
  const run = await dryRun({ conversation, settings, lime, acceptedAt });

  const requests = await deliverForReal({ sandbox, lime, conversation, settings, acceptedAt });
  expect(withRealIds(run.requests, sandbox)).toEqual(requests);
  expect(sandbox.objects('helpdesk').at(-1)).toMatchObject({ subject: 'Hello, I have a question. · #63741936' });
});
