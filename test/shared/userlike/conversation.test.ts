import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Conversation, findingsOf, topicsOf } from '../../../shared/userlike/conversation.ts';
import { anyConversation } from '../../support/any-conversations.ts';
import { aConversation, aMessage, documentedExample } from '../../support/conversations.ts';

function findingsIn(value: unknown) {
  const parsed = Conversation.safeParse(value);
  return parsed.success ? [] : findingsOf(parsed.error);
}
function pathsIn(value: unknown) {
  return findingsIn(value).map(({ path }) => path);
}

describe('a conversation', () => {
  it('is the documented example, taken whole', () => {
    const example: Record<string, unknown> = JSON.parse(documentedExample);
    const conversation = Conversation.parse(example);
    expect(Object.keys(conversation).sort()).toEqual(Object.keys(example).sort());
    expect(conversation.transcript).toHaveLength(4);
    expect(conversation.transcript?.[1]).toMatchObject({
      uuid: '22f6db32-a9dd-1111-9d39-72f9de54478b',
      links_found: [],
    });
  });

  it.each([
    ['an id alone', { id: 1 }],
    ['the largest safe id', { id: Number.MAX_SAFE_INTEGER }],
    ['an id of 32 digits', { id: '1'.repeat(32) }],
    [
      'null in every place that may be empty',
      { id: 1, topics: null, contact: null, transcript: null, organization_id: null },
    ],
    ['a message with nothing in it', aConversation({ transcript: [{}] })],
    [
      'a message with null everywhere',
      aConversation({ transcript: [Object.fromEntries(Object.keys(aMessage()).map((key) => [key, null]))] }),
    ],
    [
      'a type of message that nobody has heard of',
      aConversation({ transcript: [aMessage({ type: 'hologram', event: 'waved' })] }),
    ],
    ['topics as texts', aConversation({ topics: ['Sales', null, { text: null }, {}] })],
    ['unknown properties of any type', aConversation({ brand_new: { deep: [1, null] }, updated_at: 5, status: [] })],
    [
      'unknown types in places that are not used',
      aConversation({ contact: { tags: 5, id: 'x', gender: {} }, um_widget: 'x' }),
    ],
  ])('may be %s', (_title, value) => {
    expect(findingsIn(value)).toEqual([]);
  });

  it.each([
    ['no object', 5, ['']],
    ['a list', [], ['']],
    ['without an id', aConversation({ id: undefined }), ['id']],
    ['with null for an id', aConversation({ id: null }), ['id']],
    ['with the id 0', aConversation({ id: 0 }), ['id']],
    ['with a negative id', aConversation({ id: -1 }), ['id']],
    ['with a fraction for an id', aConversation({ id: 1.5 }), ['id']],
    ['with an unsafe id', aConversation({ id: 2 ** 53 }), ['id']],
    ['with an empty id', aConversation({ id: '' }), ['id']],
    ['with an id of 33 digits', aConversation({ id: '1'.repeat(33) }), ['id']],
    ['with a word for an id', aConversation({ id: 'abc' }), ['id']],
    ['with digits of another script for an id', aConversation({ id: '١٢٣' }), ['id']],
    ['with an object for an organization', aConversation({ organization_id: {} }), ['organization_id']],
    ['with an object for a transcript', aConversation({ transcript: {} }), ['transcript']],
    ['with a text for a transcript', aConversation({ transcript: 'hello' }), ['transcript']],
    ['with a text for a message', aConversation({ transcript: [aMessage(), 'hello'] }), ['transcript.1']],
    ['with null for a message', aConversation({ transcript: [null] }), ['transcript.0']],
    [
      'with an unreadable time',
      aConversation({ transcript: [aMessage({ sent_at: 'soon' })] }),
      ['transcript.0.sent_at'],
    ],
    ['with a number for a time', aConversation({ transcript: [aMessage({ sent_at: 17 })] }), ['transcript.0.sent_at']],
    ['with a number for a body', aConversation({ transcript: [aMessage({ body: 5 })] }), ['transcript.0.body']],
    [
      'with a list for a body',
      aConversation({ transcript: [aMessage({ body_plain: [] })] }),
      ['transcript.0.body_plain'],
    ],
    ['with an object for a message id', aConversation({ transcript: [aMessage({ id: {} })] }), ['transcript.0.id']],
    [
      'with a text for a sender',
      aConversation({ transcript: [aMessage({ sender: 'contact' })] }),
      ['transcript.0.sender'],
    ],
    [
      'with a list for a sender type',
      aConversation({ transcript: [aMessage({ sender: { type: [] } })] }),
      ['transcript.0.sender.type'],
    ],
    ['with a list for a contact', aConversation({ contact: [] }), ['contact']],
    ['with an object for an e-mail address', aConversation({ contact: { email: {} } }), ['contact.email']],
    ['broken in two places', aConversation({ id: 0, contact: { name: [] } }), ['id', 'contact.name']],
  ])('is refused %s', (_title, value, paths) => {
    expect(pathsIn(value).sort()).toEqual(paths.sort());
  });

  it.each<[string, unknown, string]>([
    ['', 5, 'must be an object'],
    ['id', 0, 'must be a positive safe integer or a string of 1 to 32 digits'],
    ['id', null, 'must be a positive safe integer or a string of 1 to 32 digits'],
    ['organization_id', {}, 'must be a number or a text'],
    ['contact', [], 'must be an object'],
    ['contact.email', {}, 'must be a text'],
    ['transcript', {}, 'must be a list'],
    ['transcript.0', 'hello', 'must be an object'],
    ['transcript.0.body', 5, 'must be a text or null'],
    ['transcript.0.sent_at', 17, 'must be a time'],
    ['transcript.0.sent_at', 'soon', 'must be a time such as 2024-02-22T15:49:07.228Z'],
    ['transcript.0.sender', 'contact', 'must be an object'],
  ])('names the rule that %j breaks: %j %s', (path, value, message) => {
    const broken = path
      .split('.')
      .reverse()
      .reduce<unknown>((inner, key) => (key === '' ? inner : key === '0' ? [inner] : { [key]: inner }), value);
    const conversation = typeof broken === 'object' && broken !== null ? aConversation({ ...broken }) : broken;
    expect(findingsIn(conversation)).toEqual([{ path, message }]);
  });

  it('holds 20,000 messages, and no more', () => {
    const messages = (count: number) => ({ id: 1, transcript: Array(count).fill({}) });
    expect(findingsIn(messages(20_000))).toEqual([]);
    expect(findingsIn(messages(20_001))).toEqual([{ path: 'transcript', message: 'must hold at most 20000 messages' }]);
  });

  it('is refused for too many messages before one of them is read', () => {
    const transcript = Array.from({ length: 20_001 }, () => ({ sent_at: 'yesterday' }));
    const tooMany = { path: 'transcript', message: 'must hold at most 20000 messages' };
    expect(findingsIn({ id: 1, transcript })).toEqual([tooMany]);
  });

  it.each(['phone_number', 'mobile_number', 'external_customer_id', 'name', 'email'])(
    'has a number for %s as its text',
    (key) => {
      expect(Conversation.parse(aConversation({ contact: { [key]: 4915112345678 } })).contact?.[key]).toBe(
        '4915112345678',
      );
    },
  );

  it('may have an empty text for a missing time', () => {
    expect(findingsIn(aConversation({ transcript: [aMessage({ sent_at: '' })] }))).toEqual([]);
  });

  it('has a number for a message id as its text', () => {
    expect(Conversation.parse(aConversation({ transcript: [aMessage({ id: 42 })] })).transcript?.[0]?.id).toBe('42');
  });

  it.each([63741936, '0063741936'])('keeps the id as it was sent: %p', (id) => {
    expect(Conversation.parse(aConversation({ id })).id).toBe(id);
  });

  it('names five findings at most, however many there are', () => {
    expect(
      findingsIn(aConversation({ transcript: Array(10_000).fill({ body: 5, url: {}, name: {}, type: {} }) })),
    ).toHaveLength(5);
  });

  it('is checked no further once there are enough findings', () => {
    const unread = {
      get body(): string {
        throw new Error('was read');
      },
    };
    expect(findingsIn(aConversation({ transcript: [1, 2, 3, 4, 5, unread] }))).toHaveLength(5);
  });

  it('never quotes a value in a finding', () => {
    const secret = 'Erika-Beispiel-4711';
    const values = [secret, [secret], { [secret]: secret }, { id: secret, type: { text: secret } }];
    const paths = ['id', 'organization_id', 'topics', 'contact', 'transcript'];
    for (const value of values) {
      const broken = [
        value,
        ...paths.map((path) => aConversation({ [path]: value })),
        aConversation({ topics: [value, [value]], contact: { name: value, email: value }, transcript: [value] }),
        ...Object.keys(aMessage()).map((key) => aConversation({ transcript: [aMessage({ [key]: value })] })),
      ];
      for (const conversation of broken) expect(JSON.stringify(findingsIn(conversation))).not.toContain('4711');
    }
  });

  it('is any conversation that only lacks things', () => {
    fc.assert(fc.property(anyConversation, (conversation) => findingsIn(conversation).length === 0));
  });
});

