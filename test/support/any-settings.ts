import fc from 'fast-check';
import { Settings } from '../../shared/mapping/settings/settings.ts';

type Json = Record<string, unknown>;

const limetypes = ['helpdesk', 'deal', 'todo', 'company', 'document', 'ulconversation', 'case'];

/** Names that the sandbox's tenants have, in some limetype or other, and one that none of them has. */
const properties = [
  ...['title', 'subject', 'name', 'comment', 'description', 'details', 'email', 'helpdeskno', 'chatreference'],
  ...[
    'statuscolor',
    'status',
    'tags',
    'channel',
    'priority',
    'value',
    'vat',
    'probability',
    'weightedvalue',
    'inactive',
  ],
  ...[
    'startdate',
    'receivedon',
    'expecteddate',
    'closeddate',
    'person',
    'contact',
    'companyname',
    'segment',
    'surname',
  ],
];
const aProperty = fc.constantFrom(...properties);

const templates = [
  '{{ contact.name | default: "Visitor" }}',
  '{% for message in transcript %}{{ message.body }} {% endfor %}',
  '{{ id }} {{ topics.0.text | upcase }}',
  '{{ contact | json }}',
  '{{ created_at | date: "%Y" | divided_by: 0 }}',
];
const paths = [
  'id',
  'contact',
  'contact.name',
  'contact.email',
  'topics',
  'topics.0.text',
  'transcript.0.sent_at',
  'custom',
];

/** As long as texts of the tenants may be, and one character more. */
const longText = fc
  .constantFrom(16, 17, 32, 33, 64, 65, 100, 101, 128, 129, 1_024, 1_025)
  .map((length) => 'x'.repeat(length));

const scalar = fc.oneof(
  longText,
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constantFrom('new', 'comment', 'a'),
);
const sparse = (values: Record<string, fc.Arbitrary<unknown>>) => fc.record(values, { requiredKeys: [] });
const onResend = fc.constantFrom('update', 'keep');

const aSource: fc.Arbitrary<Json> = fc
  .tuple(
    fc.oneof(
      fc.record({ value: scalar }),
      fc.record({ path: fc.constantFrom(...paths) }),
      fc.record({ template: fc.constantFrom(...templates) }),
    ),
    sparse({ default: scalar, options: fc.dictionary(fc.string(), scalar, { maxKeys: 3 }), onResend }),
  )
  .map(([source, more]) => ({ ...source, ...more }));

const sources = fc.dictionary(aProperty, aSource, { maxKeys: 6 });

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

/** Which conversations an instance takes: no two main ones the same topic, one of them all others. */
const roles: readonly Json[] = [
  { name: 'Fallback' },
  { name: 'Sales', topics: ['Sales', 'Pricing'] },
  { name: 'Support', topics: ['Support'] },
  { name: 'Beside all', additional: true },
  { name: 'Beside some', additional: true, topics: ['Sales', 'anything'] },
];

/** What one of the sandbox's tenants takes, so that not every conversation ends at a missing property. */
const bases: readonly { limetype: string; identify: string; properties: Json; history: Json }[] = [
  { limetype: 'helpdesk', identify: 'title', properties: {}, history: noteOf('helpdesk', 'comment') },
  {
    limetype: 'deal',
    identify: 'name',
    properties: { value: { value: 0 }, probability: { value: '0,5' }, weightedvalue: { value: 0 } },
    history: noteOf('deal', 'comment'),
  },
  {
    limetype: 'helpdesk',
    identify: 'subject',
    properties: { priority: { value: 3 }, value: { value: 0 }, vat: { value: 0 }, discount: { value: 0 } },
    history: noteOf('helpdesk', 'chat'),
  },
];

function noteOf(relation: string, type: string): Json {
  return { relation, properties: { type: { value: type } } };
}

/** By the name of the instance, so that no two limeobjects of a conversation have one value. */
const anInstanceOf = (role: Json): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...bases) },
        fc.record({ limetype: fc.constantFrom(...limetypes), identify: aProperty, properties: sources, history }),
      ),
      fc.record({ properties: sources, history, relations, documents, conversation }, { requiredKeys: [] }),
      fc.constantFrom(`${role.name} {{ id }}`, `{{ id | prepend: "${role.name}-" }}`),
    )
    .map(([base, more, template]) => {
      const { identify } = base;
      const properties = { ...more.properties, ...base.properties, [identify]: { template } };
      const longer = more.documents === undefined ? { whenLonger: 'notes' } : {};
      return { ...role, ...base, ...more, properties, history: { ...more.history, ...base.history, ...longer } };
    });

/** Any settings that can be deployed; they fit the sandbox's tenants more or less. */
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
