import { describe, expect, it } from '@jest/globals';
import { problemsIn, Settings, topicKey } from '../../../../shared/mapping/settings/settings.ts';
import { anInstance, someSettings } from '../../../support/mapping/builders.ts';
import { findingsIn, withInstance } from '../../../support/mapping/findings-in.ts';

function withSource(source: unknown) {
  return withInstance({ properties: { title: { template: 'Chat {{ id }}' }, target: source } });
}

const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
function withRelation(relation: unknown) {
  return withInstance({ relations: { person: relation } });
}

function withMedia(media: unknown) {
  return withInstance({ documents: { relation: 'helpdesk', identify: 'ul_messageid', media } });
}

describe('settings', () => {
  it.each([
    { title: 'no object', settings: [], findings: [': must be an object'] },
    { title: 'an unknown key', settings: someSettings({ apiKey: 'x' }), findings: ['apiKey: is not a setting'] },
    {
      title: 'an unknown time zone',
      settings: someSettings({ timeZone: 'Europe/Nowhere' }),
      findings: ['timeZone: is not a time zone, for example Europe/Stockholm'],
    },
    {
      title: 'a country in small letters',
      settings: someSettings({ country: 'se' }),
      findings: ['country: is not a country of two capital letters whose phone numbers are known, for example SE'],
    },
    {
      title: 'a country that there is not',
      settings: someSettings({ country: 'UK' }),
      findings: ['country: is not a country of two capital letters whose phone numbers are known, for example SE'],
    },
    {
      title: 'no instance',
      settings: { instances: [] },
      findings: ['instances: must not be empty'],
    },
    {
      title: 'an unknown link',
      settings: someSettings({ links: { person: 'x' } }),
      findings: ['links.person: is not a setting'],
    },
    {
      title: 'an unknown key of an instance',
      settings: withInstance({ limeType: 'deal' }),
      findings: ['instances.0.limeType: is not a setting; did you mean limetype?'],
    },
    {
      title: 'an instance without topics in its list',
      settings: withInstance({ topics: [] }),
      findings: ['instances.0.topics: must not be empty'],
    },
    {
      title: 'a history without its relation',
      settings: withInstance({ history: {} }),
      findings: ['instances.0.history.relation: is missing'],
    },
    {
      title: 'a source of two kinds',
      settings: withSource({ value: 1, path: 'rate' }),
      findings: ['instances.0.properties.target: needs exactly one of value, path, template'],
    },
    {
      title: 'a source of no kind',
      settings: withSource({ default: 1 }),
      findings: ['instances.0.properties.target: needs exactly one of value, path, template'],
    },
    {
      title: 'a template that cannot be parsed',
      settings: withSource({ template: '{% if id %}' }),
      findings: ['instances.0.properties.target.template: has {% if %} without {% endif %}'],
    },
    {
      title: 'a filter that there is not',
      settings: withSource({ template: '{{ id | shout }}' }),
      findings: ['instances.0.properties.target.template: has an unknown filter shout; did you mean sort?'],
    },
    {
      title: 'an unknown way to compare',
      settings: withRelation({ property: 'person', limetype: 'person', rules: [{ ...rules[0], as: 'name' }] }),
      findings: ['instances.0.relations.person.rules.0.as: must be one of email, phone, text, domain'],
    },
    {
      title: 'a relation without rules',
      settings: withRelation({ property: 'person', limetype: 'person', rules: [] }),
      findings: ['instances.0.relations.person.rules: must not be empty'],
    },
    {
      title: 'a relation whose name is mistyped',
      settings: withInstance({ history: { relation: 'helpdesk', relations: { coworkr: 'coworker' } } }),
      findings: ['instances.0.history.relations.coworkr: is not a setting; did you mean coworker?'],
    },
    {
      title: 'a mistyped key of a source',
      settings: withSource({ path: 'rate', onresend: 'keep' }),
      findings: ['instances.0.properties.target.onresend: is not a setting; did you mean onResend?'],
    },
    {
      title: 'a mistyped key of a rule',
      settings: withRelation({ property: 'person', limetype: 'person', rules: [{ ...rules[0], propertys: 'x' }] }),
      findings: ['instances.0.relations.person.rules.0.propertys: is not a setting; did you mean properties?'],
    },
    {
      title: 'a company to be made that nobody looks for',
      settings: withInstance({ relations: { company: { property: 'company', create: { properties: {} } } } }),
      findings: ['instances.0.relations.company.create: needs rules, which tell whether Lime has the company already'],
    },
    {
      title: 'a coworker to be made',
      settings: withInstance({
        relations: { coworker: { property: 'coworker', limetype: 'coworker', rules, create: { properties: {} } } },
      }),
      findings: ['instances.0.relations.coworker.create: is not a setting'],
    },
    {
      title: 'long transcripts in documents that go nowhere',
      settings: withInstance({ history: { relation: 'helpdesk', whenLonger: 'document' } }),
      findings: ['instances.0.history.whenLonger: document needs the setting documents'],
    },
    {
      title: 'documents that nothing tells apart',
      settings: withInstance({ documents: { relation: 'helpdesk' } }),
      findings: ['instances.0.documents.identify: is missing'],
    },
    ...['https://userlike.com', 'userlike', '*.userlike.com', '127.0.0.1', 'Userlike.com', 'userlike.com/x'].map(
      (host) => ({
        title: `media of the host ${host}`,
        settings: withMedia({ hosts: [host] }),
        findings: ['instances.0.documents.media.hosts.0: is not a host name, for example userlike.com'],
      }),
    ),
    ...['image', 'image/', '*/*', 'image/png; charset=x', ''].map((type) => ({
      title: `media of the type "${type}"`,
      settings: withMedia({ types: [type] }),
      findings: ['instances.0.documents.media.types.0: is not a media type, for example image/* or application/pdf'],
    })),
    {
      title: 'no host at all',
      settings: withMedia({ hosts: [] }),
      findings: ['instances.0.documents.media.hosts: must not be empty'],
    },
    {
      title: 'files larger than a mapper can hold',
      settings: withMedia({ megabytes: 26 }),
      findings: ['instances.0.documents.media.megabytes: must be at most 25'],
    },
    ...['name', 'limetype'].map((key) => ({
      title: `a blank ${key}`,
      settings: withInstance({ [key]: '  ' }),
      findings: [`instances.0.${key}: must not be empty`],
    })),
    {
      title: 'a blank topic',
      settings: withInstance({ topics: [' '] }),
      findings: ['instances.0.topics.0: must not be empty'],
    },
  ])('cannot have $title', ({ settings, findings }) => {
    expect(findingsIn(settings)).toEqual(findings);
  });
});

