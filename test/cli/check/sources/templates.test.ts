import { describe, expect, it } from '@jest/globals';
import { longestTextOf, pathKind, pathsIn } from '../../../../cli/check/sources/templates.ts';
import { timeOf } from '../../../../shared/userlike/time.ts';
import { documentedExample } from '../../../support/conversations.ts';

describe('the longest output of a template', () => {
  it.each([
    { title: 'a text', template: 'Chat', characters: 4, always: true },
    { title: 'a text after a block', template: '{% if a %}x{% endif %} Chat', characters: 6, always: true },
    {
      title: 'a text that is cut',
      template: 'Chat with {{ contact.name | truncate: 40 }}',
      characters: 50,
      always: true,
    },
    {
      title: 'a text without end',
      template: 'Chat with {{ contact.name }}',
      characters: Number.POSITIVE_INFINITY,
      always: true,
    },
    { title: 'a value alone', template: ' {{ subject | truncate: 9 }} ', characters: 11, always: false },
    { title: 'a text on a condition', template: '{% if subject %}Chat{% endif %}', characters: 4, always: false },
    {
      title: 'a text on one of two conditions',
      template: '{%- if a -%}{% if b %}x{% endif %}y{%- endif -%}',
      characters: 2,
      always: false,
    },
    { title: 'a text unless', template: '{% unless subject %}Chat{% endunless %}', characters: 4, always: false },
    {
      title: 'a text in a case',
      template: '{% case status %}{% when "open" %}Chat{% endcase %}',
      characters: 4,
      always: false,
    },
    {
      title: 'a text for each',
      template: '{% for topic in topics %}Chat{% endfor %}',
      characters: Number.POSITIVE_INFINITY,
      always: false,
    },
    {
      title: 'a text before a loop',
      template: 'Chat {% for topic in topics %}x{% endfor %}',
      characters: Number.POSITIVE_INFINITY,
      always: true,
    },
    {
      title: 'a value by a tag',
      template: '{% echo contact.name %}',
      characters: Number.POSITIVE_INFINITY,
      always: false,
    },
    { title: 'a remark', template: '{% comment %}Chat{% endcomment %}', characters: 4, always: false },
  ])('is computed for $title', ({ template, characters, always }) => {
    expect(longestTextOf(template)).toEqual({ characters, always });
  });
});

/** The values of the payload by their paths. */
function leavesOf(value: unknown, path: string[] = []): [string, unknown][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
    : [[path.join('.'), value]];
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return timeOf(value) === undefined ? 'text' : 'time';
  return typeof value === 'boolean' ? 'yesno' : typeof value;
}

describe('the paths of a template', () => {
  it.each([
    { template: '{{ contact.name | default: subject }}', paths: ['contact.name', 'subject'] },
    { template: '{{ topics[0].text }}{{ topics.first.text }}', paths: ['topics.0.text'] },
    { template: '{% if rate > 3 and contact.email != blank %}x{% endif %}', paths: ['rate', 'contact.email'] },
    {
      template: '{% for t in topics %}{{ t.text }}{{ forloop.index }}{% endfor %}',
      paths: ['topics', 'topics.0.text'],
    },
    { template: '{% assign q = custom.order %}{{ q.number }}', paths: ['custom.order', 'custom.order.number'] },
    { template: '{% assign q = contact.name | upcase %}{{ q.size }}', paths: ['contact.name'] },
    { template: 'Chat', paths: [] },
  ])('$template', ({ template, paths }) => {
    expect(pathsIn(template)).toEqual(paths);
  });
});

describe('the kind of what is at a path', () => {
  const leaves = leavesOf(JSON.parse(documentedExample)).filter(([, value]) => value !== null);

  it('matches the documented example for each of its numbers, booleans and times', () => {
    const known = leaves.filter(([, value]) => kindOf(value) !== 'text');
    expect(known.length).toBeGreaterThan(50);
    expect(known.map(([path]) => [path, pathKind(path)])).toEqual(known.map(([path, value]) => [path, kindOf(value)]));
  });

  it('never contradicts a text of the documented example', () => {
    const wrong = leaves.filter(([path, value]) => kindOf(value) === 'text' && pathKind(path) !== undefined);
    expect(wrong.filter(([path]) => pathKind(path) !== 'text')).toEqual([]);
  });

  it.each([
    'contact.external_customer_id',
    'contact_channel.id',
    'custom.order_id',
    'custom.status',
    'custom.cart.paid_at',
    'contact.custom_field_data.name',
    'topics.0.id',
  ])('is not known of %s, which may be anything', (path) => {
    expect(pathKind(path)).toBeUndefined();
  });

  it.each(['last_message.id', 'transcript.0.id'])('is a text of %s, the id of a message', (path) => {
    expect(pathKind(path)).toBe('text');
  });
});
