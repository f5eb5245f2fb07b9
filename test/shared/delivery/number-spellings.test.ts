import { afterAll, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

/** How a country writes its numbers: each # is a digit of the national number, in which * counts the spellings. */
type Country = { country: string; number: string; stored: string[]; typed: string[] };

const countries: Country[] = [
  {
    country: 'SE',
    number: '7017406**',
    stored: [
      ...['+46#########', '+46 ## ### ## ##', '0046#########', '0046 ## ### ## ##', '0#########', '0## ### ## ##'],
      ...['0##-### ## ##', '0##-#######', '0##/### ## ##', '0##.###.##.##', '+46 (0)##-### ## ##', '46#########'],
    ],
    typed: ['+46#########', '46#########', '0##-### ## ##', '+46 (0)## ### ## ##'],
  },
  {
    country: 'NO',
    number: '999999**',
    stored: [
      ...['+47########', '+47 ### ## ###', '+47 ## ## ## ##', '0047########', '########', '### ## ###', '## ## ## ##'],
      ...['47########', '###.##.###', '(+47) ########'],
    ],
    typed: ['+47########', '47########', '### ## ###'],
  },
  {
    country: 'DK',
    number: '201234**',
    stored: [
      ...['+45########', '+45 ## ## ## ##', '+45 #### ####', '0045########', '########', '## ## ## ##', '#### ####'],
      ...['45########', '##-##-##-##', '##.##.##.##'],
    ],
    typed: ['+45########', '45########', '## ## ## ##'],
  },
  {
    country: 'FI',
    number: '4012345**',
    stored: [
      ...['+358#########', '+358 ## #######', '+358 ## ### ####', '00358#########', '0#########', '0## #######'],
      ...['0##-#######', '0## ### ####', '358#########', '+358 (0)## ### ## ##'],
    ],
    typed: ['+358#########', '358#########', '0## ### ####'],
  },
  {
    country: 'DE',
    number: '171392003**',
    stored: [
      ...['+49##########*', '+49 ### #######*', '0049##########*', '0##########*', '0### #######*', '0###/#######*'],
      ...[
        '0###-#######*',
        '(0###) #######*',
        '+49 (0)### #######*',
        '49##########*',
        '0### ### ## ##*',
        '0###/### ## ##*',
      ],
    ].map((form) => form.replace('*', '#')),
    typed: ['+49###########', '49###########', '0###/########'],
  },
  {
    country: 'NL',
    number: '6123456**',
    stored: [
      ...['+31#########', '+31 # ## ## ## ##', '+31 # ########', '0031#########', '0#########', '0# ########'],
      ...['0#-########', '0# ## ## ## ##', '+31 (0)# ########', '31#########'],
    ],
    typed: ['+31#########', '31#########', '0#-########'],
  },
  {
    country: 'FR',
    number: '6399812**',
    stored: [
      ...['+33#########', '+33 # ## ## ## ##', '0033#########', '0#########', '0# ## ## ## ##', '0#.##.##.##.##'],
      ...['0#-##-##-##-##', '+33 (0)# ## ## ## ##', '33#########', '0#/##/##/##/##'],
    ],
    typed: ['+33#########', '33#########', '0# ## ## ## ##'],
  },
  {
    country: 'ES',
    number: '6123456**',
    stored: [
      ...['+34#########', '+34 ### ## ## ##', '+34 ### ### ###', '0034#########', '#########', '### ## ## ##'],
      ...['### ### ###', '###-###-###', '###.###.###', '34#########'],
    ],
    typed: ['+34#########', '34#########', '### ### ###'],
  },
  {
    country: 'PT',
    number: '9123456**',
    stored: [
      ...['+351#########', '+351 ### ### ###', '+351 ## ### ## ##', '00351#########', '#########', '### ### ###'],
      ...['## ### ## ##', '###-###-###', '###.###.###', '351#########'],
    ],
    typed: ['+351#########', '351#########', '### ### ###'],
  },
  {
    country: 'BR',
    number: '119876543**',
    stored: [
      ...['+55###########', '+55 ## #####-####', '+55 (##) #####-####', '0055###########', '###########'],
      ...['(##) #####-####', '## ##### ####', '0## #####-####', '55###########', '+55 ## # ####-####'],
    ],
    typed: ['+55###########', '55###########', '(##) #####-####'],
  },
];

function filled(form: string, digits: string): string {
  let at = 0;
  return form.replaceAll('#', () => digits[at++] ?? '');
}

const rows = countries.flatMap(({ country, number, stored, typed }) =>
  stored.map((form, index) => {
    const digits = number.replace('**', String(10 + index * 7).padStart(2, '0'));
    return {
      country,
      id: index + 1,
      typed: filled(typed[index % typed.length] ?? '', digits),
      stored: filled(form, digits),
    };
  }),
);

function settingsIn(country: string) {
  return settingsOf({
    country,
    instances: [
      anInstance({
        relations: {
          person: {
            property: 'person',
            limetype: 'person',
            rules: [{ path: 'contact.mobile_number', properties: ['mobilephone', 'phone'], as: 'phone' }],
          },
        },
        history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
      }),
    ],
  });
}

const mappers: SandboxMapper[] = [];
afterAll(() => Promise.all(mappers.map(({ sandbox }) => sandbox.close())));

/** Who is linked, by conversation and country, after all conversations of a country came in one batch. */
const linked = new Map<string, unknown>();
let queries = 0;

for (const { country } of countries) {
  const mapper = await startSandboxMapper(settingsIn(country));
  mappers.push(mapper);
  const own = rows.filter((row) => row.country === country);
  const persons = new Map<unknown, string>();
  for (const { stored, id } of own) {
    const response = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/`, {
      method: 'POST',
      headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
      body: JSON.stringify({ firstname: 'Mo', [id % 2 === 0 ? 'phone' : 'mobilephone']: stored }),
    });
    persons.set(JSON.parse(await response.text())._id, stored);
  }
  mapper.requests();
  await mapper.send(own.map(({ id, typed }) => aConversation({ id, contact: { mobile_number: typed } })));
  queries += mapper.requests().filter((request) => request.endsWith('? person')).length;
  for (const { title, person } of mapper.sandbox.objects('helpdesk')) {
    const [, , id] = String(title).split(' ');
    linked.set(`${country} ${id}`, persons.get(person));
  }
}

describe('a contact is linked to the person whose number Lime holds in another spelling', () => {
  it.each(rows)('$country: $typed is $stored', ({ country, id, stored }) => {
    expect(linked.get(`${country} ${id}`)).toBe(stored);
  });

  it('which takes 22 queries for 104 numbers in ten batches', () => {
    expect(rows).toHaveLength(104);
    expect(queries).toBe(22);
  });
});
