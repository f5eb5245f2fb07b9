import { at, type Found } from './mistake.ts';

const properties = `${at}.properties`;

/** Mistakes that only the tenant's data model shows. */
export const inValues: readonly Found[] = [
  {
    title: 'a limetype that the tenant does not have',
    change: [`${at}.limetype`, 'helpdsk'],
    at: `${at}.limetype`,
    says: 'the tenant has no limetype helpdsk',
    suggestion: 'helpdesk',
  },
  {
    title: 'a mistyped property',
    change: [`${properties}.statuss`, { value: 'reported' }],
    at: `${properties}.statuss`,
    says: 'not a property of helpdesk',
    suggestion: 'status',
  },
  {
    title: 'a word for a number',
    change: [`${properties}.priority`, { value: 'high' }],
    at: `${properties}.priority.value`,
    says: 'not a number',
  },
  {
    title: 'the text of an option',
    change: [`${properties}.status`, { value: '2 Started' }],
    at: `${properties}.status.value`,
    says: 'not one of its options',
    suggestion: 'started',
  },
  {
    title: 'an inactive option',
    change: [`${properties}.status`, { value: 'waiting' }],
    at: `${properties}.status.value`,
    says: 'an inactive option',
    suggestion: 'one of reported, started, done',
  },
  {
    title: 'a text for a date',
    change: [`${properties}.receivedon`, { path: 'contact.email' }],
    at: `${properties}.receivedon.path`,
    says: 'of type date, and contact.email is a text',
  },
  {
    title: 'an option without a map',
    change: [`${properties}.channel`, { path: 'contact_channel.type' }],
    at: `${properties}.channel.path`,
    says: 'an option; for a value other than its keys it is then left out',
  },
  {
    title: 'an option map that misses a value',
    change: [`${properties}.status`, { path: 'status', options: { new: 'reported', open: 'started', closed: 'done' } }],
    at: `${properties}.status.options`,
    says: 'no entry for pending, ended, and no default',
    suggestion: '"default": "reported"',
  },
  {
    title: 'a mistyped value in an option map',
    change: [`${properties}.status`, { path: 'status', options: { opne: 'started' }, default: 'reported' }],
    at: `${properties}.status.options.opne`,
    says: 'status is never opne',
    suggestion: 'open',
  },
  {
    title: 'a required number whose default cannot save it',
    change: [`${properties}.priority`, { path: 'custom.priority', default: 0 }],
    at: `${properties}.priority.path`,
    says: 'the conversation is then parked; the default replaces only an empty value',
  },
  {
    title: 'a required number that may be missing',
    change: [`${properties}.priority`, { path: 'custom.priority' }],
    at: `${properties}.priority`,
    says: 'required, but some conversations have no value for it',
    suggestion: '"default": 0',
  },
  {
    title: 'a required number without a source',
    change: [`${properties}.vat`, undefined],
    at: properties,
    says: 'required and not mapped',
    suggestion: '"vat": {"value":0}',
  },
  {
    title: 'a text that is too long',
    change: [`${properties}.chatreference`, { value: 'x'.repeat(33) }],
    at: `${properties}.chatreference.value`,
    says: 'longer than 32 characters',
  },
  {
    title: 'a template that may grow too long',
    change: [`${properties}.chatreference`, { template: '{{ contact.name }}' }],
    at: `${properties}.chatreference.template`,
    says: 'may be longer than 32 characters: it is then left out',
    suggestion: '"whenLonger": "cut"',
  },
  {
    title: 'a relation to another limetype',
    change: [`${at}.relations.person.property`, 'company'],
    at: `${at}.relations.person.property`,
    says: 'a relation to company, needs one to person',
    suggestion: 'contact',
  },
  {
    title: 'a note that is linked by its text',
    change: [`${at}.history.relation`, 'note'],
    at: `${at}.history.relation`,
    says: 'of type text, needs a relation',
    suggestion: 'helpdesk',
  },
  {
    title: 'a search in a relation',
    change: [`${at}.relations.person.rules.0.properties.0`, 'employer'],
    at: `${at}.relations.person.rules.0.properties.0`,
    says: 'of type belongsto, needs string',
  },
  {
    title: 'a file that is none',
    change: [`${at}.documents.file`, 'comment'],
    at: `${at}.documents.file`,
    says: 'of type string, needs file',
    suggestion: 'document',
  },
];

/** Mistakes in the worked example of a deal, on an untouched Lime Core. */
export const inDeal: readonly Found[] = [
  {
    title: 'a percentage that is no fraction',
    change: [`${at}.properties.probability`, { value: 25 }],
    at: `${at}.properties.probability.value`,
    says: '25 means 2,500 %; 1 is 100 %',
    suggestion: '0.25',
  },
  {
    title: 'a default percentage that is no fraction',
    change: [`${at}.properties.probability`, { path: 'custom.chance', default: '25' }],
    at: `${at}.properties.probability.default`,
    says: '25 means 2,500 %',
    suggestion: '0.25',
  },
  {
    title: 'a rating as a percentage',
    change: [`${at}.properties.probability`, { path: 'rate', default: 0 }],
    at: `${at}.properties.probability.path`,
    says: '1 means 100 %, and rate may be more',
    suggestion: '"template": "{{ rate | divided_by: 100 }}"',
  },
];
