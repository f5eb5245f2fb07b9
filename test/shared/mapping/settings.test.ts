import { describe, expect, it } from '@jest/globals';
import { findingsOf, Settings } from '../../../shared/mapping/settings/settings.ts';
import { anInstance, defaultSettings, someSettings } from './builders.ts';

const findingsIn = (value: unknown) => {
  const parsed = Settings.safeParse(value);
  return parsed.success ? [] : findingsOf(parsed.error).map(({ path, message }) => `${path}: ${message}`);
};

const withInstance = (overrides: Record<string, unknown>) => someSettings({ instances: [anInstance(overrides)] });

const withSource = (source: unknown) =>
  withInstance({ properties: { title: { template: 'Chat {{ id }}' }, target: source } });

const withIdentify = (source: unknown) => withInstance({ properties: { title: source } });

const rules = [{ path: 'contact.email', properties: ['email'], as: 'email' }];
const withRelation = (relation: unknown) => withInstance({ relations: { person: relation } });

describe('settings', () => {
  it('need little, the rest has defaults', () => {
    expect(Settings.parse(someSettings())).toMatchObject({
      timeZone: 'Europe/Stockholm',
      country: 'SE',
      links: {
        limeobject: '{origin}/client/object/{limetype}/{id}',
        conversation: 'https://userlike.com/en/umc#/conversation/{id}',
      },
      instances: [
        {
          relations: {},
          history: { limetype: 'history', note: 'note', date: 'date', properties: {}, includeNotifications: false },
        },
      ],
    });
  });

  it('may be the default that is delivered, which spells its own defaults out', () => {
    expect(defaultSettings.instances).toHaveLength(1);
    expect(defaultSettings.instances[0]?.topics).toBeUndefined();
  });

  it.each([
    { title: 'a schema for the editor', settings: someSettings({ $schema: './schema.json' }) },
    { title: 'an identify template with filters', settings: withIdentify({ template: '{{ id | prepend: "UL-" }}' }) },
    { title: 'an identify template that repeats the id', settings: withIdentify({ template: '{{ id }} {{ id }}' }) },
    { title: 'a constant that is false', settings: withSource({ value: false }) },
    { title: 'a relation', settings: withRelation({ property: 'person', limetype: 'person', rules }) },
    {
      title: 'a company with its default',
      settings: withInstance({ relations: { company: { property: 'company' } } }),
    },
    {
      title: 'an instance for some topics beside the fallback',
      settings: { instances: [anInstance({ topics: ['Sales'] }), anInstance({ name: 'Rest' })] },
    },
  ])('may have $title', ({ settings }) => {
    expect(findingsIn(settings)).toEqual([]);
  });

  it.each([
    { title: 'no object', settings: [], findings: [': Invalid input: expected object, received array'] },
    { title: 'an unknown key', settings: someSettings({ apiKey: 'x' }), findings: [': Unrecognized key: "apiKey"'] },
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
      findings: ['instances: Too small: expected array to have >=1 items'],
    },
    {
      title: 'an unknown link',
      settings: someSettings({ links: { person: 'x' } }),
      findings: ['links: Unrecognized key: "person"'],
    },
    {
      title: 'an unknown key of an instance',
      settings: withInstance({ limeType: 'deal' }),
      findings: ['instances.0: Unrecognized key: "limeType"'],
    },
    {
      title: 'an instance without topics in its list',
      settings: withInstance({ topics: [] }),
      findings: ['instances.0.topics: Too small: expected array to have >=1 items'],
    },
    {
      title: 'a history without its relation',
      settings: withInstance({ history: {} }),
      findings: ['instances.0.history.relation: Invalid input: expected string, received undefined'],
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
      findings: ['instances.0.properties.target.template: is not a Liquid template that can be parsed'],
    },
    {
      title: 'a filter that there is not',
      settings: withSource({ template: '{{ id | shout }}' }),
      findings: ['instances.0.properties.target.template: is not a Liquid template that can be parsed'],
    },
    {
      title: 'an unknown way to compare',
      settings: withRelation({ property: 'person', limetype: 'person', rules: [{ ...rules[0], as: 'name' }] }),
      findings: ['instances.0.relations.person.rules.0.as: Invalid option: expected one of "email"|"phone"|"text"'],
    },
    {
      title: 'a relation without rules',
      settings: withRelation({ property: 'person', limetype: 'person', rules: [] }),
      findings: ['instances.0.relations.person.rules: Too small: expected array to have >=1 items'],
    },
  ])('cannot have $title', ({ settings, findings }) => {
    expect(findingsIn(settings)).toEqual(findings);
  });

  const onlyId = 'instances.0.properties.title: identify may use {{ id }} and nothing else';
  const noTemplate = 'instances.0.properties.title: identify needs a template for this property';
  it.each([
    { title: 'a property that is not mapped', settings: withInstance({ properties: {} }), finding: noTemplate },
    { title: 'a path', settings: withIdentify({ path: 'id' }), finding: noTemplate },
    { title: 'a constant', settings: withIdentify({ value: 'Chat' }), finding: noTemplate },
    { title: 'a template without the id', settings: withIdentify({ template: 'Chat' }), finding: onlyId },
    {
      title: 'something beside the id',
      settings: withIdentify({ template: '{{ id }} {{ subject }}' }),
      finding: onlyId,
    },
    { title: 'something else', settings: withIdentify({ template: '{{ contact.id }}' }), finding: onlyId },
    {
      title: 'a filter with something else',
      settings: withIdentify({ template: '{{ id | append: rate }}' }),
      finding: onlyId,
    },
    {
      title: 'a condition on something else',
      settings: withIdentify({ template: '{% if rate %}x{% endif %}{{ id }}' }),
      finding: onlyId,
    },
    {
      title: 'options, which could give two conversations one value',
      settings: withIdentify({ template: '{{ id }}', options: { 1: 'first' }, default: 'other' }),
      finding: 'instances.0.properties.title: identify takes no options',
    },
  ])('cannot identify a limeobject by $title', ({ settings, finding }) => {
    expect(findingsIn(settings)).toEqual([finding]);
  });
});

describe('two instances', () => {
  it.each([
    {
      title: 'take one topic, whatever its spelling',
      instances: [{ topics: ['Returns', 'Sales '] }, { topics: ['Support', 'sales'], name: 'Deals' }],
      finding: 'instances.1.topics: instance 0 already takes one of these topics',
    },
    {
      title: 'both be the fallback',
      instances: [{}, { name: 'Deals' }],
      finding: 'instances.1.topics: instance 0 already takes all other topics',
    },
    {
      title: 'have one name',
      instances: [{ topics: ['Sales'] }, {}],
      finding: 'instances.1.name: instance 0 has this name already',
    },
  ])('cannot $title', ({ instances, finding }) => {
    expect(findingsIn({ instances: instances.map((overrides) => anInstance(overrides)) })).toEqual([finding]);
  });
});

it('all problems are told at once', () => {
  const settings = {
    timeZone: 'Mars',
    country: 'x',
    colour: 'red',
    instances: [
      anInstance({ properties: { title: { path: 'id' }, a: {}, b: { template: '{{' } } }),
      anInstance({ history: { relation: '', notes: 1 } }),
    ],
  };
  expect(
    findingsIn(settings)
      .map((finding) => finding.split(':')[0])
      .sort(),
  ).toEqual([
    '',
    'country',
    'instances.0.properties.a',
    'instances.0.properties.b.template',
    'instances.0.properties.title',
    'instances.1.history',
    'instances.1.history.relation',
    'instances.1.name',
    'instances.1.topics',
    'timeZone',
  ]);
});
