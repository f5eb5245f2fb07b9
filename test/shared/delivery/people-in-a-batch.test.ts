import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import {
  byMailOrPhone,
  byName,
  comment,
  company,
  mail,
  person,
  phone,
  settingsWith,
  ways,
} from '../../support/newcomers.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

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

let mapper: SandboxMapper | undefined;
async function close() {
  await mapper?.sandbox.close();
  mapper = undefined;
}
afterEach(close);

async function open(...given: Parameters<typeof startSandboxMapper>): Promise<SandboxMapper> {
  await close();
  mapper = await startSandboxMapper(...given);
  return mapper;
}

async function sentAs(given: SandboxMapper, contacts: readonly Contact[], concurrency: number, singly: boolean) {
  const all = contacts.map((contact, index) => aConversation({ id: index + 1, contact }));
  const batches = singly ? all.map((one) => [one]) : [all];
  for (const batch of batches) expect(await given.send(batch, 1, { ...given.openContainer(), concurrency })).toBe(0);
}

/** How many there are, and for each conversation which ones it is linked to, counted in the order of conversations. */
function outcomeOf({ sandbox, parked }: SandboxMapper) {
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
}

describe.each(ways)('conversations of one batch, $title, end as if each had come alone', ({ concurrency }) => {
  it.each<{ title: string; given: ReturnType<typeof settingsWith>; contacts: Contact[]; made: [number, number] }>([
    {
      title: 'a contact once with e-mail and phone, once with the phone alone',
      given: settingsWith({ person }),
      contacts: [{ email: mail, phone_number: phone }, { phone_number: phone }],
      made: [1, 0],
    },
    {
      title: 'a contact first with the phone alone, in another spelling',
      given: settingsWith({ person }),
      contacts: [{ phone_number: '0046 70 555 01 23' }, { email: mail, phone_number: phone }],
      made: [1, 0],
    },
    {
      title: 'two contacts with one phone',
      given: settingsWith({ person }),
      contacts: [
        { email: mail, phone_number: phone },
        { email: 'olga@other.example', phone_number: phone },
      ],
      made: [1, 0],
    },
    {
      title: 'contacts who have nothing in common',
      given: settingsWith({ person }),
      contacts: [{ email: mail }, { phone_number: phone }, { email: 'olga@other.example' }],
      made: [3, 0],
    },
    {
      title: 'a company by its domain, then by its name',
      given: settingsWith({ company }),
      contacts: [
        { email: mail, company: 'NewCo' },
        { email: 'olga@gmail.com', company: 'newco' },
      ],
      made: [0, 1],
    },
    {
      title: 'a contact who names another company the second time',
      given: settingsWith({ person, company }),
      contacts: [
        { email: mail, phone_number: phone, company: 'NewCo' },
        { phone_number: phone, company: 'OldCo' },
      ],
      made: [1, 1],
    },
    {
      title: 'a person whom Lime alone knows by that name',
      given: settingsWith({ person: byName }),
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
      const given = settingsWith({ person, company });
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
