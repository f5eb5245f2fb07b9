import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { messagesOf } from '../../../shared/userlike/messages/messages-of.ts';
import { anyMessage } from '../../support/any-conversations.ts';
import { aConversation, aMessage, anOperator } from '../../support/conversations.ts';

function messagesIn(transcript: unknown[]) {
  return messagesOf(Conversation.parse(aConversation({ transcript })));
}
function idsIn(transcript: unknown[]) {
  return messagesIn(transcript).map(({ id }) => id);
}
function bodiesIn(transcript: unknown[]) {
  return messagesIn(transcript).map(({ body }) => body);
}

describe('the messages of a conversation', () => {
  it('come in the order of their ids, compared as numbers', () => {
    expect(idsIn(['1.10.2', '1.9.30', '2.1.1', '1.10.1'].map((id) => aMessage({ id })))).toEqual([
      '1.9.30',
      '1.10.1',
      '1.10.2',
      '2.1.1',
    ]);
  });

  it('are compared exactly beyond 2^53', () => {
    const ids = ['1.1.9007199254740993', '1.1.9007199254740992', '1.1.09007199254740991'];
    expect(idsIn(ids.map((id) => aMessage({ id })))).toEqual([...ids].reverse());
  });

  it('appear once, however many there are', () => {
    expect(bodiesIn([aMessage(), aMessage({ id: '1.1.1', body: 'x' }), aMessage()])).toEqual([
      'x',
      'Hello, I have a question.',
    ]);
  });

  it('are deleted where one of two copies is', () => {
    const copies = [aMessage({ is_deleted: true, body: 'a' }), aMessage({ is_deleted: false, body: 'z' })];
    for (const transcript of [copies, [...copies].reverse()])
      expect(messagesIn(transcript)).toMatchObject([{ is_deleted: true }]);
  });

  it('are the same of two different copies, whichever comes first', () => {
    const copies = [aMessage({ body: 'a' }), aMessage({ body: 'z' })];
    expect(bodiesIn([...copies].reverse())).toEqual(bodiesIn(copies));
  });

  it('have a fixed order where ids differ in leading zeros only', () => {
    const copies = [aMessage({ id: '1.1.1' }), aMessage({ id: '1.1.01' })];
    expect(idsIn([...copies].reverse())).toEqual(idsIn(copies));
  });

  it('without an id and a time come last, wherever they were', () => {
    const transcript = ['2024-02-22 15:00:01', null, '2024-02-22 15:00:02', '2024-02-22 15:00:03'].map((sent_at) =>
      aMessage({ id: null, sent_at }),
    );
    for (const turn of transcript.keys()) {
      const turned = [...transcript.slice(turn), ...transcript.slice(0, turn)];
      expect(messagesIn(turned).map(({ sent_at }) => sent_at?.slice(-1))).toEqual(['1', '2', '3', undefined]);
    }
  });

  it('without an id come behind the others where times are equal or unknown', () => {
    const one = (id: string | null, sent_at: string | null) => aMessage({ id, sent_at, body: id ?? 'none' });
    const at = '2024-02-22 15:00:01';
    expect(bodiesIn([one(null, at), one('1.1.1', at)])).toEqual(['1.1.1', 'none']);
    expect(bodiesIn([one(null, at), one('1.1.1', null)])).toEqual(['1.1.1', 'none']);
    expect(bodiesIn([one(null, null), one('1.1.1', at)])).toEqual(['1.1.1', 'none']);
  });

  it('have their id in msgid where id is missing', () => {
    expect(messagesIn([aMessage({ id: null, msgid: '1.1.1' }), aMessage({ id: '', msgid: '1.1.1' })])).toHaveLength(1);
  });

  it('without an id come by their time, and as they came where that is equal', () => {
    const at = (sent_at: string | null, body: string) => aMessage({ id: null, sent_at, body });
    const transcript = [
      at(null, 'no time'),
      at('2024-02-22 15:00:02', 'c'),
      at('2024-02-22T15:00:01.5Z', 'b'),
      at('2024-02-22T16:00:02+01:00', 'd'),
      at('2024-02-22T15:00:01.25Z', 'a'),
    ];
    expect(bodiesIn(transcript)).toEqual(['a', 'b', 'c', 'd', 'no time']);
  });

  it.each(['9.9', '9.9.9.9', '9.9.x', 'x9.9.9', '9.9x.9', '9..9', ''])(
    'with an id of another form come by their time: %j',
    (id) => {
      const at = (second: number, id: string | null) =>
        aMessage({ id, sent_at: `2024-02-22T15:00:0${second}Z`, body: `${second}` });
      expect(bodiesIn([at(5, '1.1.1'), at(9, '1.1.2'), at(2, id), at(1, null), at(7, null), at(8, null)])).toEqual([
        '1',
        '2',
        '5',
        '7',
        '8',
        '9',
      ]);
    },
  );

  it('with equal times and ids of another form stay as they came', () => {
    const bodies = ['c', 'a', 'b'];
    expect(bodiesIn(bodies.map((body) => aMessage({ id: `m-${body}`, body })))).toEqual(bodies);
    expect(bodiesIn(bodies.map((body) => aMessage({ id: `m-${body}`, body, sent_at: null })))).toEqual(bodies);
  });

  it('have ids whose parts are numbers, however many zeros they begin with', () => {
    expect(idsIn(['1.1.10', '1.1.0009'].map((id) => aMessage({ id })))).toEqual(['1.1.0009', '1.1.10']);
  });

  it('without an id are all kept, equal ones too', () => {
    expect(bodiesIn([aMessage({ id: null, body: 'ok' }), aMessage({ id: null, body: 'ok' })])).toEqual(['ok', 'ok']);
  });

  it('without an id come between the others by their time', () => {
    const transcript = [
      aMessage({ id: null, sent_at: '2024-02-22T15:00:05Z', body: 'between' }),
      aMessage({ id: '1.1.2', sent_at: '2024-02-22T15:00:09Z', body: 'second' }),
      aMessage({ id: '1.1.1', sent_at: '2024-02-22T15:00:01Z', body: 'first' }),
      aMessage({ id: 'm-9', sent_at: '2024-02-22T15:00:10Z', body: 'last' }),
    ];
    expect(bodiesIn(transcript)).toEqual(['first', 'between', 'second', 'last']);
  });

  it.each(['$lime', ' $lime ', '$lime helpdesk', '$lime\targument'])(
    "are without the operator's command %j",
    (body) => {
      expect(messagesIn([aMessage({ ...anOperator, body })])).toEqual([]);
    },
  );

  it.each([
    ['a contact types the command', { body: '$lime' }],
    ['an operator types another word', { ...anOperator, body: '$limerick' }],
    ['an operator speaks of it', { ...anOperator, body: 'I use $lime' }],
    ['an operator goes on in the next line', { ...anOperator, body: '$lime\nHow can I help?' }],
    ['a bot says it', { ...anOperator, operator_is_bot: true, body: '$lime' }],
  ])('are kept where %s', (_title, overrides) => {
    expect(messagesIn([aMessage(overrides)])).toHaveLength(1);
  });

  it('of a conversation without a transcript are none', () => {
    expect(messagesOf(Conversation.parse({ id: 1 }))).toEqual([]);
  });

  it('do not depend on the order they were sent in, nor on being sent twice', () => {
    const transcripts = fc
      .array(fc.tuple(fc.stringMatching(/^[0-9]{1,3}\.[0-9]{1,2}\.[0-9]{1,20}$/), anyMessage), { maxLength: 8 })
      .map((entries) => entries.map(([id, message]) => ({ ...message, id })))
      .chain((messages) =>
        fc.tuple(
          fc.constant(messages),
          fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(transcripts, ([transcript, shuffled]) => {
        expect(messagesIn(shuffled)).toEqual(messagesIn(transcript));
      }),
    );
  });
});
