import { at, type Shown } from './mistake.ts';

const properties = `${at}.properties`;

/** Mistakes that only a conversation shows: the sample with custom fields, in the customised tenant. */
export const inRows: readonly Shown[] = [
  {
    title: 'a field that this conversation does not have',
    change: [`${properties}.details`, { path: 'subject' }],
    property: 'details',
    because: 'the conversation has no value',
  },
  {
    title: 'a mistyped custom field',
    change: [`${properties}.details`, { path: 'custom.order.nummer' }],
    property: 'details',
    because: 'the conversation has no value',
  },
  {
    title: 'a mistyped custom field in a template',
    change: [`${properties}.details`, { template: '{{ custom.ordre.number }}' }],
    property: 'details',
    because: 'the template gave nothing',
  },
  {
    title: 'a text longer than its property',
    change: [`${properties}.chatreference`, { path: 'first_question' }],
    property: 'chatreference',
    because: 'left out: longer than 32 characters',
  },
  {
    title: 'a number with a blank in it',
    change: [`${properties}.value`, { path: 'custom.order.total' }],
    property: 'value',
    because: 'not a number, and Lime requires it',
  },
  {
    title: 'a word for a required number, which no default replaces',
    change: [`${properties}.priority`, { path: 'custom_field_data.priority', default: 0 }],
    property: 'priority',
    because: 'not a number, and Lime requires it',
  },
  {
    title: 'a value that the option map misses',
    change: [`${properties}.status`, { path: 'status', options: { new: 'reported' } }],
    property: 'status',
    because: 'options has no such entry, and there is no default',
  },
  {
    title: 'a key of another option',
    change: [`${properties}.channel`, { path: 'contact_channel.type', options: { web: 'website' } }],
    property: 'channel',
    because: 'left out: not one of its options',
  },
  {
    title: 'a search that finds nobody',
    change: [`${at}.relations.person.rules.0.path`, 'contact.external_customer_id'],
    property: 'contact',
    because: 'nothing to search by in contact.external_customer_id, contact.mobile_number, contact.phone_number',
  },
  {
    title: 'a mistyped property',
    change: [`${properties}.statuss`, { value: 'reported' }],
    property: 'statuss',
    because: 'left out: not a property of helpdesk',
  },
  {
    title: 'a template that fails',
    change: [`${properties}.details`, { template: '{% for n in (1..20000000) %}{% endfor %}' }],
    property: 'details',
    because: 'the template failed, and there is no default',
  },
];
