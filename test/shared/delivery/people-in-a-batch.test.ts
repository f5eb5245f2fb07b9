import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const comment = { type: { value: 'comment' } };
const byMailOrPhone = {
  property: 'person',
  limetype: 'person',
  rules: [
    { path: 'contact.email', properties: ['email'], as: 'email' },
    { path: 'contact.phone_number', properties: ['phone'], as: 'phone' },
  ],
};
const person = {
  ...byMailOrPhone,
  create: {
    properties: {
      firstname: { value: 'Nina' },
      email: { path: 'contact.email' },
      phone: { path: 'contact.phone_number' },
    },
  },
};
const company = {
  property: 'company',
  rules: [
    { path: 'contact.email', properties: ['www'], as: 'domain' },
    { path: 'contact.company', properties: ['name'], as: 'text' },
  ],
  create: { properties: { name: { path: 'contact.company' }, www: { path: 'contact.website' } } },
};
/** Found again by what Lime computes of other properties, and nobody writes. */
const byName = {
  property: 'person',
  limetype: 'person',
  rules: [
    { path: 'contact.email', properties: ['email'], as: 'email' },
    { path: 'contact.name', properties: ['name'], as: 'text' },
  ],
  create: {
    properties: {
      firstname: { template: '{{ contact.name | split: " " | first }}' },
      lastname: { template: '{{ contact.name | split: " " | last }}' },
    },
  },
};

const settings = (relations: Record<string, unknown>) =>
  settingsOf({ instances: [anInstance({ relations, history: { relation: 'helpdesk', properties: comment } })] });

/** A deal beside each helpdesk, that links whom the helpdesk's rules have made, and makes nobody. */
const withDeals = settingsOf({
  instances: [
    anInstance({ relations: { person }, history: { relation: 'helpdesk', properties: comment } }),
    anInstance({
      name: 'Deal',
      additional: true,
      limetype: 'deal',
      identify: 'name',
      properties: {
        name: { template: 'Userlike conversation {{ id }}' },
        value: { value: 0 },
        probability: { value: 0.1 },
        weightedvalue: { value: 0 },
      },
      relations: { person: byMailOrPhone },
      history: { relation: 'deal', properties: comment },
    }),
  ],
});

type Contact = Record<string, unknown>;
const mail = 'nina@newcomer.example';
const phone = '+46705550123';

let mapper: SandboxMapper | undefined;
const close = async () => {
  await mapper?.sandbox.close();
  mapper = undefined;
};
afterEach(close);

const open = async (...given: Parameters<typeof startSandboxMapper>): Promise<SandboxMapper> => {
  await close();
  mapper = await startSandboxMapper(...given);
  return mapper;
};

const sentAs = async (given: SandboxMapper, contacts: readonly Contact[], concurrency: number, singly: boolean) => {
  const all = contacts.map((contact, index) => aConversation({ id: index + 1, contact }));
  const batches = singly ? all.map((one) => [one]) : [all];
  for (const batch of batches) expect(await given.send(batch, 1, { ...given.openContainer(), concurrency })).toBe(0);
};

/** How many there are, and for each conversation which ones it is linked to, counted in the order of conversations. */
const outcomeOf = ({ sandbox, parked }: SandboxMapper) => {
  const written = ['helpdesk', 'deal'].flatMap((limetype) =>
    sandbox
      .objects(limetype)
      .map((object) => ({
        person: object.person,
        company: object.company,
        called: String(object.title ?? object.name),
      }))
      .filter(({ called }) => called.startsWith('Userlike'))
      .toSorted((a, b) => (a.called < b.called ? -1 : 1)),
  );
  const numbered = (relation: 'person' | 'company') => {
    const ids = written.map((object) => object[relation]);
    const distinct: unknown[] = [...new Set(ids.filter((id) => typeof id === 'number'))];
    return ids.map((id) => distinct.indexOf(id));
  };
  return {
    persons: sandbox.objects('person').length,
    companies: sandbox.objects('company').length,
    links: [numbered('person'), numbered('company')],
    parked,
  };
};

const ways = [
  { title: 'one after the other', concurrency: 1 },
  { title: 'side by side', concurrency: 4 },
];

