import { afterEach, describe, expect, it } from '@jest/globals';
import { LimeError } from '../../../shared/errors.ts';
import type { Layer } from '../../../shared/lime/lime.ts';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

function settingsWith(rule: Record<string, unknown>, properties: Record<string, unknown>) {
  return settingsOf({
    instances: [
      anInstance({
        relations: {
          person: {
            property: 'person',
            limetype: 'person',
            inactive: 'inactive',
            rules: [rule],
            create: { properties: { firstname: { value: 'Nina' }, ...properties } },
          },
        },
        history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
      }),
    ],
  });
}

const byPhone = { path: 'contact.phone_number', properties: ['phone'], as: 'phone' };
const byMail = { path: 'contact.email', properties: ['email'], as: 'email' };
const phone = { phone: { path: 'contact.phone_number' } };
const email = { email: { path: 'contact.email' } };

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function people() {
  return mapper.sandbox.objects('person').filter(({ firstname }) => firstname === 'Nina');
}
function linked() {
  return mapper.sandbox
    .objects('helpdesk')
    .filter(({ title }) => String(title).startsWith('Userlike'))
    .map(({ person }) => person);
}
function notes() {
  return mapper.sandbox
    .objects('history')
    .flatMap(({ note }) => (String(note).startsWith('Userlike') ? [String(note)] : []));
}
function change(id: unknown, method: 'PUT' | 'DELETE', body?: unknown) {
  return fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/${id}/`, {
    method,
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Three conversations of one contact, days apart. */
async function writeThreeTimes(settings: ReturnType<typeof settingsWith>, contact: Record<string, unknown>) {
  mapper = await startSandboxMapper(settings);
  for (const id of [1, 2, 3]) {
    expect(await mapper.send([aConversation({ id, contact })])).toBe(0);
    mapper.pass(5 * 24 * 3_600_000);
  }
}

describe('a contact who writes three times, days apart', () => {
  const long = `${'n'.repeat(95)}@newcomer.example`;
  it.each([
    {
      title: 'has a phone number as Lime stores it',
      rule: byPhone,
      create: phone,
      contact: { phone_number: '+46701740699' },
    },
    {
      title: 'has a phone number in another spelling',
      rule: byPhone,
      create: phone,
      contact: { phone_number: '(070) 174 06 99' },
    },
    { title: 'has an address longer than its property', rule: byMail, create: email, contact: { email: long } },
    {
      title: 'is searched by what is not mapped',
      rule: byMail,
      create: {},
      contact: { email: 'nina@newcomer.example' },
    },
  ])('is one person where the contact $title', async ({ rule, create, contact }) => {
    await writeThreeTimes(settingsWith(rule, create), contact);
    const [nina, ...others] = people();
    expect(others).toEqual([]);
    expect(linked()).toEqual([nina?._id, nina?._id, nina?._id]);
  });

  it.each([
    { title: 'the searched property holds no text', rule: { ...byMail, properties: ['inactive'] }, create: {} },
    { title: 'the person would be inactive', rule: byMail, create: { ...email, inactive: { value: true } } },
  ])('is nobody, and each note says so, where $title', async ({ rule, create }) => {
    await writeThreeTimes(settingsWith(rule, create), { email: 'nina@newcomer.example' });
    expect(people()).toEqual([]);
    expect(notes()).toHaveLength(3);
    for (const note of notes()) expect(note).toContain('Person not created: ');
  });
});

describe('a person whom only the ledger can find', () => {
  const settings = settingsWith(byMail, email);
  const contact = { email: `${'n'.repeat(95)}@newcomer.example` };

  it.each([
    { title: 'deleted', body: undefined, method: 'DELETE' as const, left: 1 },
    { title: 'set inactive', body: { inactive: true }, method: 'PUT' as const, left: 2 },
  ])('is made anew, once, after the first one was $title', async ({ body, method, left }) => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([aConversation({ id: 1, contact })]);
    const first = people()[0]?._id;
    expect((await change(first, method, body)).ok).toBe(true);
    for (const id of [2, 3]) expect(await mapper.send([aConversation({ id, contact })])).toBe(0);
    expect(people()).toHaveLength(left);
    const [, second, third] = linked();
    expect(second).toBe(people().at(-1)?._id);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  it('brings the company that a coworker has given to that person', async () => {
    const relations = { ...settings.instances[0]?.relations, company: { property: 'company' } };
    const instance = anInstance({ relations, history: { relation: 'helpdesk' } });
    mapper = await startSandboxMapper(settingsOf({ instances: [instance] }));
    await mapper.send([aConversation({ id: 1, contact })]);
    expect((await change(people()[0]?._id, 'PUT', { company: 1001 })).ok).toBe(true);
    await mapper.send([aConversation({ id: 2, contact })]);
    expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({ person: people()[0]?._id, company: 1001 });
  });

  it('is not forgotten where Lime cannot be asked', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([aConversation({ id: 1, contact })]);
    const reading = { method: 'GET', path: '/limeobject/person/' } as const;
    mapper.sandbox.setFaults([{ kind: 'error', status: 500, match: reading }]);
    expect(await mapper.send([aConversation({ id: 2, contact })])).toBe(1);
    mapper.sandbox.setFaults([]);
    expect(await mapper.send([aConversation({ id: 2, contact })])).toBe(0);
    expect(people()).toHaveLength(1);
  });
});

it('a person whom Lime makes eight seconds after a proxy has given up is made once', async () => {
  mapper = await startSandboxMapper(settingsWith(byMail, email));
  const late: (() => Promise<unknown>)[] = [];
  const container = mapper.openContainer();
  const openTenant: typeof container.openTenant = async (organization) => {
    const tenant = await container.openTenant(organization);
    const late504: Layer = (next) => async (request, schema) => {
      const isFirst = request.method === 'POST' && request.path.includes('person') && late.length === 0;
      if (!isFirst) return next(request, schema);
      late.push(() => next(request, schema));
      throw new LimeError('unclear', 'POST was answered 504', { status: 504 });
    };
    return { ...tenant, limeFor: (bounds) => late504(tenant.limeFor(bounds)) };
  };
  const send = (id: number) =>
    mapper.send([aConversation({ id, contact: { email: 'nina@newcomer.example' } })], 1, { ...container, openTenant });
  expect(await send(1)).toBe(1);
  mapper.pass(4_000);
  expect(await send(2)).toBe(1);
  mapper.pass(4_000);
  for (const make of late) await make();
  mapper.pass(12_000);
  for (const id of [1, 2]) expect(await send(id)).toBe(0);
  expect(people()).toHaveLength(1);
});
