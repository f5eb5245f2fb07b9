import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { lease, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const settings = settingsOf({
  instances: [
    anInstance({
      relations: {
        person: {
          property: 'person',
          limetype: 'person',
          inactive: 'inactive',
          rules: [
            { path: 'contact.email', properties: ['email'], as: 'email' },
            { path: 'contact.external_customer_id', properties: ['position'], as: 'text' },
          ],
          create: {
            properties: {
              firstname: { template: '{{ contact.name | split: " " | first }}', default: 'Visitor' },
              lastname: { template: '{{ contact.name | split: " " | last }}' },
              email: { path: 'contact.email' },
            },
          },
        },
        company: {
          property: 'company',
          rules: [
            { path: 'contact.email', properties: ['www'], as: 'domain' },
            { path: 'contact.company', properties: ['name'], as: 'text' },
          ],
          create: { properties: { name: { path: 'contact.company' }, www: { path: 'contact.website' } } },
        },
      },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } }, relations: { person: 'person' } },
    }),
  ],
});

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function from(id: number, contact: Record<string, unknown>) {
  return aConversation({ id, contact });
}
const nina = { name: 'Nina Newcomer', email: 'nina@newcomer.example' };
function people() {
  return mapper.sandbox.objects('person').filter(({ firstname }) => firstname === 'Nina');
}
function helpdesks() {
  return mapper.sandbox.objects('helpdesk').filter(({ title }) => String(title).startsWith('Userlike'));
}

describe('a person whom no rule finds', () => {
  it('is made once for all conversations of a batch, and linked to object and note', async () => {
    mapper = await startSandboxMapper(settings);
    expect(
      await mapper.send([from(1, nina), from(2, nina), from(3, { ...nina, email: 'NINA@newcomer.example ' })]),
    ).toBe(0);
    expect(people()).toMatchObject([{ lastname: 'Newcomer', email: 'nina@newcomer.example', company: null }]);
    const id = people()[0]?._id;
    expect(helpdesks().map(({ person }) => person)).toEqual([id, id, id]);
    const notes = mapper.sandbox.objects('history').filter(({ note }) => String(note).startsWith('Userlike'));
    expect(notes.map(({ person }) => person)).toEqual([id, id, id]);
  });

  it('is made once where one conversation knows more of the contact than another', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([from(1, nina), from(2, { ...nina, external_customer_id: 'N-1' })]);
    expect(people()).toHaveLength(1);
  });

  it('is found, not made, in the next batch', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([from(1, nina)]);
    await mapper.send([from(2, nina)]);
    expect(people()).toHaveLength(1);
  });

  it('gets the company of its domain', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([from(1, { ...nina, email: 'nina@example.com' })]);
    expect(people()).toMatchObject([{ company: 1002 }]);
    expect(helpdesks()).toMatchObject([{ company: 1002, person: people()[0]?._id }]);
  });

  it('gets the company of its name, made where there is none', async () => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([from(1, { ...nina, company: 'beispiel gmbh' })]);
    await mapper.send([from(2, { name: 'Olga Other', email: 'olga@other.example', company: 'Other Oy' })]);
    const [other] = mapper.sandbox.objects('company').filter(({ name }) => name === 'Other Oy');
    expect(people()).toMatchObject([{ company: 1002 }]);
    expect(mapper.sandbox.objects('person').at(-1)).toMatchObject({ firstname: 'Olga', company: other?._id });
  });

  it.each([
    { title: 'a public mail service tells nothing of a company', contact: { ...nina, email: 'nina@gmail.com' } },
    { title: 'the company needs a name', contact: nina },
  ])('has no company where $title', async ({ contact }) => {
    mapper = await startSandboxMapper(settings);
    await mapper.send([from(1, contact)]);
    expect(people()).toMatchObject([{ company: null }]);
  });

  it('is not made of a contact without anything to find it again by', async () => {
    mapper = await startSandboxMapper(settings);
    const before = mapper.sandbox.objects('person').length;
    await mapper.send([from(1, { name: 'Nina Newcomer' })]);
    expect(mapper.sandbox.objects('person')).toHaveLength(before);
    expect(helpdesks()).toMatchObject([{ person: null }]);
  });

  it('is made once by two mappers at the same time', async () => {
    mapper = await startSandboxMapper(settings);
    const other = mapper.openContainer();
    const again = await Promise.all([mapper.send([from(1, nina)]), mapper.send([from(2, nina)], 1, other)]);
    expect(people()).toHaveLength(1);
    mapper.pass(5_000);
    if (again[0] === 1) await mapper.send([from(1, nina)], 2);
    if (again[1] === 1) await mapper.send([from(2, nina)], 2);
    expect(people()).toHaveLength(1);
    const id = people()[0]?._id;
    expect(helpdesks().map(({ person }) => person)).toEqual([id, id]);
  });

  it.each([{ commit: true }, { commit: false }])('is made once where the answer got lost (%j)', async ({ commit }) => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([{ kind: 'reset', commit, match: { method: 'POST', limetype: 'person' }, times: 1 }]);
    expect(await mapper.send([from(1, nina)])).toBe(1);
    mapper.pass(lease);
    expect(await mapper.send([from(1, nina)], 2)).toBe(0);
    expect(people()).toHaveLength(1);
    expect(helpdesks()).toMatchObject([{ person: people()[0]?._id }]);
  });

  it('whom Lime refuses is a remark in the note, and the conversation goes on', async () => {
    mapper = await startSandboxMapper(settings);
    mapper.sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype: 'person' } }]);
    expect(await mapper.send([from(1, nina)])).toBe(0);
    expect(helpdesks()).toMatchObject([{ person: null }]);
    const [note] = mapper.sandbox.objects('history').filter(({ note }) => String(note).startsWith('Userlike'));
    expect(note?.note).toContain('\nPerson not created: refused by Lime\n');
    expect(mapper.parked).toEqual([]);
  });
});
