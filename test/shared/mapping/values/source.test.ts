import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PropertySource } from '../../../../shared/mapping/settings/source.ts';
import { readSource } from '../../../../shared/mapping/values/source.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { isEmpty, valueAt } from '../../../../shared/userlike/value-at.ts';
import { anyConversation } from '../../../support/any-conversations.ts';
import { conversationOf } from '../../../support/mapping/builders.ts';

const conversation = conversationOf({
  rate: 0,
  data_privacy: false,
  locale: 'sv_SE',
  notes: [],
  subject: ' ',
  odd: { toString: null },
  custom: { order: { number: 'A-1' }, lines: ['first', 'second'] },
});

function read(source: unknown) {
  return readSource(PropertySource.parse(source), conversation, { timeZone: 'Europe/Stockholm' });
}

describe('the value at a path', () => {
  it.each([
    { path: 'contact.email', value: 'erika.beispiel@example.org' },
    { path: 'topics.0.text', value: 'Support' },
    { path: 'custom.lines.1', value: 'second' },
    { path: 'rate', value: 0 },
    { path: 'data_privacy', value: false },
    { path: 'contact.phone_number', value: null },
    { path: 'contact.phone_number.x', value: undefined },
    { path: 'contact.missing', value: undefined },
    { path: 'missing.entirely', value: undefined },
    { path: 'topics.1.text', value: undefined },
    { path: 'contact.email.length', value: undefined },
    { path: 'constructor.name', value: undefined },
    { path: '__proto__.toString', value: undefined },
    { path: '', value: undefined },
    { path: 'contact.', value: undefined },
  ])('$path is $value', ({ path, value }) => {
    expect(valueAt(conversation, path)).toBe(value);
  });
});

describe('a source', () => {
  it.each([
    { title: 'a constant', source: { value: 'new' }, value: 'new' },
    { title: 'a constant that is false', source: { value: false }, value: false },
    { title: 'a constant before its default', source: { value: 0, default: 1 }, value: 0 },
    { title: 'a constant under a condition', source: { value: 1, when: { locale: 'SV_se ' } }, value: 1 },
    {
      title: 'a constant under one of two values',
      source: { value: 1, when: { locale: ['de_DE', 'sv_SE'] } },
      value: 1,
    },
    {
      title: 'nothing if a condition does not hold',
      source: { value: 1, when: { locale: 'de_DE' } },
      value: undefined,
    },
    {
      title: 'the default if one of two conditions does not hold',
      source: { path: 'locale', when: { locale: 'sv_SE', rate: 5 }, default: 'none' },
      value: 'none',
    },
    {
      title: 'a condition on a number and on false',
      source: { value: 1, when: { rate: 0, data_privacy: false } },
      value: 1,
    },
    { title: 'a path', source: { path: 'custom.order.number' }, value: 'A-1' },
    { title: 'a path to zero, not its default', source: { path: 'rate', default: 5 }, value: 0 },
    { title: 'a path to false, not its default', source: { path: 'data_privacy', default: true }, value: false },
    { title: 'a path to nothing', source: { path: 'custom.other' }, value: undefined },
    { title: "a path's default", source: { path: 'custom.other', default: 'none' }, value: 'none' },
    { title: 'the default for a blank text', source: { path: 'subject', default: 'none' }, value: 'none' },
    { title: 'the default for an empty list', source: { path: 'notes', default: 'none' }, value: 'none' },
    { title: 'a template', source: { template: 'Order {{ custom.order.number }}' }, value: 'Order A-1' },
    { title: 'a template without outer blanks', source: { template: ' {{ locale }}\n' }, value: 'sv_SE' },
    { title: "a template's own default", source: { template: '{{ subject.x | default: "?" }}' }, value: '?' },
    { title: 'the default for an empty template', source: { template: '{{ missing }}', default: 0 }, value: 0 },
    { title: 'nothing for an empty template', source: { template: '{{ missing }}' }, value: undefined },
    { title: 'nothing of prototypes', source: { template: '{{ contact.toString }}' }, value: undefined },
  ])('gives $title', ({ source, value }) => {
    expect(read(source)).toBe(value);
  });

  it.each([
    { timeZone: 'UTC', printed: '2024-07-01 22:30 +0000' },
    { timeZone: 'Europe/Stockholm', printed: '2024-07-02 00:30 +0200' },
    { timeZone: 'America/Caracas', printed: '2024-07-01 18:30 -0400' },
  ])('prints the times of a template in $timeZone, wherever it runs', ({ timeZone, printed }) => {
    const source = PropertySource.parse({ template: '{{ created_at | date: "%Y-%m-%d %H:%M %z" }}' });
    expect(readSource(source, conversationOf({ created_at: '2024-07-01T22:30:00Z' }), { timeZone })).toBe(printed);
  });

  it.each([
    { title: 'maps a text', source: { path: 'locale', options: { sv_SE: 'swedish' } }, value: 'swedish' },
    { title: 'maps a number', source: { path: 'rate', options: { 0: 'unrated' } }, value: 'unrated' },
    { title: 'maps false', source: { path: 'data_privacy', options: { false: 'no' } }, value: 'no' },
    {
      title: "maps a template's text",
      source: { template: '{{ locale | slice: 0, 2 }}', options: { sv: 7 } },
      value: 7,
    },
    {
      title: 'gives the default for an unknown one',
      source: { path: 'locale', options: { de: 1 }, default: 2 },
      value: 2,
    },
    { title: 'gives nothing for an unknown one', source: { path: 'locale', options: { de: 1 } }, value: undefined },
    { title: 'never maps the default', source: { path: 'missing', options: { a: 'b' }, default: 'a' }, value: 'a' },
    {
      title: 'finds no key for an object, whatever is in it',
      source: { path: 'odd', options: { a: 'b' } },
      value: undefined,
    },
    { title: 'knows no inherited keys', source: { template: 'toString', options: { a: 'b' } }, value: undefined },
  ])('$title by its options', ({ source, value }) => {
    expect(read(source)).toBe(value);
  });

  it.each([
    { title: 'fails', template: '{{ "%" | url_decode }}' },
    { title: 'takes too much memory', template: '{% for i in (1..20000000) %}{% break %}{% endfor %}done' },
    {
      title: 'takes too long',
      template: '{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}done',
    },
  ])('gives its default where the template $title', ({ template }) => {
    expect(read({ template, default: 'failed' })).toBe('failed');
    expect(read({ template })).toBeUndefined();
  });

  it('gives a text or nothing for a template over any conversation', () => {
    const source = PropertySource.parse({
      template: '{{ contact.name | default: "?" }} {{ topics[0].text }} {{ custom }}',
    });
    fc.assert(
      fc.property(anyConversation, (json) => {
        expect(['string', 'undefined']).toContain(
          typeof readSource(source, Conversation.parse(json), { timeZone: 'UTC' }),
        );
      }),
    );
  });
});

it.each([
  { value: undefined, empty: true },
  { value: null, empty: true },
  { value: ' \n', empty: true },
  { value: [], empty: true },
  { value: [null, ['']], empty: true },
  { value: 0, empty: false },
  { value: false, empty: false },
  { value: {}, empty: false },
  { value: [0], empty: false },
])('$value is empty: $empty', ({ value, empty }) => {
  expect(isEmpty(value)).toBe(empty);
});