it('all problems are reported at once', () => {
  const settings = {
    timeZone: 'Mars',
    country: 'x',
    colour: 'red',
    instances: [
      anInstance({ properties: { title: { path: 'id' }, a: {}, b: { template: '{{' } } }),
      anInstance({ history: { relation: '', notes: 1 } }),
      anInstance({ limetype: 5, identify: 'subject', history: { whenLonger: 'document' } }),
      7,
    ],
  };
  expect(
    findingsIn(settings)
      .map((finding) => finding.split(':')[0])
      .sort(),
  ).toEqual([
    'colour',
    'country',
    'instances.0.properties.a',
    'instances.0.properties.b.template',
    'instances.0.properties.title',
    'instances.1.history.notes',
    'instances.1.history.relation',
    'instances.1.name',
    'instances.1.topics',
    'instances.2.history.relation',
    'instances.2.history.whenLonger',
    'instances.2.limetype',
    'instances.2.properties.subject',
    'instances.3',
    'timeZone',
  ]);
});

it.each([
  { key: 'as', word: 'e-mail', suggestion: 'email' },
  { key: 'as', word: 'something else', suggestion: undefined },
])('an invalid option gets the nearest one as a suggestion: $word, $suggestion', ({ key, word, suggestion }) => {
  const rules = [{ path: 'contact.email', properties: ['email'], as: 'email', [key]: word }];
  const settings = withInstance({ relations: { person: { property: 'person', limetype: 'person', rules } } });
  const { error } = Settings.safeParse(settings, { reportInput: true });
  expect(error && problemsIn(error).map((problem) => problem.suggestion)).toEqual([suggestion]);
});

it('topics are compared without case and outer blanks', () => {
  expect(topicKey(' Sales & MORE ')).toBe('sales & more');
});
