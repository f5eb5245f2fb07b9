import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toPlan } from '../../../../shared/mapping/plan/plan.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { anyConversation } from '../../../support/any-conversations.ts';
import { aMessage, anOperator } from '../../../support/conversations.ts';
import {
  anInstance,
  conversationOf,
  coreMetadata,
  coreWith,
  defaultSettings,
  settingsOf,
} from '../../../support/mapping/builders.ts';

const acceptedAt = '2024-02-22T16:00:00.000Z';
function titleOf(overrides = {}, settings = defaultSettings, metadata = coreMetadata) {
  return toPlan(conversationOf({ id: 7, ...overrides }), settings, metadata, acceptedAt).create.title;
}
function by(template: string, more = {}) {
  return settingsOf({ instances: [anInstance({ properties: { title: { template, ...more } } })] });
}
function said(...bodies: (string | null)[]) {
  return bodies.map((body, at) => aMessage({ id: `7.1.${at}`, body }));
}
function withLength(length: number | undefined) {
  return coreWith('helpdesk', 'title', { length });
}

describe('the title of a limeobject', () => {
  it.each([
    {
      title: 'who asked what',
      conversation: { contact: { name: 'Ada Example' }, transcript: said('My order has not arrived') },
      text: 'Ada Example: My order has not arrived · #7',
    },
    { title: 'the question alone', conversation: { contact: null }, text: 'Hello, I have a question. · #7' },
    {
      title: 'the question alone, of somebody without a name',
      conversation: { contact: { name: ' \n' } },
      text: 'Hello, I have a question. · #7',
    },
    {
      title: 'a word where nothing was asked',
      conversation: { contact: null, transcript: [] },
      text: 'Userlike conversation · #7',
    },
    {
      title: 'the first text of the contact',
      conversation: {
        contact: null,
        transcript: [
          aMessage({ id: '7.1.1', ...anOperator, body: 'Welcome' }),
          aMessage({ id: '7.1.2', type: 'notification', body: 'joined' }),
          aMessage({ id: '7.1.3', body: '', url: 'https://example.org/order.pdf' }),
          aMessage({ id: '7.1.4', body: 'deleted', is_deleted: true }),
          aMessage({ id: '7.1.5', body: null, body_plain: 'Where is it?' }),
        ],
      },
      text: 'Where is it? · #7',
    },
    {
      title: 'one line that nobody can turn around',
      conversation: { contact: { name: '\u202eAda\u2066\r\n\t\0Example' }, transcript: said('Hello\u2028you\u200f') },
      text: 'Ada Example: Hello you · #7',
    },
    ...['=1+1', '+46 8 123', '-1', '@SUM(1)', '＝1'].map((name) => ({
      title: `no formula: ${name}`,
      conversation: { contact: { name }, transcript: said('Hello') },
      text: `'${name}: Hello · #7`,
    })),
  ])('is $title', ({ conversation, text }) => {
    expect(titleOf(conversation)).toBe(text);
  });

  it.each([
    {
      title: 'behind a word',
      length: 36,
      body: 'My order has not arrived at all',
      text: 'Ada: My order has not arrived… · #7',
    },
    { title: 'in a long word', length: 20, body: 'x'.repeat(1_000_000), text: `Ada: xxxxxxxxx… · #7` },
    { title: 'in emoji, between two of them', length: 30, body: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', text: 'Ada: 👩‍👩‍👧‍👦… · #7' },
    { title: 'down to the mark', length: 5, body: 'Hello', text: '#7' },
    {
      title: 'where Lime sets no limit',
      length: undefined,
      body: 'x'.repeat(1_000),
      text: `Ada: ${'x'.repeat(244)}… · #7`,
    },
  ])('is cut before its mark: $title', ({ length, body, text }) => {
    const title = titleOf({ contact: { name: 'Ada' }, transcript: said(body) }, defaultSettings, withLength(length));
    expect(title).toBe(text);
  });

  it.each([
    { template: '{{ subject }} - #{{ id }}', more: { default: 'Chat' }, text: 'Chat - #7' },
    { template: '{{ subject }} - #{{ id }}', more: {}, text: '#7' },
    { template: '{{ "%" | url_decode }} · #{{ id }}', more: { default: 'Chat' }, text: 'Chat · #7' },
    { template: '{% assign id = 8 %}{{ contact.name }} #{{- id -}} ', more: {}, text: 'Erika Beispiel #7' },
    { template: 'Chat #{{id}}', more: {}, text: 'Chat #7' },
    { template: '#{{ id }}', more: {}, text: '#7' },
  ])('by the template $template is $text', ({ template, more, text }) => {
    expect(titleOf({}, by(template, more))).toBe(text);
  });

  it('ends in the mark, fits and is one line for any conversation', () => {
    fc.assert(
      fc.property(anyConversation, fc.integer({ min: 40, max: 300 }), (json, length) => {
        const conversation = Conversation.parse(json);
        const { title } = toPlan(conversation, defaultSettings, withLength(length), acceptedAt).create;
        const mark = `#${conversation.id}`;
        // The mark stands alone if the question has no visible character.
        expect(title === mark || String(title).endsWith(` · ${mark}`)).toBe(true);
        expect(String(title).length).toBeLessThanOrEqual(length);
        expect(String(title).isWellFormed()).toBe(true);
        expect(title).not.toMatch(/^[=+@-]|[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      }),
    );
  });
});

describe('a text that the settings let be cut', () => {
  const settings = settingsOf({
    instances: [
      anInstance({
        properties: {
          title: { template: '{{ id }}' },
          description: { path: 'first_question', whenLonger: 'cut' },
        },
      }),
    ],
  });
  const planOf = (body: string, length: number) =>
    toPlan(
      conversationOf({ transcript: said(body) }),
      settings,
      coreWith('helpdesk', 'description', { length }),
      acceptedAt,
    );

  it.each([
    { title: 'is whole where it fits', body: 'Where is it?', text: 'Where is it?' },
    { title: 'is cut behind a word where it does not', body: 'Where is my order?', text: 'Where is my…' },
    { title: 'is never cut within a character', body: '𝓐'.repeat(20), text: `${'𝓐'.repeat(6)}…` },
  ])('$title', ({ body, text }) => {
    const plan = planOf(body, 13);
    expect(plan.create.description).toBe(text);
    expect(plan.omitted).toEqual([]);
  });
});