describe.each(ways)('conversations of one batch, $title, end as if each had come alone', ({ concurrency }) => {
  it.each<{ title: string; given: ReturnType<typeof settings>; contacts: Contact[]; made: [number, number] }>([
    {
      title: 'a contact once with e-mail and phone, once with the phone alone',
      given: settings({ person }),
      contacts: [{ email: mail, phone_number: phone }, { phone_number: phone }],
      made: [1, 0],
    },
    {
      title: 'a contact first with the phone alone, in another spelling',
      given: settings({ person }),
      contacts: [{ phone_number: '0046 70 555 01 23' }, { email: mail, phone_number: phone }],
      made: [1, 0],
    },
    {
      title: 'two contacts with one phone',
      given: settings({ person }),
      contacts: [
        { email: mail, phone_number: phone },
        { email: 'olga@other.example', phone_number: phone },
      ],
      made: [1, 0],
    },
    {
      title: 'contacts who have nothing in common',
      given: settings({ person }),
      contacts: [{ email: mail }, { phone_number: phone }, { email: 'olga@other.example' }],
      made: [3, 0],
    },
    {
      title: 'a company by its domain, then by its name',
      given: settings({ company }),
      contacts: [
        { email: mail, company: 'NewCo' },
        { email: 'olga@gmail.com', company: 'newco' },
      ],
      made: [0, 1],
    },
    {
      title: 'a contact who names another company the second time',
      given: settings({ person, company }),
      contacts: [
        { email: mail, phone_number: phone, company: 'NewCo' },
        { phone_number: phone, company: 'OldCo' },
      ],
      made: [1, 1],
    },
    {
      title: 'a person whom Lime alone knows by that name',
      given: settings({ person: byName }),
      contacts: [{ email: mail, name: 'Nina Newcomer' }, { name: 'nina newcomer' }, { name: 'Olga Other' }],
      made: [2, 0],
    },
    {
      title: 'limeobjects beside them that make nobody',
      given: withDeals,
      contacts: [{ email: mail }, { email: 'olga@other.example' }, { email: 'olga@other.example' }],
      made: [2, 0],
    },
  ])('$title', async ({ given, contacts, made }) => {
    const alone = await open(given);
    const before = outcomeOf(alone);
    await sentAs(alone, contacts, concurrency, true);
    const expected = outcomeOf(alone);
    expect([expected.persons - before.persons, expected.companies - before.companies]).toEqual(made);
    const together = await open(given);
    await sentAs(together, contacts, concurrency, false);
    expect(outcomeOf(together)).toEqual(expected);
  });
});

it('any contacts of one batch become the persons and companies that they become alone', async () => {
  const anyContact = fc.record({
    email: fc.constantFrom(undefined, mail, 'olga@other.example', 'pia@other.example'),
    phone_number: fc.constantFrom(undefined, phone, '+46705550124'),
    company: fc.constantFrom(undefined, 'NewCo', 'OldCo'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyContact, { minLength: 2, maxLength: 6 }), async (contacts) => {
      const given = settings({ person, company });
      const alone = await open(given);
      await sentAs(alone, contacts, 1, true);
      const expected = outcomeOf(alone);
      const together = await open(given);
      await sentAs(together, contacts, 1, false);
      expect(outcomeOf(together)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

describe('what a batch asks', () => {
  it('is one lookup for all, of two queries, where what is searched is what was written', async () => {
    const { send, requests } = await open(settings({ person }));
    await send([1, 2, 3].map((id) => aConversation({ id, contact: { email: `nina${id}@newcomer.example` } })));
    expect(requests().filter((request) => request.startsWith('GET'))).toEqual(['GET ? person', 'GET ? person']);
  });

  it('is one more for each that follows one whom only Lime can tell from it', async () => {
    const { send, requests, openContainer } = await open(settings({ person: byName }));
    const all = [1, 2, 3].map((id) => aConversation({ id, contact: { name: `Nina ${'N'.repeat(id)}` } }));
    await send(all, 1, { ...openContainer(), concurrency: 1 });
    expect(requests().filter((request) => request.startsWith('GET'))).toHaveLength(3);
  });
});

describe('where the first could not be made', () => {
  const contacts = [{ email: mail, phone_number: phone }, { phone_number: phone }].map((contact, index) =>
    aConversation({ id: index + 1, contact }),
  );
  const people = () => mapper?.sandbox.objects('person').filter(({ firstname }) => firstname === 'Nina');

  it.each(ways)('since Lime refused it, the next one makes its own, $title', async ({ concurrency }) => {
    const { sandbox, send, openContainer } = await open(settings({ person }));
    sandbox.setFaults([{ kind: 'error', status: 422, match: { method: 'POST', limetype: 'person' }, times: 1 }]);
    expect(await send(contacts, 1, { ...openContainer(), concurrency })).toBe(0);
    expect(people()).toMatchObject([{ email: '', phone }]);
  });

  it.each(ways.flatMap((way) => [true, false].map((commit) => ({ ...way, commit }))))(
    'as far as anybody knows, the next one asks Lime, $title ($commit)',
    async ({ concurrency, commit }) => {
      const { sandbox, send, openContainer } = await open(settings({ person }));
      sandbox.setFaults([
        { kind: 'error', status: 500, commit, match: { method: 'POST', limetype: 'person' }, times: 1 },
      ]);
      expect(await send(contacts, 1, { ...openContainer(), concurrency })).toBe(1);
      expect(people()).toHaveLength(1);
      await send(contacts, 2);
      expect(people()).toHaveLength(1);
    },
  );
});
