import { afterEach, expect, it } from '@jest/globals';
import { changeInLime } from '../../../support/change-in-lime.ts';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { comment, person } from '../../../support/newcomers.ts';
import { type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const contact = { email: 'ada@example.org' };
const where = { statuscolor: ['new', 'ongoing'] };
const reopen = { where: { statuscolor: 'finished' }, properties: { statuscolor: 'new' } };

let mapper: SandboxMapper;
afterEach(() => mapper.sandbox.close());

/** A mapper whose Lime has a closed helpdesk 1002 beside the open one of the seed. */
async function open(attach: Record<string, unknown>): Promise<void> {
  const instance = anInstance({
    relations: { person },
    attach: { path: 'custom.case', where, ...attach },
    history: { relation: 'helpdesk', properties: comment },
  });
  mapper = await startSandboxMapper(settingsOf({ instances: [instance] }));
  await changeInLime(mapper.sandbox, 'POST', 'helpdesk/', { title: 'Closed', statuscolor: 'finished' });
  mapper.requests();
}

function naming(name: unknown, overrides: Record<string, unknown> = {}) {
  return aConversation({ id: 1, contact, custom: { case: name }, ...overrides });
}

function lastNote() {
  return mapper.sandbox.objects('history').at(-1) ?? {};
}

it.each([{ name: 1002 }, { name: ' 1002 ' }, { name: 'helpdesk/1002' }, { name: 'Helpdesk/1002' }])(
  'a conversation that names $name is attached to it, whatever the conditions, after one read',
  async ({ name }) => {
    await open({});
    await mapper.send([naming(name)]);
    expect(mapper.requests()).toEqual(['GET ? person', 'GET helpdesk', 'POST history']);
    expect(lastNote()).toMatchObject({ helpdesk: 1002 });
  },
);

it('a named limeobject that is closed is reopened', async () => {
  await open({ reopen });
  await mapper.send([naming(1002)]);
  expect(mapper.requests()).toEqual(['GET ? person', 'GET helpdesk', 'PUT helpdesk', 'POST history']);
  expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({ statuscolor: { key: 'new' } });
});

it.each([
  { title: 'one that Lime lacks', name: 4711, told: 'helpdesk/4711 is not in Lime' },
  { title: 'one of another limetype', name: 'deal/1001', told: 'custom.case is not in Lime' },
  { title: 'no number', name: 'the second one', told: 'custom.case is not in Lime' },
])('a conversation that names $title goes where the rule says, and its note says so', async ({ name, told }) => {
  await open({});
  await mapper.send([naming(name)]);
  expect(lastNote()).toMatchObject({ helpdesk: 1001, note: expect.stringContaining(told) });
  expect(mapper.sandbox.objects('helpdesk')).toHaveLength(2);
});

it('without a rule, a conversation that names nothing becomes a limeobject of its own', async () => {
  await open({ by: false });
  await mapper.send([naming(undefined)]);
  expect(mapper.requests()).toEqual(['GET ? person', 'POST helpdesk', 'POST history']);
});

it('a conversation that is a limeobject already is not moved by a name', async () => {
  await open({});
  await mapper.send([naming(undefined)]);
  const transcript = [aMessage(), aMessage({ id: '1.1.2', body: 'Still there?' })];
  await mapper.send([naming(1002, { transcript, updated_at: '2024-03-01T08:00:00Z' })]);
  expect(lastNote()).toMatchObject({ helpdesk: 1001, note: expect.stringContaining('Still there?') });
});