describe("a conversation's topics", () => {
  it.each([
    ['objects with a text', [{ text: 'Sales' }, { text: 'Support', id: 5 }], ['Sales', 'Support']],
    ['texts', ['Sales'], ['Sales']],
    ['objects with a name', [{ id: 1, name: 'Sales' }, { title: 'Support' }], ['Sales', 'Support']],
    ['objects within objects', [{ text: { en: 'Sales' } }], ['en: Sales']],
    ['numbers', [5], ['5']],
    ['one text', 'Sales', ['Sales']],
    ['one object', { id: 1, text: 'Sales' }, ['Sales']],
    ['a list that was made an object', { 0: { text: 'Sales' }, 1: 'Support' }, ['Sales', 'Support']],
    ['lists in a list', [['Sales'], [[{ name: 'Support' }]]], ['Sales', 'Support']],
    ['an object of another kind', [{ department: 'Sales', id: 4 }], ['department: Sales']],
    ['true', true, ['true']],
    ['none for an empty object', {}, []],
    ['cut of blanks', [' Sales '], ['Sales']],
    ['left out where they are empty', ['', ' ', null, {}, { text: null }], []],
    ['none for null', null, []],
  ])('are %s', (_title, topics, expected) => {
    expect(topicsOf(Conversation.parse(aConversation({ topics })))).toEqual(expected);
  });
});
