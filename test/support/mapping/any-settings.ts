import fc from 'fast-check';
import { Settings } from '../../../shared/mapping/settings/settings.ts';
import { aProperty, aSource, sources, sparse } from './any-sources.ts';

type Json = Record<string, unknown>;

const limetypes = ['helpdesk', 'deal', 'todo', 'company', 'document', 'ulconversation', 'case'];

const rules = fc.array(
  fc.record({
    path: fc.constantFrom('contact.email', 'contact.phone_number', 'contact.name', 'operator_assigned_to_email'),
    properties: fc.array(fc.constantFrom('email', 'workemail', 'phone', 'name', 'www'), { minLength: 1, maxLength: 2 }),
    as: fc.constantFrom('email', 'phone', 'text', 'domain'),
  }),
  { minLength: 1, maxLength: 3 },
);
const onSeveral = fc.constantFrom('empty', 'oldest', 'newest');
const create = fc.record({ properties: sources });

const relations = sparse({
  person: fc.record(
    {
      property: fc.constantFrom('person', 'contact'),
      limetype: fc.constant('person'),
      rules,
      inactive: fc.constant('inactive'),
      onSeveral,
      create,
    },
    { requiredKeys: ['property', 'limetype', 'rules'] },
  ),
  company: fc.oneof(
    fc.record({ property: fc.constant('company'), from: fc.constantFrom('company', 'employer') }),
    fc.record({ property: fc.constant('company'), rules, onSeveral, create }, { requiredKeys: ['property', 'rules'] }),
  ),
  coworker: fc.record({
    property: fc.constantFrom('coworker', 'responsible'),
    limetype: fc.constant('coworker'),
    rules,
  }),
});

const takenOver = sparse({
  person: fc.constantFrom('person', 'contact'),
  company: fc.constant('company'),
  coworker: fc.constant('coworker'),
});

const documents = fc.record(
  {
    relation: fc.constantFrom('helpdesk', 'helpdesk', 'deal', 'company'),
    identify: fc.constantFrom('comment', 'ul_messageid'),
    properties: sources,
    relations: takenOver,
    media: sparse({ megabytes: fc.integer({ min: 1, max: 25 }), most: fc.integer({ min: 1, max: 100 }) }),
  },
  { requiredKeys: ['relation', 'identify'] },
);

const history = fc.record(
  {
    relation: fc.constantFrom('helpdesk', 'deal', 'company'),
    properties: fc.oneof(
      fc.constant({ type: { value: 'comment' } }),
      fc.constant({ type: { value: 'chat' } }),
      sources,
    ),
    relations: takenOver,
    includeNotifications: fc.boolean(),
    whenLonger: fc.constantFrom('notes', 'document'),
    onResend: fc.constantFrom('new', 'whole'),
  },
  { requiredKeys: ['relation'] },
);

const conversation = fc.record(
  { relation: fc.constantFrom('helpdesk', 'company'), link: fc.constantFrom('link', 'title'), properties: sources },
  { requiredKeys: ['relation'] },
);

/** Topics of each instance. No two main instances share one, and one of them is the fallback. */
const roles: readonly Json[] = [
  { name: 'Fallback' },
  { name: 'Sales', topics: ['Sales', 'Pricing'] },
  { name: 'Support', topics: ['Support'] },
  { name: 'Beside all', additional: true },
  { name: 'Beside some', additional: true, topics: ['Sales', 'anything'] },
];

/** Settings that fit one of the sandbox's tenants, so that conversations get past missing properties. */
type Base = { limetype: string; identify: string; properties: Json; relations: Json; history: Json; names: string[] };

const bases: readonly Base[] = [
  {
    limetype: 'helpdesk',
    identify: 'title',
    properties: {},
    relations: relationsOf('person', 'email', 'company'),
    history: noteOf('helpdesk', 'comment'),
    names: ['description', 'startdate', 'email', 'helpdeskno', 'statuscolor'],
  },
  {
    limetype: 'deal',
    identify: 'name',
    properties: { value: { value: 0 }, probability: { value: '0,5' }, weightedvalue: { value: 0 } },
    relations: relationsOf('person', 'email', 'company'),
    history: noteOf('deal', 'comment'),
    names: ['dealstatus', 'quotesent', 'closeddate', 'expecteddate'],
  },
  {
    limetype: 'helpdesk',
    identify: 'subject',
    properties: { priority: { value: 3 }, value: { value: 0 }, vat: { value: 0 }, discount: { value: 0 } },
    relations: relationsOf('contact', 'workemail', 'employer'),
    history: noteOf('helpdesk', 'chat'),
    names: ['details', 'receivedon', 'status', 'channel', 'tags', 'chatreference', 'priority'],
  },
];

function relationsOf(person: string, email: string, from: string): Json {
  const rules = [{ path: 'contact.email', properties: [email], as: 'email' }];
  return { person: { property: person, limetype: 'person', rules }, company: { property: 'company', from } };
}

function noteOf(relation: string, type: string): Json {
  return { relation, properties: { type: { value: type } } };
}

/** Fit a tenant except for their values. */
const aFittingInstance: fc.Arbitrary<Json & { identify: string }> = fc
  .constantFrom(...bases)
  .chain(({ names, properties, relations, ...base }) =>
    fc
      .record({
        properties: fc
          .dictionary(fc.constantFrom(...names), aSource, { maxKeys: 2 })
          .map((more) => ({ ...properties, ...more })),
        relations: fc.constantFrom({}, relations),
      })
      .map((more) => ({ ...base, ...more })),
  );

/** Fit no tenant. */
const aWildInstance: fc.Arbitrary<Json & { identify: string }> = fc
  .record(
    {
      limetype: fc.constantFrom(...limetypes),
      identify: aProperty,
      properties: sources,
      history,
      relations,
      documents,
      conversation,
    },
    { requiredKeys: ['limetype', 'identify', 'properties', 'history'] },
  )
  .map(({ history, ...instance }) => ({
    ...instance,
    history: { ...history, ...(instance.documents === undefined && { whenLonger: 'notes' }) },
  }));

const marked = ['{{ contact.name }}: {{ first_question }} · #{{ id }}', 'Chat #{{id}}'];

/** Identifies limeobjects by the instance's name or, for one instance, by the mark, so that no two share a value. */
function anInstanceOf(role: Json): fc.Arbitrary<Json> {
  return fc
    .tuple(
      fc.oneof(aFittingInstance, aWildInstance),
      fc.constantFrom(
        `${role.name} {{ id }}`,
        `{{ id | prepend: "${role.name}-" }}`,
        ...(role.topics || role.additional ? [] : marked),
      ),
    )
    .map(([instance, template]) => {
      const properties = typeof instance.properties === 'object' ? instance.properties : {};
      return { ...role, ...instance, properties: { ...properties, [instance.identify]: { template } } };
    });
}

/** Any valid settings, most of which fit the sandbox's tenants. */
export const anySettings: fc.Arbitrary<Settings> = fc
  .record(
    {
      timeZone: fc.constantFrom('Europe/Stockholm', 'America/New_York', 'Asia/Kathmandu'),
      country: fc.constantFrom('SE', 'DE', 'US'),
      links: sparse({ limeobject: fc.constant('{origin}/{limetype}/{id}') }),
      instances: fc
        .subarray([...roles.slice(1)])
        .chain((others) => fc.tuple(...[roles[0] ?? {}, ...others].map((role) => anInstanceOf(role)))),
    },
    { requiredKeys: ['instances'] },
  )
  .map((settings) => Settings.parse(JSON.parse(JSON.stringify(settings))));
