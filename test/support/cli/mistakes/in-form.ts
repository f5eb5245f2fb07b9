import { at, type Found } from './mistake.ts';

/** Mistakes that no tenant is needed for. */
export const inForm: readonly Found[] = [
  {
    title: 'a setting in another spelling',
    change: [`${at}.limeType`, 'helpdesk'],
    at: `${at}.limeType`,
    says: 'is not a setting',
    suggestion: 'limetype',
  },
  { title: 'no limetype', change: [`${at}.limetype`, undefined], at: `${at}.limetype`, says: 'is missing' },
  {
    title: 'one topic instead of a list',
    change: [`${at}.topics`, 'Sales'],
    at: `${at}.topics`,
    says: 'must be a list',
  },
  {
    title: 'an empty list of rules',
    change: [`${at}.relations.person.rules`, []],
    at: `${at}.relations.person.rules`,
    says: 'must not be empty',
  },
  {
    title: 'a mistyped time zone',
    change: ['timeZone', 'Europe/Stokholm'],
    at: 'timeZone',
    says: 'is not a time zone',
    suggestion: 'Europe/Stockholm',
  },
  { title: 'a country by its name', change: ['country', 'Sweden'], at: 'country', says: 'is not a country of two' },
  { title: 'a language without its hyphen', change: ['language', 'ptBR'], at: 'language', says: 'did you mean pt-BR?' },
  {
    title: 'an unknown way to compare',
    change: [`${at}.relations.person.rules.0.as`, 'mail'],
    at: `${at}.relations.person.rules.0.as`,
    says: 'must be one of email, phone, text, domain',
    suggestion: 'email',
  },
  {
    title: 'a path instead of a source',
    change: [`${at}.properties.details`, 'first_question'],
    at: `${at}.properties.details`,
    says: 'must be an object',
  },
  {
    title: 'two sources in one',
    change: [`${at}.properties.details`, { path: 'subject', template: '{{ subject }}' }],
    at: `${at}.properties.details`,
    says: 'needs exactly one of value, path, template',
  },
  {
    title: 'a list as a constant',
    change: [`${at}.properties.tags`, { value: ['a'] }],
    at: `${at}.properties.tags.value`,
    says: 'must be a text, a number, true or false',
  },
  {
    title: 'an unknown filter',
    change: [`${at}.properties.details`, { template: '{{ subject | trunc: 40 }}' }],
    at: `${at}.properties.details.template`,
    says: 'has an unknown filter trunc; did you mean truncate?',
  },
  {
    title: 'braces without their end',
    change: [`${at}.properties.details`, { template: '{{ subject }' }],
    at: `${at}.properties.details.template`,
    says: 'has {{ without }}',
  },
  {
    title: 'a condition without its end',
    change: [`${at}.properties.details`, { template: '{% if subject %}x' }],
    at: `${at}.properties.details.template`,
    says: 'has {% if %} without {% endif %}',
  },
  {
    title: 'a comparison with one equals sign',
    change: [`${at}.properties.details`, { template: '{% if rate = 5 %}x{% endif %}' }],
    at: `${at}.properties.details.template`,
    says: 'a comparison is ==',
  },
  {
    title: 'a title without the id',
    change: [`${at}.properties.subject`, { template: '{{ contact.name }}' }],
    at: `${at}.properties.subject`,
    says: 'identify ends in #{{ id }}',
  },
  {
    title: 'a second fallback',
    change: ['instances.1', { name: 'More', limetype: 'helpdesk', identify: 'subject', properties: {}, history: {} }],
    at: 'instances.1.topics',
    says: 'instance 0 already takes all other topics',
  },
];
