import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

function settings(person: Record<string, unknown> = {}, relations: Record<string, unknown> = {}) {
  return settingsOf({
    instances: [
      anInstance({
        relations: {
          person: {
            property: 'person',
            limetype: 'person',
            rules: [{ path: 'contact.email', properties: ['email'], as: 'email' }],
            create: {
              properties: {
                firstname: { path: 'contact.name' },
                lastname: { path: 'contact.surname' },
                email: { path: 'contact.email' },
              },
            },
            ...person,
          },
          ...relations,
        },
        history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
      }),
    ],
  });
}

const nina = { name: 'Nina', email: 'nina@newcomer.example' };
/** A person of the tenant. */
const ada = { email: 'ada@example.org' };

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

function from(id: number, contact: unknown) {
  return aConversation({ id, contact });
}
function notes() {
  return mapper.sandbox.objects('history').map(({ note }) => String(note));
}
function noteOf(id: number) {
  return notes().find((note) => note.startsWith(`Userlike conversation ${id} `));
}
function people() {
  return mapper.sandbox.objects('person').filter(({ email }) => email === nina.email);
}
function linked() {
  return mapper.sandbox.objects('helpdesk').at(-1)?.person;
}

describe('the remark that a person cannot be made', () => {
  it('is named at its place in the head', async () => {
    mapper = await startSandboxMapper(settings());
    await mapper.send([from(1, { email: nina.email })]);
    expect(people()).toHaveLength(0);
    expect(noteOf(1)).toContain('Person not created: First name (required and without a value)');
  });

  it.each([
    { title: 'the person was found', contact: ada, person: expect.any(Number) },
    { title: 'nothing is known to find anybody by', contact: null, person: null },
  ])('is not told where $title', async ({ contact, person }) => {
    mapper = await startSandboxMapper(settings());
    await mapper.send([from(1, contact)]);
    expect(linked()).toEqual(person);
    expect(noteOf(1)).not.toMatch(/Not saved|not created/);
  });

  it('is not written if another conversation of the batch has created the person', async () => {
    mapper = await startSandboxMapper(settings());
    await mapper.send([from(1, nina), from(2, { email: nina.email })]);
    expect(linked()).toBe(people()[0]?._id);
    expect(notes().join()).not.toMatch(/Not saved|not created/);
  });
});

describe('what is left out of a person that is made', () => {
  const tooLong = { ...nina, surname: 'n'.repeat(60) };
  const remark = 'Not saved: Last name (longer than 50 characters)';

  it('is written once, by the conversation that created the person', async () => {
    mapper = await startSandboxMapper(settings());
    await mapper.send([from(1, tooLong), from(2, tooLong)]);
    await mapper.send([from(3, tooLong)]);
    expect(people()).toHaveLength(1);
    expect(notes().filter((note) => note.includes(remark))).toHaveLength(1);
  });

  it('is not written for a person who was found', async () => {
    mapper = await startSandboxMapper(settings());
    await mapper.send([from(1, { ...tooLong, ...ada })]);
    expect(noteOf(1)).not.toMatch(/Not saved|not created/);
  });

  it('may be the company, where the tenant has no property for it', async () => {
    const www = [{ path: 'contact.email', properties: ['www'], as: 'domain' }];
    mapper = await startSandboxMapper(settings({}, { company: { property: 'company', from: 'employer', rules: www } }));
    await mapper.send([from(1, { ...nina, email: 'nina@example.com' })]);
    expect(mapper.sandbox.objects('person').at(-1)).toMatchObject({ email: 'nina@example.com', company: null });
    expect(mapper.sandbox.objects('helpdesk').at(-1)).toMatchObject({ company: 1002, person: expect.any(Number) });
    expect(noteOf(1)).toContain('Not saved: employer (not a property of Person)');
  });
});

describe('a person whom no rule could find again', () => {
  const unknown = { path: 'contact.email', properties: ['emailaddress'], as: 'email' };

  it('is not made, and the note says why', async () => {
    mapper = await startSandboxMapper(settings({ rules: [unknown] }));
    for (const id of [1, 2]) {
      await mapper.send([from(id, nina)]);
      mapper.pass(700_000);
    }
    expect(people()).toHaveLength(0);
    expect(noteOf(1)).toContain('Person not created: no property to be found by');
  });

  it('is one of whom nothing but that is known', async () => {
    const byPhone = { path: 'contact.phone_number', properties: ['phone'], as: 'phone' };
    mapper = await startSandboxMapper(settings({ rules: [unknown, byPhone] }));
    await mapper.send([from(1, nina)]);
    expect(people()).toHaveLength(0);
    await mapper.send([from(2, { ...nina, phone_number: '+46705550123' })]);
    expect(people()).toHaveLength(1);
  });
});
