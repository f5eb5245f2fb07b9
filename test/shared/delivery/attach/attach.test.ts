import { afterEach, describe, expect, it } from '@jest/globals';
import { changeInLime } from '../../../support/change-in-lime.ts';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { comment, person } from '../../../support/newcomers.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const ada = { email: 'ada@example.org' };
const open = { where: { statuscolor: ['new', 'ongoing'] } };
const reopen = { where: { statuscolor: 'finished' }, properties: { statuscolor: 'ongoing' } };

function attaching(attach: Record<string, unknown> | undefined, properties: Record<string, unknown> = {}) {
  const instance = anInstance({
    properties: { title: { template: 'Userlike conversation {{ id }}' }, ...properties },
    relations: { person },
    history: { relation: 'helpdesk', properties: comment },
    ...(attach && { attach }),
  });
  return settingsOf({ instances: [instance] });
}

let mapper: SandboxMapper | undefined;
afterEach(async () => {
  await mapper?.sandbox.close();
  mapper = undefined;
});

async function aMapper(attach: Record<string, unknown> | undefined, properties?: Record<string, unknown>) {
  mapper = await startSandboxMapper(attaching(attach, properties));
  return mapper;
}

/** The helpdesk of each note that the bridge has written, by the number of the conversation in its first line. */
function placesOf({ sandbox }: SandboxMapper): Record<string, unknown[]> {
  const places: Record<string, unknown[]> = {};
  for (const { note, helpdesk } of sandbox.objects('history')) {
    const [, id] = /^Userlike conversation (\d+)/.exec(String(note)) ?? [];
    if (id !== undefined) places[id] = [...(places[id] ?? []), helpdesk];
  }
  return places;
}

/** A helpdesk of Ada beside the one of the seed. */
async function another(given: SandboxMapper, values: Record<string, unknown> = {}) {
  return changeInLime(given.sandbox, 'POST', 'helpdesk/', {
    title: 'Another',
    person: 1001,
    statuscolor: 'new',
    ...values,
  });
}

describe('a conversation of a person with an open helpdesk', () => {
  it('becomes a note of it, with one query beside the look-up, and nothing of it is changed', async () => {
    const given = await aMapper(open, { email: { path: 'contact.email' } });
    const [before] = given.sandbox.objects('helpdesk');
    await given.send([aConversation({ id: 1, contact: ada })]);
    expect(given.requests()).toEqual(['GET ? person', 'GET ? helpdesk', 'POST history']);
    expect(given.sandbox.objects('helpdesk')).toEqual([before]);
    expect(placesOf(given)).toEqual({ 1: [1001] });
  });

  it('stays there when it is sent again, although the helpdesk is closed by now and another one open', async () => {
    const given = await aMapper(open);
    await given.send([aConversation({ id: 1, contact: ada })]);
    await changeInLime(given.sandbox, 'PUT', 'helpdesk/1001/', { statuscolor: 'finished' });
    await another(given);
    given.requests();
    const transcript = [aMessage(), aMessage({ id: '1.1.2', body: 'Still there?' })];
    await given.send([aConversation({ id: 1, contact: ada, transcript, updated_at: '2024-02-23T08:00:00Z' })]);
    expect(given.requests()).toEqual(['POST history']);
    expect(placesOf(given)).toEqual({ 1: [1001, 1001] });
  });

  it('is found for a whole batch by one query', async () => {
    const given = await aMapper(open);
    await another(given, { person: 1002, title: 'Of Bo' });
    given.requests();
    const contacts = [ada, { email: 'bo.beispiel@example.com' }, { email: 'cleo@example.net' }, ada];
    await given.send(contacts.map((contact, index) => aConversation({ id: index + 1, contact })));
    expect(given.requests().filter((request) => request === 'GET ? helpdesk')).toHaveLength(1);
    expect(placesOf(given)).toEqual({ 1: [1001], 2: [1002], 3: [1003], 4: [1001] });
  });

  it('becomes a helpdesk of its own without the setting', async () => {
    const given = await aMapper(undefined);
    await given.send([aConversation({ id: 1, contact: ada })]);
    expect(given.requests()).toEqual(['GET ? person', 'POST helpdesk', 'POST history']);
  });
});

it.each([
  { title: 'a closed one', change: { statuscolor: 'finished' }, attach: open },
  { title: 'one that is too old', change: {}, attach: { ...open, recent: { property: 'startdate', days: 1 } } },
  { title: 'one without the time', change: {}, attach: { ...open, recent: { property: 'enddate', days: 1 } } },
])('does not attach to $title', async ({ change, attach }) => {
  const given = await aMapper(attach);
  await changeInLime(given.sandbox, 'PUT', 'helpdesk/1001/', { title: 'Cannot log in', ...change });
  await given.send([aConversation({ id: 1, contact: ada })]);
  expect(placesOf(given)).toEqual({ 1: [1002] });
});

