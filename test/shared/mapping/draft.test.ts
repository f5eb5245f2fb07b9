import { describe, expect, it } from '@jest/globals';
import { isUpdated, toDraft } from '../../../shared/mapping/draft.ts';
import { Instance } from '../../../shared/mapping/settings/instance.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aMessage, documentedExample } from '../../support/conversations.ts';
import { anInstance, conversationOf, defaultSettings, settingsOf } from '../../support/mapping/builders.ts';

function draftOf(overrides: Record<string, unknown> = {}) {
  return toDraft(conversationOf(overrides), defaultSettings);
}

describe('a draft', () => {
  it('of the documented conversation has its values, entries and searches', () => {
    const draft = toDraft(Conversation.parse(JSON.parse(documentedExample)), defaultSettings);
    expect(draft.instance.name).toBe('Helpdesk');
    expect(draft.values).toEqual({
      title: 'Hello, I have a question. · #63741936',
      description: 'Hello, I have a question.',
      startdate: '2024-02-22T15:48:45.349Z',
      email: undefined,
      statuscolor: 'new',
    });
    expect(draft.entries.map(({ text }) => text)).toEqual([
      '[2024-02-22 16:49:07] Contact: Hello, I have a question.',
      '[2024-02-22 16:49:23] Peter Testman: Hello, how can I help you?',
    ]);
    expect(draft.searches).toEqual({ person: [], coworker: [] });
    expect(draft.recency).toEqual({
      updatedAt: Date.parse('2024-02-22T15:49:07.260Z'),
      lastMessageAt: Date.parse('2024-02-22T15:49:23.146Z'),
      messages: 4,
    });
  });

  it('shows its sources the messages in the order they were sent', () => {
    const transcript = [
      aMessage({ id: '1.2.1', sent_at: '2024-02-22T15:50:00Z' }),
      aMessage({ id: '1.3.1', body: 'First', sent_at: '2024-02-22T15:49:00Z' }),
    ];
    const template = '{% assign first = transcript | first %}{{ first.body }}';
    const instance = anInstance({ properties: { title: { template: '{{ id }}' }, description: { template } } });
    expect(toDraft(conversationOf({ transcript }), settingsOf({ instances: [instance] })).values.description).toBe(
      'First',
    );
  });

  it('searches only for what its settings name', () => {
    expect(toDraft(conversationOf(), settingsOf()).searches).toEqual({});
    expect(draftOf().searches.person?.map(({ normal }) => normal)).toEqual(['erika.beispiel@example.org']);
  });

  it('knows how new it is as far as the conversation says so', () => {
    expect(draftOf({ updated_at: undefined, transcript: [] }).recency).toStrictEqual({ messages: 0 });
    expect(draftOf({ updated_at: 'soon', transcript: [{}] }).recency).toStrictEqual({ messages: 1 });
    const transcript = [aMessage({ id: '1.1.1' }), aMessage({ id: '1.1.2', sent_at: '2024-02-22 15:00:00' })];
    expect(draftOf({ transcript }).recency.lastMessageAt).toBe(Date.parse('2024-02-22T15:49:07.228Z'));
    expect(draftOf({ updated_at: '2024-02-22T15:49:07.260999Z' }).recency.updatedAt).toBeCloseTo(
      1_708_616_947_260.999,
      3,
    );
  });
});

