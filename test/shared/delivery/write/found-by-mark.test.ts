import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import { defaultSettings } from '../../../support/mapping/builders.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
beforeEach(async () => {
  mapper = await startSandboxMapper(defaultSettings);
});
afterEach(async () => mapper.sandbox.close());

function titles() {
  return mapper.sandbox.objects('helpdesk').map(({ title }) => title);
}

async function make(...titles: string[]): Promise<void> {
  for (const title of titles) {
    const response = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/helpdesk/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'local-lime-key' },
      body: JSON.stringify({ title }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

function named(name: string, overrides = {}) {
  return aConversation({ id: 77, contact: { name }, ...overrides });
}

/** An attempt whose create got lost, before (or after) Lime carried it out. */
async function interrupted(conversation: unknown, commit: boolean): Promise<void> {
  mapper.sandbox.setFaults([{ kind: 'reset', commit, match: { method: 'POST', limetype: 'helpdesk' }, times: 1 }]);
  expect(await mapper.send([conversation])).toBe(1);
  mapper.pass(lease);
}

describe('after an interrupted attempt', () => {
  it('the limeobject is found by its mark, also where its contact has another name by then', async () => {
    await interrupted(named('Ada Exmaple'), true);
    const before = titles();
    expect(await mapper.send([named('Ada Example', { updated_at: '2024-03-01T00:00:00Z' })])).toBe(0);
    expect(titles()).toEqual(before);
    expect(before.at(-1)).toBe('Ada Exmaple: Hello, I have a question. · #77');
  });

  it.each([
    { title: 'an earlier build made', text: 'Userlike conversation 77' },
    { title: 'a coworker changed before the mark', text: 'Urgent! Ada · #77 ' },
  ])('the one that $title is found', async ({ text }) => {
    await make(text);
    const before = titles();
    await interrupted(named('Ada'), false);
    expect(await mapper.send([named('Ada')])).toBe(0);
    expect(titles()).toEqual(before);
  });

  it.each([
    { title: 'a longer number', text: 'Ada · #770' },
    { title: 'the mark before the end', text: '#77: Hello · #78' },
    { title: 'another number sign', text: 'Order 77' },
    { title: 'an earlier build’s longer number', text: 'Userlike conversation 770' },
    { title: 'no mark any more', text: 'Ada: Hello, I have a question.' },
  ])('one with $title is none', async ({ text }) => {
    await make(text);
    await interrupted(named('Ada'), false);
    const before = titles().length;
    expect(await mapper.send([named('Ada')])).toBe(0);
    expect(titles()).toHaveLength(before + 1);
  });

  it('it is found among hundreds whose marks begin alike', async () => {
    await interrupted(named('Ada'), true);
    await make(...Array.from({ length: 250 }, (_, index) => `Bo · #77${index}`));
    const before = titles().length;
    expect(await mapper.send([named('Ada')])).toBe(0);
    expect(titles()).toHaveLength(before);
  });

  it('the very title goes before one that only ends in the same mark', async () => {
    await make('Re: Ada · #77');
    await interrupted(named('Ada'), true);
    await make('Copy of Ada · #77');
    expect(await mapper.send([named('Ada')])).toBe(0);
    const [note] = mapper.sandbox.objects('history').slice(-1);
    const linked = mapper.sandbox.objects('helpdesk').find(({ _id }) => _id === note?.helpdesk);
    expect(linked?.title).toBe('Ada: Hello, I have a question. · #77');
  });
});

it('a visitor cannot make a title that another conversation is taken for', async () => {
  const transcript = [aMessage({ body: 'Hello · #77' })];
  await mapper.send([aConversation({ id: 78, contact: { name: 'Eve #77\n · #77\u202e' }, transcript })]);
  expect(titles().at(-1)).toBe('Eve #77 · #77: Hello · #77 · #78');
  await interrupted(named('Ada'), false);
  expect(await mapper.send([named('Ada')])).toBe(0);
  expect(titles().at(-1)).toBe('Ada: Hello, I have a question. · #77');
});

it('a re-send with another name leaves the title, and costs nothing', async () => {
  await mapper.send([named('Ada')]);
  const before = titles();
  mapper.requests();
  await mapper.send([named('Ada Example', { updated_at: '2024-03-01T00:00:00Z' })]);
  expect(mapper.requests()).toEqual([]);
  expect(titles()).toEqual(before);
});
