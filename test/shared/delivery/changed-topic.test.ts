import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { lease, organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';
import { anInstance, settingsOf } from '../mapping/builders.ts';

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
const aVersion = (day: number, topic: string, overrides = {}) =>
  aConversation({
    topics: [topic],
    contact: { email: 'first@example.org' },
    updated_at: `2024-03-0${day}T00:00:00Z`,
    ...overrides,
  });
const another = { contact: { email: 'second@example.org' } };
const helpdesks = () => mapper.sandbox.objects('helpdesk').filter(({ title }) => String(title).startsWith('Userlike'));

describe("a conversation whose topic becomes another instance's", () => {
  it('goes on as the limeobject it is, with all that its own instance writes', async () => {
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
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered', unresolved: [] });
  });

  it('does so also where both versions come in one batch, and no later one is overwritten', async () => {
    await mapper.send([aVersion(1, 'Support'), aVersion(3, 'Sales', another), aVersion(2, 'Support')]);
    expect(helpdesks()).toMatchObject([{ email: 'second@example.org' }]);
  });

  it('is looked for where an attempt under the first topic was cut off', async () => {
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
