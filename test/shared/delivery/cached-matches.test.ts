import { afterEach, describe, expect, it } from '@jest/globals';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { defaultSettings } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function sent(messages: number, overrides = {}) {
  return aConversation({
    contact: { email: 'ada@example.org' },
    operator_assigned_to_email: 'peter.testman@example.com',
    transcript: Array.from({ length: messages }, (_, index) =>
      aMessage({ id: `1.1.${index}`, body: `Message ${index}.` }),
    ),
    updated_at: `2024-02-22T16:0${messages}:00.000Z`,
    ...overrides,
  });
}
function notes() {
  return mapper.sandbox.objects('history').filter(({ note }) => String(note).startsWith('Userlike'));
}

describe('a changed re-send', () => {
  it('costs its note alone where person and coworker were found before', async () => {
    mapper = await startSandboxMapper(defaultSettings);
    await mapper.send([sent(1)]);
    mapper.requests();
    await mapper.send([sent(2)]);
    expect(mapper.requests()).toEqual(['POST history']);
    expect(notes().map(({ person, coworker }) => [person, coworker])).toEqual([
      [1001, 1001],
      [1001, 1001],
    ]);
  });

  it('searches only for those who were not found before', async () => {
    mapper = await startSandboxMapper(defaultSettings);
    await mapper.send([sent(1, { contact: { email: 'nobody@example.net' } })]);
    mapper.requests();
    await mapper.send([sent(2, { contact: { email: 'nobody@example.net' } })]);
    expect(mapper.requests()).toEqual(['GET ? person', 'POST history']);
  });

  it('with a late rating costs its property and its note, although nobody was found', async () => {
    const [instance] = defaultSettings.instances;
    const properties = { ...instance?.properties, description: { template: 'Rated {{ rate }}' } };
    const settings = Settings.parse({ ...defaultSettings, instances: [{ ...instance, properties }] });
    const contact = { email: 'nobody@example.net' };
    mapper = await startSandboxMapper(settings);
    await mapper.send([sent(1, { contact })]);
    mapper.requests();
    await mapper.send([sent(1, { contact, rate: 5, updated_at: '2024-02-23T08:00:00.000Z' })]);
    expect(mapper.requests()).toEqual(['PUT helpdesk', 'POST history']);
    await mapper.send([
      sent(1, { contact: { email: 'ada@example.org' }, rate: 4, updated_at: '2024-02-24T08:00:00.000Z' }),
    ]);
    expect(mapper.requests()).toContain('GET ? person');
    expect(notes().at(-1)).toMatchObject({ person: 1001 });
  });

  it('searches for a person by mail and phone number at once, and not again for an operator without a match', async () => {
    const contact = { email: 'nobody@example.net', mobile_number: '+46701740699', phone_number: '+468465009' };
    const change = { contact, operator_assigned_to_email: 'nobody@example.com' };
    mapper = await startSandboxMapper(defaultSettings);
    await mapper.send([sent(1, change)]);
    expect(mapper.requests().toSorted()).toEqual([
      ...['GET ? coworker', 'GET ? person'],
      ...['POST helpdesk', 'POST history'],
    ]);
    await mapper.send([sent(2, change)]);
    expect(mapper.requests()).toEqual(['GET ? person', 'POST history']);
  });

  it('looks again where the contact has changed, and links the new one', async () => {
    mapper = await startSandboxMapper(defaultSettings);
    await mapper.send([sent(1, { contact: { email: 'nobody@example.net' } })]);
    await mapper.send([sent(2)]);
    expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({ person: 1001, coworker: 1001 });
  });

  it('looks again, once, where the person it knew is gone from Lime', async () => {
    mapper = await startSandboxMapper(defaultSettings);
    await mapper.send([sent(1)]);
    const gone = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/1001/`, {
      method: 'DELETE',
      headers: { 'x-api-key': 'local-lime-key' },
    });
    expect(gone.status).toBe(204);
    mapper.requests();
    expect(await mapper.send([sent(2)])).toBe(0);
    expect(mapper.parked).toEqual([]);
    expect(notes()).toMatchObject([{ coworker: 1001 }, { person: null, coworker: 1001 }]);
  });
});

it("one failed lookup is not the whole batch's failure", async () => {
  mapper = await startSandboxMapper(defaultSettings);
  mapper.sandbox.setFaults([{ kind: 'error', status: 500, match: { path: '^/api/v1/query/' }, times: 1 }]);
  const contact = { email: 'ada@example.org' };
  const conversations = Array.from({ length: 8 }, (_, index) => aConversation({ id: index + 1, contact }));
  const again = await mapper.send(conversations);
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThan(8);
});
