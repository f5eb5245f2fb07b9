import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(() => mapper.sandbox.close());

const settings = settingsOf({
  instances: [
    anInstance({
      relations: {
        person: {
          property: 'person',
          limetype: 'person',
          rules: [
            { path: 'contact.email', properties: ['email'], as: 'email' },
            { path: 'contact.mobile_number', properties: ['mobilephone', 'phone'], as: 'phone' },
          ],
          create: {
            properties: {
              firstname: { value: 'Rita' },
              email: { path: 'contact.email' },
              mobilephone: { path: 'contact.mobile_number' },
            },
          },
        },
        company: {
          property: 'company',
          limetype: 'company',
          rules: [{ path: 'contact.email', properties: ['www'], as: 'domain' }],
        },
      },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
    }),
  ],
});

async function store(limetype: string, values: Record<string, unknown>): Promise<number> {
  const response = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/${limetype}/`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  return Number(JSON.parse(await response.text())._id);
}

/** The limeobjects of conversations with these contacts, each long after the one before. */
async function sendInTurn(contacts: Record<string, unknown>[]) {
  for (const [index, contact] of contacts.entries()) {
    expect(await mapper.send([aConversation({ id: index + 1, contact })])).toBe(0);
    mapper.pass(3_600_000);
  }
  return mapper.sandbox.objects('helpdesk').filter(({ title }) => String(title).startsWith('Userlike'));
}

function made() {
  return mapper.sandbox.objects('person').filter(({ firstname }) => firstname === 'Rita');
}

describe('a contact who writes an address or a number in several ways', () => {
  it.each([
    {
      title: 'with invisible characters',
      emails: ['rita@lab.example', 'rita@lab.example\u200b', 'rita@lab\u00ad.example'],
    },
    {
      title: 'first with them',
      emails: ['rita@lab\u00ad.example\u200b', 'rita@lab.example', '\ufeffRita@lab.example'],
    },
    { title: 'in punycode', emails: ['iris@müller-bau.example', 'iris@xn--mller-bau-q9a.example'] },
    { title: 'first in punycode', emails: ['iris@xn--mller-bau-q9a.example', 'iris@müller-bau.example'] },
    {
      title: 'with a name',
      emails: ['"Ruiz, Rita" <rita@lab.example>', 'mailto:rita@lab.example?subject=x', 'rita@lab.example'],
    },
  ])('is one person: $title', async ({ emails }) => {
    mapper = await startSandboxMapper(settings);
    await sendInTurn(emails.map((email) => ({ name: 'Rita', email })));
    expect(made()).toHaveLength(1);
  });

  it.each([
    { numbers: ['+551187654398', '5511987654398', '+55 11 98765-4398'] },
    { numbers: ['4799999998', '+47 999 99 998'] },
    { numbers: ['٠٧٠-١٧٤٠٦٨٨', '+46701740688', '0701 740 688'] },
    { numbers: ['+52 1 55 1234 5678', '525512345678'] },
  ])('is one person: $numbers', async ({ numbers }) => {
    mapper = await startSandboxMapper(settings);
    await sendInTurn(numbers.map((mobile_number) => ({ name: 'Rita', mobile_number })));
    expect(made()).toHaveLength(1);
  });

  it('is another person than the one with the extension next to it', async () => {
    mapper = await startSandboxMapper(settings);
    await sendInTurn(
      ['08-465 004 04', '08-465 004 04 ext 77', '08-465 004 04 ext 78'].map((mobile_number) => ({ mobile_number })),
    );
    expect(made()).toHaveLength(3);
  });
});

describe('a person and a company in Lime', () => {
  it.each([
    'mailto:mo@lab.example',
    'Mo Muster <MO@lab.example>',
    ' mo@lab.example',
    'mo@lab.example; office@lab.example',
  ])('are found by an address that is stored as %j', async (email) => {
    mapper = await startSandboxMapper(settings);
    const person = await store('person', { firstname: 'Mo', email });
    expect(await sendInTurn([{ email: 'mo@lab.example' }])).toMatchObject([{ person }]);
  });

  it.each(['http://www.lab.example/se/kontakt', 'lab.example/about?x=1', 'https://lab.example:8443', 'LAB.example.'])(
    'are found by a site that is stored as %j',
    async (www) => {
      mapper = await startSandboxMapper(settings);
      const company = await store('company', { name: 'Lab', www, buyingstatus: 'prospect' });
      expect(await sendInTurn([{ email: 'mo@lab.example' }])).toMatchObject([{ company }]);
    },
  );

  it.each(['telia.com', 'telenor.no', 'elisanet.fi', 'posteo.de'])(
    'are not found by the address of a customer of a provider: %s',
    async (provider) => {
      mapper = await startSandboxMapper(settings);
      await store('company', { name: provider, www: `https://www.${provider}`, buyingstatus: 'prospect' });
      expect(await sendInTurn([{ email: `private.person@${provider}` }])).toMatchObject([{ company: null }]);
    },
  );
});
