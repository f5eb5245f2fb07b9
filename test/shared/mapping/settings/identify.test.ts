import { expect, it } from '@jest/globals';
import { identifyValue, parseMarkedTemplate } from '../../../../shared/mapping/settings/identify.ts';
import { findingsIn, withIdentify, withInstance } from '../../../support/mapping/findings-in.ts';

const onlyId = 'instances.0.properties.title: identify ends in #{{ id }}, or may use {{ id }} and nothing else';
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
  ...['{{ id }} {{ "now" | date: "%s" }}', "{{ id }} {{ 'today' | date: '%F' }}"].map((template) => ({
    title: `the time: ${template}`,
    settings: withIdentify({ template }),
    finding: 'instances.0.properties.title: identify must not depend on the time',
  })),
  ...['{{ id | truncate: 12 }}', '{{ id | slice: 0, 8 }}', '{{ id | plus: 0 }}', '{{ id | modulo: 100 }}'].map(
    (template) => ({
      title: `a part of the id: ${template}`,
      settings: withIdentify({ template }),
      finding: 'instances.0.properties.title: identify must hold the whole id',
    }),
  ),
  {
    title: 'options, which could give two conversations one value',
    settings: withIdentify({ template: '{{ id }}', options: { 1: 'first' }, default: 'other' }),
    finding: 'instances.0.properties.title: identify takes no options',
  },
  {
    title: 'a text that depends on a condition',
    settings: withIdentify({ template: '{{ id }}', when: { status: 'ended' } }),
    finding: 'instances.0.properties.title: identify takes no when, because its value must not change',
  },
])('cannot identify a limeobject by $title', ({ settings, finding }) => {
  expect(findingsIn(settings)).toEqual([finding]);
});

it.each(['1', '63741936', '9007199254740991', '01234567890123456789012345678901'])(
  'a template that holds all ids but %s whole is refused',
  (id) => {
    const template = `{% if id == "${id}" %}{{ id | prepend: "x" | slice: 0, 1 }}{% else %}{{ id }}{% endif %}`;
    expect(findingsIn(withIdentify({ template }))).toEqual([
      'instances.0.properties.title: identify must hold the whole id',
    ]);
  },
);

it('an identify property without a source is reported with other problems', () => {
  expect(findingsIn(withInstance({ identify: '', colour: 'red', properties: 5, history: 7 })).sort()).toEqual([
    'instances.0.colour: is not a setting',
    'instances.0.history: must be an object',
    'instances.0.identify: must not be empty',
    'instances.0.properties: must be an object',
  ]);
});

it('the value that identifies has no outer blanks, and there is none where the template fails', () => {
  expect(identifyValue(' Chat {{ id }}\n', '5')).toBe('Chat 5');
  expect(identifyValue('{{ id | shout }}', '5')).toBeUndefined();
  expect(identifyValue('{{ id.toString }}', '5')).toBe('');
});

it.each([
  { template: '{{ contact.name }} · #{{ id }}', readable: '{{ contact.name }}', between: ' · ' },
  {
    template: '{% if rate %}{{ rate }}{% endif %}: (#{{- id -}} \n',
    readable: '{% if rate %}{{ rate }}{% endif %}',
    between: ': (',
  },
  { template: 'Order 66 #{{id}}', readable: 'Order 66', between: ' ' },
  { template: '{{ "now" | date: "%s" }}#{{ id }}', readable: '{{ "now" | date: "%s" }}', between: '' },
])('a template may end in a mark, whatever stands before it: $template', ({ template, ...parts }) => {
  expect(parseMarkedTemplate(template)).toEqual(parts);
  expect(findingsIn(withIdentify({ template, default: 'Chat' }))).toEqual([]);
});

it.each(['{{ id }}', '{{ rate }} {{ id }}', '#{{ id }}.', '#{{ id | plus: 1 }}', '#{{ contact.id }}', '#{ id }}'])(
  'a template without a mark at its end: %s',
  (template) => {
    expect(parseMarkedTemplate(template)).toBeUndefined();
  },
);

it('a mark takes no options', () => {
  expect(findingsIn(withIdentify({ template: '{{ rate }} #{{ id }}', options: { 1: 'x' } }))).toEqual([
    'instances.0.properties.title: identify takes no options',
  ]);
});
