import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AddonCall, parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { anyConversation, anyText } from '../../support/any-conversations.ts';
import { aConversation, documentedExample } from '../../support/conversations.ts';
import { outline, parse, refusalOf } from '../../support/userlike/addon-calls.ts';

describe('an add-on call', () => {
  it('carries the documented example as it was sent', () => {
    const { conversations, rejected, ignored } = parseAddonCall(documentedExample, '108905');
    expect(conversations).toMatchObject([{ index: 0, conversation: { id: 63741936 } }]);
    expect(conversations[0]?.json).toBe(JSON.stringify(JSON.parse(documentedExample)));
    expect([...rejected, ...ignored]).toEqual([]);
  });

  it.each([
    ['one conversation', aConversation(), [[0, 63741936]]],
    ['one without _type and _event', aConversation({ _type: undefined, _event: undefined }), [[0, 63741936]]],
    ['one with null for _type and _event', aConversation({ _type: null, _event: null }), [[0, 63741936]]],
    ['one that ended', aConversation({ _event: 'ended' }), [[0, 63741936]]],
    ['a session', aConversation({ _type: 'chat_session', _event: 'end' }), [[0, 63741936]]],
    ['an event that nobody has heard of', aConversation({ _event: 'teleported' }), [[0, 63741936]]],
    ['a list of one', [aConversation()], [[0, 63741936]]],
    [
      'a list',
      [aConversation({ id: 1 }), aConversation({ id: '2' })],
      [
        [0, 1],
        [1, '2'],
      ],
    ],
    [
      'the same conversation twice',
      [aConversation(), aConversation()],
      [
        [0, 63741936],
        [1, 63741936],
      ],
    ],
    [
      'a wrapper',
      { conversations: [aConversation({ id: 1 }), aConversation({ id: 2 })] },
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'a wrapper with a type of its own',
      { _type: 'bulk', _event: 'sent', conversations: [aConversation()] },
      [[0, 63741936]],
    ],
    [
      'a conversation that got a property named conversations',
      aConversation({ conversations: [{ id: 5 }] }),
      [[0, 63741936]],
    ],
    ['an id alone', { id: 5 }, [[0, 5]]],
  ])('may be %s', (_title, body, taken) => {
    expect(outline(parse(body))).toEqual({ taken, rejected: [], ignored: [] });
  });

  it.each([
    ['an empty object', '{}'],
    ['an empty list', '[]'],
    ['a number', '5'],
    ['a text', '"hello"'],
    ['null', 'null'],
    ['true', 'true'],
    ['an object for a list', '{"conversations": {}}'],
    ['an empty list of conversations', '{"conversations": []}'],
    ['null for the list', '{"conversations": null}'],
    ['an object for a list, with a type', '{"conversations": {}, "_type": "conversation", "_event": "ended"}'],
    ['an empty list, with topics', '{"conversations": [], "topics": []}'],
    ['an object with nothing of a conversation', '{"hello": "world"}'],
    ['a form with one more wrapper', '{"data": {"id": 1}}'],
    ['no JSON', 'id=1'],
    ['nothing', ''],
  ])('is refused with 400 where it is %s', (_title, text) => {
    expect(refusalOf(text)?.reason).toBe('malformed');
  });

  it('names the accepted forms', () => {
    expect(refusalOf('{}')?.detail).toBe(
      'The body holds no conversation: send one, a non-empty list of them, or {"conversations": [...]}.',
    );
  });

  it.each(['_event', 'organization_id', 'contact', 'topics', 'transcript', 'last_message'])(
    'is a conversation without its id where it has %s',
    (key) => {
      expect(outline(parse({ [key]: null })).rejected).toEqual([[0, undefined, 'id']]);
    },
  );

  it.each([
    ['operator', 'online'],
    ['um_widget', 'config'],
    ['chat_widget', 'config'],
    ['misc', undefined],
    ['Conversation', undefined],
  ])('is ignored where it is of type %s', (type, event) => {
    expect(outline(parse({ _type: type, _event: event, id: 7, name: 'Peter' }))).toEqual({
      taken: [],
      rejected: [],
      ignored: [{ index: 0, type, ...(event !== undefined && { event }) }],
    });
  });

  it.each([
    ['and nothing else', {}],
    ['with something else in the place of conversations', { conversations: {} }],
    ['with no conversations', { conversations: [] }],
  ])('is ignored where it has an operator, %s', (_title, others) => {
    expect(parse({ _type: 'operator', ...others }).ignored).toEqual([{ index: 0, type: 'operator' }]);
  });

  it.each([
    ['of its type', { _type: 'conversation' }],
    ['with an event', { _event: 'ended' }],
    ['with a transcript', { transcript: [] }],
  ])('lacks an id where there is a conversation %s', (_title, body) => {
    expect(outline(parse(body)).rejected).toEqual([[0, undefined, 'id']]);
  });

  it('does not send a long type back whole', () => {
    expect(parse({ _type: 'x'.repeat(1_000), _event: 'y'.repeat(1_000) }).ignored).toEqual([
      { index: 0, type: 'x'.repeat(64), event: 'y'.repeat(64) },
    ]);
  });

  it('reports each entry by its position in the call', () => {
    const body = [
      aConversation({ id: 1 }),
      { _type: 'operator', _event: 'away' },
      aConversation({ id: 0 }),
      aConversation({ id: 4 }),
      5,
      {},
    ];
    expect(outline(parse(body))).toEqual({
      taken: [
        [0, 1],
        [3, 4],
      ],
      rejected: [
        [2, undefined, 'id'],
        [4, undefined, ''],
        [5, undefined, 'id'],
      ],
      ignored: [{ index: 1, type: 'operator', event: 'away' }],
    });
  });

  it('holds 10,000 conversations and no more', () => {
    const of = (count: number) => `[${Array(count).fill('{"id":1}').join(',')}]`;
    expect(parseAddonCall(of(10_000), '108905').conversations).toHaveLength(10_000);
    expect(refusalOf(of(10_001))).toMatchObject({ reason: 'tooMany', detail: expect.stringContaining('10000') });
  });

  it('of n conversations equals n calls of one', () => {
    const entry = fc.oneof(
      { weight: 4, arbitrary: anyConversation },
      fc.constantFrom<Record<string, unknown>>(
        { _type: 'operator', _event: 'online' },
        aConversation({ id: -1 }),
        aConversation({ organization_id: 1 }),
      ),
    );
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.boolean(), (entries, wrapped) => {
        const bulk = parse(wrapped ? { conversations: entries } : entries);
        const single = entries.map(parse);
        const moved = <T extends { index: number }>(pick: (call: AddonCall) => T[]) =>
          single.flatMap((call, index) => pick(call).map((one) => ({ ...one, index })));
        expect(bulk.conversations).toEqual(moved((call) => call.conversations));
        expect(bulk.rejected).toEqual(moved((call) => call.rejected));
        expect(bulk.ignored).toEqual(moved((call) => call.ignored));
      }),
    );
  });

  it('is accepted or refused for any text, and throws nothing else', () => {
    const text = fc.oneof(
      anyText,
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ id: 1, transcript: value, contact: value })),
    );
    fc.assert(
      fc.property(text, (text) => {
        refusalOf(text);
      }),
    );
  });
});
