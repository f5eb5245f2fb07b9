import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../../../support/mapping/builders.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../../support/sandbox-mapper.ts';

const person = {
  property: 'person',
  limetype: 'person',
  rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
  fill: {
    properties: {
      phone: { path: 'contact.phone_number' },
      mobilephone: { path: 'contact.mobile_number' },
      position: { path: 'contact.position' },
    },
    company: true,
  },
};
const company = { property: 'company', rules: [{ path: 'contact.company', properties: ['name'], as: 'text' }] };
const history = { relation: 'helpdesk', properties: { type: { value: 'comment' } } };
const settings = settingsOf({ instances: [anInstance({ relations: { person, company }, history })] });

describe('properties of a person that are blank in Lime', () => {
  let mapper: SandboxMapper;
  let id = 0;
  beforeAll(async () => {
    mapper = await startSandboxMapper(settings);
  });
  afterAll(() => mapper.sandbox.close());
  const named = (email: string) => mapper.sandbox.objects('person').find((one) => one.email === email);
  const sent = () => mapper.requests().filter((request) => request.endsWith(' person'));
  const send = (contact: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    mapper.send([aConversation({ id, contact: { name: 'Somebody', ...contact }, ...more })]);
  const note = () => String(mapper.sandbox.objects('history').at(-1)?.note);

  it('are filled with one read and one update, and the others stay', async () => {
    id = 1;
    await send({ email: 'gwen@example.net', phone_number: '+44 1', mobile_number: '+44 2', company: 'Example AB' });
    expect(named('gwen@example.net')).toMatchObject({ phone: '+44 7700 900 123', mobilephone: '+44 2' });
    expect(sent()).toEqual(['GET ? person', 'GET person', 'PUT person']);
    expect(named('gwen@example.net')).toMatchObject({ company: 1001 });
  });

  it('cost nothing when the conversation is sent again with the same person', async () => {
    await send(
      { email: 'gwen@example.net', phone_number: '+44 1', mobile_number: '+44 2', company: 'Example AB' },
      { rate: 4, updated_at: '2024-02-22T16:00:00Z' },
    );
    expect(mapper.requests()).toEqual(['POST history']);
  });

  it('are filled later, when the contact has given more', async () => {
    await send(
      {
        email: 'gwen@example.net',
        phone_number: '+44 1',
        mobile_number: '+44 3',
        position: 'Buyer',
        company: 'Example AB',
      },
      { rate: 4, updated_at: '2024-02-22T16:01:00Z' },
    );
    expect(sent()).toEqual(['GET person', 'PUT person']);
    expect(named('gwen@example.net')).toMatchObject({ position: 'Buyer', mobilephone: '+44 2' });
  });

  it('cost one read where nothing is blank, and none where the contact gives nothing', async () => {
    id = 2;
    await send({ email: 'gwen@example.net', phone_number: '+44 1' });
    expect(sent()).toEqual(['GET ? person', 'GET person']);
    id = 3;
    await send({ email: 'gwen@example.net' });
    expect(sent()).toEqual(['GET ? person']);
  });

  it('stay blank where a value does not fit, and the note says so', async () => {
    id = 4;
    await send({ email: 'cleo@example.net', phone_number: '+46 1', position: 'x'.repeat(33) });
    expect(named('cleo@example.net')).toMatchObject({ phone: '+46 1', position: '' });
    expect(note()).toContain('Not saved: Position (longer than 32 characters)');
  });

  it('stay blank where Lime refuses the update, and the conversation arrives', async () => {
    id = 5;
    mapper.sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'PUT', limetype: 'person' } }]);
    expect(await send({ email: 'Bo.Beispiel@example.com', mobile_number: '+49 2' })).toBe(0);
    mapper.sandbox.setFaults([]);
    expect(note()).toContain('Not saved: person (refused by Lime)');
    expect(named('Bo.Beispiel@example.com')).toMatchObject({ mobilephone: '' });
  });

  it('are filled once where the answer got lost, and never over what a colleague wrote meanwhile', async () => {
    id = 6;
    const contact = { email: 'ada@example.org', phone_number: '+46 8' };
    const match = { method: 'PUT' as const, limetype: 'person' };
    mapper.sandbox.setFaults([{ kind: 'reset', commit: false, times: 1, match }]);
    expect(await send(contact)).toBe(1);
    await fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/1001/`, {
      method: 'PUT',
      headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
      body: JSON.stringify({ phone: '+46 9' }),
    });
    mapper.pass(lease);
    expect(await send(contact, { transcript: [aMessage()] })).toBe(0);
    expect(named('ada@example.org')).toMatchObject({ phone: '+46 9' });
    expect(mapper.sandbox.objects('helpdesk').filter(({ title }) => title === 'Userlike conversation 6')).toHaveLength(
      1,
    );
  });
});