it.each([
  { onSeveral: 'newest', place: 1002 },
  { onSeveral: 'oldest', place: 1001 },
  { onSeveral: 'none', place: 1003 },
])('takes the $onSeveral of several', async ({ onSeveral, place }) => {
  const given = await aMapper({ ...open, onSeveral });
  await another(given);
  await given.send([aConversation({ id: 1, contact: ada })]);
  expect(placesOf(given)).toEqual({ 1: [place] });
  const note = String(given.sandbox.objects('history').at(-1)?.note);
  expect(note.includes('Not attached to an existing one: several fit (1001, 1002)')).toBe(onSeveral === 'none');
});

it('a closed helpdesk is reopened where none is open, and by each re-send with new messages', async () => {
  const given = await aMapper({ ...open, reopen });
  const close = () => changeInLime(given.sandbox, 'PUT', 'helpdesk/1001/', { statuscolor: 'finished' });
  const statusOf = () => given.sandbox.objects('helpdesk')[0]?.statuscolor;
  await close();
  given.requests();
  await given.send([aConversation({ id: 1, contact: ada })]);
  expect(given.requests()).toEqual(['GET ? person', 'GET ? helpdesk', 'PUT helpdesk', 'POST history']);
  expect(statusOf()).toMatchObject({ key: 'ongoing' });
  await close();
  given.requests();
  const rated = { id: 1, contact: ada, rate: 5, updated_at: '2024-02-23T08:00:00Z' };
  await given.send([aConversation(rated)]);
  expect(given.requests()).toEqual(['POST history']);
  expect(statusOf()).toMatchObject({ key: 'finished' });
  const transcript = [aMessage(), aMessage({ id: '1.1.2', body: 'Still there?' })];
  await given.send([aConversation({ ...rated, transcript, updated_at: '2024-02-24T08:00:00Z' })]);
  expect(given.requests()).toEqual(['GET helpdesk', 'PUT helpdesk', 'POST history']);
  expect(statusOf()).toMatchObject({ key: 'ongoing' });
});

it.each([{ concurrency: 1 }, { concurrency: 4 }])(
  'the second conversation of a new person attaches to what the first makes, $concurrency at once',
  async ({ concurrency }) => {
    const given = await aMapper({ where: { statuscolor: 'ongoing' } }, { statuscolor: { value: 'ongoing' } });
    const contact = { email: 'nina@newcomer.example' };
    const both = [1, 2].map((id) => aConversation({ id, contact }));
    await given.send(both, 1, { ...given.openContainer(), concurrency });
    expect(given.sandbox.objects('helpdesk')).toHaveLength(2);
    expect(placesOf(given)).toEqual({ 1: [1002], 2: [1002] });
  },
);

it('a helpdesk may share another property than the person', async () => {
  const given = await aMapper({ ...open, by: 'email' }, { email: { path: 'contact.email' } });
  await another(given, { person: undefined, email: 'Stranger@Example.com' });
  given.requests();
  await given.send([aConversation({ id: 1, contact: { email: 'stranger@example.com' } })]);
  expect(placesOf(given)).toEqual({ 1: [1002] });
});

describe('bad luck', () => {
  it('a helpdesk that is deleted meanwhile is replaced by one with the whole conversation', async () => {
    const given = await aMapper(open);
    await given.send([aConversation({ id: 1, contact: ada })]);
    await changeInLime(given.sandbox, 'DELETE', 'helpdesk/1001/');
    const transcript = [aMessage(), aMessage({ id: '1.1.2', body: 'Still there?' })];
    await given.send([aConversation({ id: 1, contact: ada, transcript, updated_at: '2024-02-23T08:00:00Z' })]);
    expect(given.parked).toEqual([]);
    const [helpdesk] = given.sandbox.objects('helpdesk');
    const note = String(given.sandbox.objects('history').at(-1)?.note);
    expect(helpdesk).toMatchObject({ _id: 1002, title: 'Userlike conversation 1' });
    expect(note).toContain('Hello, I have a question.');
    expect(note).toContain('Still there?');
  });

  it('a search that Lime refuses makes a helpdesk whose note says so', async () => {
    const given = await aMapper({ where: { statuscolor: 1 } });
    await given.send([aConversation({ id: 1, contact: ada })]);
    expect(placesOf(given)).toEqual({ 1: [1002] });
    const note = String(given.sandbox.objects('history').at(-1)?.note);
    expect(note).toContain('Not attached to an existing one: refused by Lime');
  });

  it('an unclear note is looked for in the helpdesk that the conversation is bound to', async () => {
    const given = await aMapper(open);
    given.sandbox.setFaults([
      { kind: 'reset', commit: true, times: 1, match: { method: 'POST', limetype: 'history' } },
    ]);
    const conversation = aConversation({ id: 1, contact: ada });
    expect(await given.send([conversation])).toBe(1);
    await changeInLime(given.sandbox, 'PUT', 'helpdesk/1001/', { statuscolor: 'finished' });
    given.pass(lease);
    expect(await given.send([conversation], 2)).toBe(0);
    expect(placesOf(given)).toEqual({ 1: [1001] });
    expect(given.sandbox.objects('helpdesk')).toHaveLength(1);
  });
});