describe('the fingerprint', () => {
  const before = draftOf().fingerprint;

  it.each([
    { title: 'updated_at', change: { updated_at: '2024-02-23T10:00:00.000Z' } },
    {
      title: 'read marks',
      change: { marked_read_contact: true, transcript: [aMessage({ marked_read_operator: false }), second()] },
    },
    { title: 'addon_urls', change: { addon_urls: { lime: 'https://example.org' } } },
    { title: 'the event', change: { _event: 'forwarded' } },
    { title: 'the order of the transcript', change: { transcript: [second(), aMessage()] } },
    {
      title: "the add-on's command",
      change: { transcript: [aMessage(), second(), second({ id: '1.1.9', body: '$lime' })] },
    },
    { title: 'a property that a re-send keeps', change: { created_at: '2024-02-01T00:00:00Z' } },
    {
      title: 'a notification that is left out',
      change: { transcript: [aMessage(), second(), second({ id: '63741936.1.3', type: 'notification' })] },
    },
  ])('stays the same when nothing but $title changes', ({ change }) => {
    expect(draftOf(change).fingerprint).toBe(before);
  });

  it.each([
    { title: 'a message', change: { transcript: [aMessage(), second(), second({ id: '63741936.1.3' })] } },
    { title: 'an edited body', change: { transcript: [aMessage({ body: 'Hello!' }), second()] } },
    { title: 'a rating', change: { rate: 5 } },
    { title: 'an internal note', change: { notes: ['Call back'] } },
    { title: 'a mapped value', change: { contact: { name: 'Erika Beispiel', email: 'erika@example.com' } } },
    {
      title: 'a phone number to search by',
      change: { contact: { name: 'Erika Beispiel', email: 'erika.beispiel@example.org', phone_number: '0701740605' } },
    },
    { title: 'an operator', change: { operator_assigned_to_email: 'peter@example.com' } },
  ])('changes with $title', ({ change }) => {
    expect(draftOf(change).fingerprint).not.toBe(before);
  });

  it('changes with a mapped value or a searched one, be it the only change', () => {
    const person = {
      property: 'person',
      limetype: 'person',
      rules: [{ path: 'contact.phone_number', properties: ['phone'], as: 'phone' }],
    };
    const properties = { title: { template: '{{ id }}' }, email: { path: 'custom.order' } };
    const settings = settingsOf({ instances: [anInstance({ properties, relations: { person } })] });
    const fingerprintOf = (overrides: Record<string, unknown>) =>
      toDraft(conversationOf(overrides), settings).fingerprint;
    const contact = (phone_number: string) => ({ contact: { phone_number } });
    const variants = [
      {},
      { custom: { order: 'A-1' } },
      { custom: { order: 'A-2' } },
      contact('0701740605'),
      contact('0701740606'),
    ];
    expect(new Set(variants.map(fingerprintOf)).size).toBe(5);
    expect(fingerprintOf({ custom: { order: null } })).toBe(fingerprintOf({}));
    expect(fingerprintOf(contact('+46701740605'))).toBe(fingerprintOf(contact('0701740605')));
  });

  it('stays what it is from one version of this software to the next, so that an update alone changes nothing', () => {
    expect(before).toBe('zCSjkjrql2e457m11X5ueXAJpBfuhPdo5QRrXfnvYHY');
  });

  it('changes with the instance', () => {
    const instances = ['Tickets', 'Cases'].map((name) => settingsOf({ instances: [anInstance({ name })] }));
    const [one, other] = instances.map((settings) => toDraft(conversationOf(), settings).fingerprint);
    expect(one).not.toBe(other);
  });
});

function second(overrides: Record<string, unknown> = {}) {
  return aMessage({
    id: '63741936.108109315.595801817',
    body: 'How can I help you?',
    name: 'Peter Testman',
    display_name: 'Peter Testman',
    operator_id: 180783,
    operator_name: 'Peter Testman',
    operator_display_name: 'Peter Testman',
    sender: { type: 'operator', id: 180783 },
    ...overrides,
  });
}

describe('deleted content', () => {
  const secret = { body: 'My password is hunter2' };

  it.each([
    { title: 'a message', change: { transcript: [aMessage({ ...secret, is_deleted: true })] } },
    {
      title: 'a message of which another copy is there',
      change: { transcript: [aMessage(secret), aMessage({ ...secret, is_deleted: true })] },
    },
    { title: 'the last message', change: { transcript: [], last_message: { ...secret, is_deleted: true } } },
  ])('gets into no property: $title', ({ change }) => {
    const template = '{% for message in transcript %}{{ message.body }}{% endfor %}{{ last_message.body }}';
    const settings = settingsOf({
      instances: [
        anInstance({
          properties: {
            title: { template: 'Userlike conversation {{ id }}' },
            description: { template },
            email: { path: 'transcript.0.body' },
          },
        }),
      ],
    });
    expect(JSON.stringify(toDraft(conversationOf(change), settings).values)).not.toContain('hunter2');
  });
});

it.each([
  { title: 'a path', source: { path: 'rate' }, updated: true },
  { title: 'a template', source: { template: '{{ rate }}' }, updated: true },
  { title: 'a constant', source: { value: 1 }, updated: false },
  { title: 'a constant that is to be updated', source: { value: 1, onResend: 'update' as const }, updated: true },
  {
    title: 'a constant that depends on the conversation',
    source: { value: 1, when: { status: 'ended' } },
    updated: true,
  },
  {
    title: 'a path that is to be written unless it was changed',
    source: { path: 'rate', onResend: 'unlessChanged' as const },
    updated: true,
  },
  { title: 'a path that is to be kept', source: { path: 'rate', onResend: 'keep' as const }, updated: false },
])('a re-send writes $title: $updated', ({ source, updated }) => {
  expect(isUpdated(source, 'target', Instance.parse(anInstance()))).toBe(updated);
  expect(isUpdated(source, 'title', Instance.parse(anInstance()))).toBe(false);
});
