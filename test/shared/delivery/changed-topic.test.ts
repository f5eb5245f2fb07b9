import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { lease, organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const title = { template: 'Userlike conversation {{ id }}' };
const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };

/** Only the support's helpdesks have an address. */
const settings = settingsOf({
  instances: [
    anInstance({ name: 'Sales', topics: ['Sales'], history }),
    anInstance({
      name: 'Support',
      topics: ['Support'],
      properties: { title, email: { path: 'contact.email' } },
      history,
    }),
  ],
});

let mapper: SandboxMapper;
beforeEach(async () => {
  mapper = await startSandboxMapper(settings);
});
afterEach(async () => mapper.sandbox.close());

const key = { organization, conversation: '63741936' };
function aVersion(day: number, topic: string, overrides = {}) {
  return aConversation({
    topics: [topic],
    contact: { email: 'first@example.org' },
    updated_at: `2024-03-0${day}T00:00:00Z`,
    ...overrides,
  });
}
const another = { contact: { email: 'second@example.org' } };
function helpdesks() {
  return mapper.sandbox.objects('helpdesk').filter(({ title }) => String(title).startsWith('Userlike'));
}

describe("a conversation whose topic becomes another instance's", () => {
  it('keeps its limeobject, with all that its own instance writes', async () => {
    await mapper.send([aVersion(1, 'Support')]);
    await mapper.send([aVersion(2, 'Sales')]);
    await mapper.send([aVersion(3, 'Sales', another)]);
    expect(helpdesks()).toMatchObject([{ email: 'second@example.org' }]);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered', object: { instance: 'Support' } });
  });

  it('costs Lime nothing where nothing but the topic has changed, whichever it is then', async () => {
    await mapper.send([aVersion(1, 'Support')]);
    mapper.requests();
    await mapper.send([aVersion(2, 'Sales')]);
    await mapper.send([aVersion(3, 'Support')]);
    expect(mapper.requests()).toEqual([]);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered', unconfirmedAttempts: [] });
  });

  it('does so also where both versions come in one batch, and no later one is overwritten', async () => {
    await mapper.send([aVersion(1, 'Support'), aVersion(3, 'Sales', another), aVersion(2, 'Support')]);
    expect(helpdesks()).toMatchObject([{ email: 'second@example.org' }]);
  });

  it('is searched for after an interrupted attempt under the first topic', async () => {
    mapper.sandbox.setFaults([
      { kind: 'reset', commit: true, match: { method: 'POST', limetype: 'history' }, times: 1 },
    ]);
    expect(await mapper.send([aVersion(1, 'Support')])).toBe(1);
    mapper.pass(lease);
    expect(await mapper.send([aVersion(2, 'Sales', another)])).toBe(0);
    expect(helpdesks()).toMatchObject([{ email: 'second@example.org' }]);
    const notes = mapper.sandbox.objects('history').filter(({ note }) => String(note).includes('I have a question'));
    expect(notes).toHaveLength(1);
  });
});

describe('a conversation whose topic becomes one that no instance takes', () => {
  const more = { transcript: [aMessage(), aMessage({ id: '9', body: 'And one more.' })] };
  const notes = () => mapper.sandbox.objects('history').filter(({ note }) => String(note).includes('63741936'));

  it.each(['Sales', 'Support'])('keeps its limeobject, of %s', async (topic) => {
    await mapper.send([aVersion(1, topic)]);
    expect(await mapper.send([aVersion(2, 'Weather', more)])).toBe(0);
    expect(mapper.parked).toEqual([]);
    expect([helpdesks().length, notes().length]).toEqual([1, 2]);
    mapper.requests();
    await mapper.send([aVersion(3, 'Weather', more)]);
    expect(mapper.requests()).toEqual([]);
  });

  it('does so also where both versions come in one batch', async () => {
    expect(await mapper.send([aVersion(1, 'Support'), aVersion(2, 'Weather', another)])).toBe(0);
    expect(mapper.parked).toEqual([]);
    expect(helpdesks()).toMatchObject([{ email: 'second@example.org' }]);
  });

  it('is parked where it is no limeobject, and nothing is asked of Lime', async () => {
    expect(await mapper.send([aVersion(1, 'Weather')])).toBe(0);
    const reason = 'no instance takes a topic of this conversation, and there is no fallback';
    const ids = { organization, conversation: '63741936', callId: 'call', lane: 'interactive' };
    expect(mapper.parked).toEqual([{ step: 'plan', reason, ...ids }]);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'parked', reason, unconfirmedAttempts: [] });
    expect(mapper.sandbox.requests()).toEqual([]);
    expect(await mapper.send([aVersion(1, 'Support')])).toBe(0);
    expect(helpdesks()).toHaveLength(1);
  });

  it('has nobody looked up for it beside the others of its batch', async () => {
    const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
    const relations = { person: { property: 'person', limetype: 'person', rules } };
    const onlySales = settingsOf({ instances: [anInstance({ name: 'Sales', topics: ['Sales'], relations, history })] });
    const container = { ...mapper.openContainer(), settingsFor: () => onlySales };
    await mapper.send([aVersion(1, 'Weather'), aVersion(1, 'Sales', { id: 2, ...another })], 1, container);
    const asked = JSON.stringify(mapper.sandbox.requests().map(({ q }) => q));
    expect([asked.includes('second@example.org'), asked.includes('first@example.org')]).toEqual([true, false]);
  });

  it('is parked as what it is where its own instance is gone', async () => {
    await mapper.send([aVersion(1, 'Support')]);
    const onlySales = settingsOf({ instances: [anInstance({ name: 'Sales', topics: ['Sales'], history })] });
    await mapper.send([aVersion(2, 'Weather')], 1, { ...mapper.openContainer(), settingsFor: () => onlySales });
    expect(mapper.parked).toMatchObject([{ step: 'plan', reason: expect.stringContaining('which no instance') }]);
  });
});
