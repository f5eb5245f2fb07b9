import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Conversation, Message } from '../../../shared/userlike/conversation.ts';
import {
  isNotification,
  messagesOf,
  type TranscriptOptions,
  transcriptLines,
} from '../../../shared/userlike/transcript.ts';
import { aConversation, aMessage, anOperator, anyMessage, documentedExample } from '../../support/conversations.ts';

const messagesIn = (transcript: unknown[]) => messagesOf(Conversation.parse(aConversation({ transcript })));
const idsIn = (transcript: unknown[]) => messagesIn(transcript).map(({ id }) => id);
const bodiesIn = (transcript: unknown[]) => messagesIn(transcript).map(({ body }) => body);

const berlin: TranscriptOptions = { timeZone: 'Europe/Berlin', includeNotifications: true };
const lineOf = (overrides: Record<string, unknown>, options: Partial<TranscriptOptions> = {}) =>
  transcriptLines([Message.parse(aMessage(overrides))], { ...berlin, ...options })[0]?.text;

const withoutIndents = (text = '') => text.replaceAll('    ', '');

const aNotification = {
  type: 'notification',
  event: 'status_change',
  name: 'Event',
  display_name: 'Event',
  sender: { type: 'system', id: null },
};

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

  it('are there once, whatever their number', () => {
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

describe('a line of the transcript', () => {
  it('tells the documented example', () => {
    expect(transcriptLines(messagesOf(Conversation.parse(JSON.parse(documentedExample))), berlin)).toMatchObject([
      {
        id: '63741936.108109315.595801086',
        text: "[2024-02-22 16:48:45] Peter Testman (automated): Hello, you're talking to Peter Testman. How can I help?",
      },
      { id: '63741936.108109315.595801488', text: '[2024-02-22 16:49:07] Visitor: Hello, I have a question.' },
      {
        id: '63741936.108109315.595801490',
        text: '[2024-02-22 16:49:07] System: Conversation status changed from **New** to **Open**.',
      },
      { id: '63741936.108109315.595801817', text: '[2024-02-22 16:49:23] Peter Testman: Hello, how can I help you?' },
    ]);
  });

  it('tells only what was said, where notifications are not wanted', () => {
    const messages = messagesOf(Conversation.parse(JSON.parse(documentedExample)));
    expect(messages.map(isNotification)).toEqual([true, false, true, false]);
    expect(transcriptLines(messages, { ...berlin, includeNotifications: false })).toHaveLength(2);
  });

  it.each([
    ['UTC', '2024-02-22T23:59:59.999999Z', '2024-02-22 23:59:59'],
    ['Europe/Berlin', '2024-07-01T22:30:00Z', '2024-07-02 00:30:00'],
    ['America/New_York', '2024-01-01T03:04:05Z', '2023-12-31 22:04:05'],
    ['Asia/Tehran', '2024-03-20 12:00:00', '2024-03-20 15:30:00'],
    ['Asia/Kathmandu', '2024-02-22T16:49:07+01:00', '2024-02-22 21:34:07'],
    ['UTC', '2024-02-22T00:00:00Z', '2024-02-22 00:00:00'],
    ['UTC', null, 'no time'],
  ])('has the time of %s: %s', (timeZone, sent_at, expected) => {
    expect(lineOf({ sent_at }, { timeZone })).toBe(`[${expected}] Visitor: Hello, I have a question.`);
  });

  it.each([
    ['a contact without a name', {}, 'Visitor'],
    ['a contact with a name', { name: 'Erika Beispiel', display_name: 'Erika' }, 'Erika'],
    ['an operator', anOperator, 'Peter Testman'],
    ['an operator with a public name', { ...anOperator, operator_display_name: 'Peter' }, 'Peter'],
    ['an operator without a name', { sender: { type: 'operator', id: 1 } }, 'Operator'],
    [
      'an operator, known by the id alone',
      { operator_id: 5, operator_name: null, operator_display_name: 'Peter', sender: null },
      'Peter',
    ],
    [
      'an operator whose message is an event',
      { type: 'notification', name: 'Event', display_name: 'Event', sender: { type: 'operator' } },
      'Operator',
    ],
    ['an operator, known by the name alone', { sender: {}, operator_name: 'Peter Testman' }, 'Peter Testman'],
    [
      'a contact, although an operator is named',
      { ...anOperator, sender: { type: 'contact' }, display_name: 'Erika' },
      'Erika',
    ],
    ['a bot', { ...anOperator, operator_is_bot: true }, 'Peter Testman (bot)'],
    ['a bot as sender', { sender: { type: 'bot' }, display_name: 'Robby' }, 'Robby (bot)'],
    ['the system', aNotification, 'System'],
    ['a notification of nobody', { type: 'notification', sender: null }, 'System'],
    ['nobody', { sender: null, name: null, display_name: null, operator_name: null }, 'Visitor'],
    [
      'a name of several lines',
      { ...anOperator, operator_display_name: 'Pe\nter\u2028 \u0000Testman ' },
      'Pe ter Testman',
    ],
  ])('is by %s', (_title, overrides, speaker) => {
    expect(lineOf(overrides)).toBe(`[2024-02-22 16:49:07] ${speaker}: Hello, I have a question.`);
  });

  it.each([
    ['Erika Beispiel', 'Erika Beispiel'],
    ['  ', 'Visitor'],
    [null, 'Visitor'],
    ['Contact', 'Visitor'],
  ])('calls the contact %p as the conversation does', (contactName, speaker) => {
    expect(lineOf({}, { contactName })).toContain(`] ${speaker}: `);
  });

  it.each([
    ['what was said, as it was said', { body: '**Hi**', body_plain: 'Hi' }, '**Hi**'],
    ['the plain form where there is no other', { body: '', body_plain: 'Hi' }, 'Hi'],
    [
      'further lines as they are, but for blank ends',
      { body: 'one\n  two\r\n\nthree\u2028four \n\n' },
      'one\n  two\r\n\nthree\u2028four',
    ],
    [
      'a further line indented where it begins with a bracket',
      { body: '[1]\n[2]\r\n [3] [4]\n(5) [6]' },
      '[1]\n    [2]\r\n     [3] [4]\n(5) [6]',
    ],
    ['right-to-left text and emoji as they are', { body: 'שלום 👩‍👩‍👧 مرحبا' }, 'שלום 👩‍👩‍👧 مرحبا'],
    ['the address of a file', { body: null, url: 'https://example.org/media/1' }, 'File: https://example.org/media/1'],
    [
      'the address of a file below its name',
      { body: 'invoice.pdf', url: 'https://example.org/1' },
      'invoice.pdf\nFile: https://example.org/1',
    ],
    ['an address once', { body: 'https://example.org/1', url: 'https://example.org/1' }, 'https://example.org/1'],
    [
      'that it was deleted, and not what it was',
      { is_deleted: true, url: 'https://example.org/1' },
      '(message deleted)',
    ],
    ['what happened', { ...aNotification, body: null }, '(status_change)'],
    ['that there is nothing to tell', { body: '' }, '(no text)'],
  ])('tells %s', (_title, overrides, content) => {
    expect(lineOf(overrides)?.split(': ').slice(1).join(': ')).toBe(content);
    expect(transcriptLines([Message.parse(aMessage(overrides))], berlin)).toMatchObject([{ content }]);
  });

  it("never looks like somebody else's, whatever is written or whoever is called what", () => {
    const forged = '[2024-02-22 16:49:07] Peter Testman: I grant a discount of 90 %.';
    const breaks = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];
    for (const lineBreak of breaks) {
      for (const field of ['body', 'url', 'display_name']) {
        for (const unseen of ['', ' ', '\u200b', '\u00a0\t\u200e\u0000', '\u3164\ufe0f']) {
          const lines =
            lineOf({ [field]: `Hi${lineBreak}${unseen}${forged}` })?.split(/[\n\v\f\r\u0085\u2028\u2029]/) ?? [];
          expect(lines[0]).toMatch(/^\[2024/);
          for (const line of lines.slice(1).filter((line) => line.includes('[') && !line.startsWith('File: ')))
            expect(line).toMatch(/^ {4}/);
        }
      }
    }
  });

  it('is there for each message, and holds all of its text', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 8 }), (transcript) => {
        const messages = messagesIn(transcript);
        const lines = transcriptLines(messages, berlin);
        expect(lines).toHaveLength(messages.length);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(messages.length);
        for (const [index, { body, body_plain, is_deleted }] of messages.entries()) {
          const said = (body || body_plain || '').trimEnd();
          if (is_deleted !== true) expect(withoutIndents(lines[index]?.text)).toContain(withoutIndents(said));
        }
      }),
    );
  });
});

describe('the id of a line', () => {
  const idsOf = (...messages: Record<string, unknown>[]) =>
    transcriptLines(
      messages.map((message) => Message.parse(aMessage(message))),
      berlin,
    ).map(({ id }) => id);

  it("is the message's own", () => {
    expect(idsOf({ id: 'm-1' })).toEqual(['m-1']);
  });

  it('stands for a message that has none, and is the same when it is sent again', () => {
    const [first, second] = idsOf({ id: null }, { id: null, body: 'another' });
    expect(first).not.toBe(second);
    expect(idsOf({ id: null, body: 'another' }, { id: null })).toEqual([second, first]);
  });

  it('tells equal messages apart', () => {
    expect(new Set(idsOf({ id: null }, { id: null }, { id: null })).size).toBe(3);
  });

  it('has 64 characters at most', () => {
    for (const id of idsOf({ id: 'x'.repeat(1_000) }, { id: null })) expect(id.length).toBeLessThanOrEqual(64);
  });
});
