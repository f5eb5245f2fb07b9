import { describe, expect, it } from '@jest/globals';
import { transcriptLines } from '../../../../shared/notes/transcript.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { messagesOf } from '../../../../shared/userlike/messages/messages-of.ts';
import { aConversation, aMessage } from '../../../support/conversations.ts';

function bodiesIn(last_message: unknown, transcript: unknown = [aMessage({ id: '1.1.1', body: 'First' })]) {
  return messagesOf(Conversation.parse(aConversation({ transcript, last_message }))).map(({ body }) => body);
}

const later = '2024-02-22T16:00:00Z';

describe('the last message', () => {
  it.each([
    { title: 'by its id', last: { id: '1.1.2', body: 'Second', sent_at: later } },
    { title: 'by its time', last: { body: 'First', sent_at: later } },
    { title: 'by its text', last: { body: 'Second' } },
    { title: 'as a text', last: 'Second' },
    { title: 'with a time nobody can read', last: { id: '1.1.2', body: 'Second', sent_at: 'soon', name: [] } },
  ])('is added if the transcript lacks it, $title', ({ last }) => {
    expect(bodiesIn(last)).toEqual(['First', typeof last === 'string' ? last : last.body]);
  });

  it('is labelled in the language of the notes if its sender is unknown', () => {
    const messages = messagesOf(Conversation.parse(aConversation({ transcript: [], last_message: 'Second' })));
    const options = { timeZone: 'Europe/Berlin', language: 'de', includeNotifications: false } as const;
    expect(transcriptLines(messages, options).map(({ text }) => text)).toEqual([
      '[Zeit unbekannt] letzte Nachricht: Second',
    ]);
  });

  it('is added if there is no transcript', () => {
    expect(bodiesIn({ id: '1.1.2', body: 'Second' }, null)).toEqual(['Second']);
    expect(bodiesIn({ location: { lat: 1, lon: 2 } }, null)).toHaveLength(1);
  });

  it.each([
    { title: 'by its id', last: { id: '1.1.1', body: 'Another form' } },
    { title: 'by its msgid', last: { msgid: '1.1.1' } },
    { title: 'by text and time', last: { body: ' First', sent_at: '2024-02-22T16:49:07.228+01:00' } },
    { title: 'by its text alone, without a time', last: { body: 'First' } },
    { title: 'as a text', last: 'First' },
    { title: 'as nothing', last: null },
    { title: 'as a list', last: [] },
    { title: 'saying nothing', last: { id: '1.1.9', body: '', marked_read: true } },
  ])('is not repeated if known $title', ({ last }) => {
    expect(bodiesIn(last)).toEqual(['First']);
  });

  it('can say that a message was deleted', () => {
    const last = { ...aMessage({ id: '1.1.1', body: 'First' }), is_deleted: true };
    const messages = messagesOf(
      Conversation.parse(aConversation({ transcript: [aMessage({ id: '1.1.1' })], last_message: last })),
    );
    expect(messages).toMatchObject([{ is_deleted: true }]);
  });
});
