import { describe, expect, it } from '@jest/globals';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { decodeRecord, encodeRecord } from '../../../../shared/queue/envelope.ts';
import { topicsOf } from '../../../../shared/userlike/conversation.ts';
import { settingsOf } from '../../../support/mapping/builders.ts';
import { outline, parse } from '../../../support/userlike/addon-calls.ts';

function anEvent(type: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    _type: type,
    _event: 'receive',
    id: 67,
    client_name: 'Ada',
    client_email: 'ada@example.org',
    created_at: '2014-12-29 11:23:24',
    operator_current: { id: 13, name: 'Bo Example', email: 'bo@example.org' },
    topic: 'Support',
    ...overrides,
  };
}

const messages = [
  { message: 'My lamp is dark', person: 'Ada', sent_at: '2014-12-29 11:23:27', type: 'co' },
  { message: 'Is it plugged in?', person: 'Bo', sent_at: '2014-12-29 11:23:40', type: 'oc' },
  { message: 'Bo left the chat', person: 'System', sent_at: '2014-12-29 11:24:00', type: 'sy' },
  { message: 'Goodbye', person: 'Robo', sent_at: '2014-12-29 11:24:10', type: 'xyz' },
];

function textsIn(event: unknown): string[] {
  const [call] = parse(event).conversations;
  return call === undefined
    ? []
    : toDraft(call.conversation, settingsOf({ timeZone: 'UTC' })).entries.map(({ text }) => text);
}

describe("Userlike's older events", () => {
  it('become a conversation: a chat', () => {
    const chat = anEvent('chat_meta', { messages, rate: 5, post_survey_option: 'Happy', notes: [], transcript: null });
    expect(textsIn(chat)).toEqual([
      '[2014-12-29 11:23:27] Contact Ada: My lamp is dark',
      '[2014-12-29 11:23:40] Bo: Is it plugged in?',
      '[2014-12-29 11:24:10] Robo (xyz): Goodbye',
      'Survey after the chat: Happy',
      'Rating: 5',
    ]);
  });

  it('become a conversation: an offline message', () => {
    expect(textsIn(anEvent('offline_message', { message: 'Please call me' }))).toEqual([
      '[2014-12-29 11:23:24] Contact Ada: Please call me',
    ]);
  });

  it.each(['start', 'forward', 'rating', 'feedback', 'survey', 'receive', 'goal'])(
    'are conversations also without messages yet: chat_meta %s',
    (_event) => {
      expect(outline(parse(anEvent('chat_meta', { _event, messages: [] }))).taken).toEqual([[0, 67]]);
    },
  );

  it('have a contact and topics where settings look for them, and all they had', () => {
    const [taken] = parse(anEvent('chat_meta', { messages })).conversations;
    expect(taken?.conversation).toMatchObject({
      contact: { name: 'Ada', email: 'ada@example.org' },
      topics: [{ text: 'Support' }],
      client_name: 'Ada',
      operator_current: { email: 'bo@example.org' },
      messages,
    });
    expect(taken === undefined ? [] : topicsOf(taken.conversation)).toEqual(['Support']);
  });

  it('come out of the queue as they went in', () => {
    const [taken] = parse(anEvent('chat_meta', { messages })).conversations;
    const origin = { organization: '108905', callId: 'c', acceptedAt: '2024-02-22T15:49:23.146Z' };
    const record = encodeRecord(origin, taken?.json ?? '') ?? '';
    expect(decodeRecord(record)).toMatchObject({ ok: true, conversation: taken?.conversation });
  });

  it.each([
    { title: 'has its type missing', message: { type: null, person: 'Ada' }, speaker: 'Contact Ada' },
    { title: 'has its type missing and another name', message: { type: undefined, person: 'Bo' }, speaker: 'Bo' },
    { title: 'is a bot', message: { type: 'bc', person: 'Robo' }, speaker: 'Robo (bot)' },
    { title: 'has nobody', message: { type: 'co', person: null }, speaker: 'Contact Ada' },
  ])('tell who said a message that $title', ({ message, speaker }) => {
    const one = { message: 'Hi', sent_at: '2014-12-29 11:23:27', ...message };
    expect(textsIn(anEvent('chat_meta', { messages: [one] }))).toEqual([`[2014-12-29 11:23:27] ${speaker}: Hi`]);
  });

  it('are refused with the path of a broken message', () => {
    const broken = anEvent('chat_meta', { messages: [{ message: 'x', sent_at: 'soon' }, 5] });
    expect(outline(parse(broken)).rejected).toEqual([[0, 67, 'transcript.0.sent_at', 'transcript.1']]);
  });

  it('that hold no conversation are ignored', () => {
    const others = [
      { _type: 'operator', _event: 'away', id: 5, name: 'Bo Example', email: 'bo@example.org' },
      { _type: 'chat_widget', _event: 'config', id: 9, name: 'Website', goals: [] },
      { _type: 'um_widget', _event: 'config', id: 9 },
    ];
    expect(outline(parse(others))).toMatchObject({
      taken: [],
      rejected: [],
      ignored: others.map(({ _type }) => ({ type: _type })),
    });
  });
});

describe('an event of an unknown type', () => {
  const conversation = { id: 8, transcript: [{ id: '8.1.1', body: 'Hi' }] };

  it.each([
    { title: 'has a transcript', event: { _type: 'conversation_v2', ...conversation } },
    { title: 'has messages', event: { _type: 'chat', id: 8, messages: [{ message: 'Hi' }] } },
    { title: 'has a last message', event: { _type: 'chat', id: 8, last_message: { body: 'Hi' } } },
    { title: 'holds a conversation', event: { _type: 'event', id: 99, conversation } },
    { title: 'holds one without saying its type', event: { payload: conversation } },
  ])('is taken where it $title', ({ event }) => {
    expect(outline(parse(event)).taken).toEqual([[0, 8]]);
    expect(textsIn(event)).toHaveLength(1);
  });

  it('is rejected where it has messages and no id', () => {
    expect(outline(parse({ _type: 'chat', transcript: [{ body: 'Hi' }] })).rejected).toEqual([[0, undefined, 'id']]);
  });

  it('is rejected where what is around a conversation names another organization', () => {
    const foreign = { _type: 'event', organization_id: 1, conversation };
    expect(outline(parse(foreign)).rejected).toEqual([[0, 8, 'organization_id']]);
  });

  it('is rejected where the id within was rounded', () => {
    const text = `{"_type":"event","conversation":{"id":${2n ** 53n + 1n},"transcript":[]}}`;
    expect(outline(parse(JSON.parse(text.replace('9007199254740993', '1')))).taken).toEqual([[0, 1]]);
  });

  it('leaves alone what a conversation holds besides', () => {
    const custom = { id: 5, messages: [{ message: 'x' }] };
    expect(outline(parse({ id: 8, custom })).taken).toEqual([[0, 8]]);
  });
});
