import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transcriptLines } from '../../../shared/notes/transcript.ts';
import { type Language, languages } from '../../../shared/notes/translations/language.ts';
import { Conversation, Message } from '../../../shared/userlike/conversation.ts';
import { messagesOf } from '../../../shared/userlike/messages/messages-of.ts';
import { anyMessage } from '../../support/any-conversations.ts';
import { aConversation, aMessage, anOperator } from '../../support/conversations.ts';

function linesOf(messages: Message[], language: Language) {
  return transcriptLines(messages, { timeZone: 'Europe/Berlin', includeNotifications: true, language });
}

const aTranscript = [
  { body: 'Hej' },
  { ...anOperator, body: 'Hej', representation: 'automated' },
  { ...anOperator, body: 'Hej', operator_is_bot: true, sent_at: null },
  { type: 'notification', body: 'Öppen', sender: { type: 'system' } },
  { body: '', is_deleted: true },
  { body: '', url: 'https://files.example.org/a.png' },
  { sender: { type: 'operator' }, name: null, display_name: null, body: '' },
].map((overrides, index) => Message.parse(aMessage({ id: `1.1.${index}`, ...overrides })));

describe('the words around the messages', () => {
  it.each<[Language, string[]]>([
    [
      'sv',
      [
        '[2024-02-22 16:49:07] Kontakt: Hej',
        '[2024-02-22 16:49:07] Peter Testman (automatiskt meddelande): Hej',
        '[tid okänd] Peter Testman (bot): Hej',
        '[2024-02-22 16:49:07] System: Öppen',
        '[2024-02-22 16:49:07] Kontakt: (meddelandet har raderats)',
        '[2024-02-22 16:49:07] Kontakt: Fil a.png: https://files.example.org/a.png',
        '[2024-02-22 16:49:07] Operatör: (ingen text)',
      ],
    ],
    [
      'fr',
      [
        '[2024-02-22 16:49:07] Contact\u00a0: Hej',
        '[2024-02-22 16:49:07] Peter Testman (message automatique)\u00a0: Hej',
        '[heure inconnue] Peter Testman (bot)\u00a0: Hej',
        '[2024-02-22 16:49:07] Système\u00a0: Öppen',
        '[2024-02-22 16:49:07] Contact\u00a0: (message supprimé)',
        '[2024-02-22 16:49:07] Contact\u00a0: Fichier a.png\u00a0: https://files.example.org/a.png',
        '[2024-02-22 16:49:07] Opérateur\u00a0: (sans texte)',
      ],
    ],
  ])('are in the language of the notes: %s', (language, texts) => {
    expect(linesOf(aTranscript, language).map(({ text }) => text)).toEqual(texts);
  });

  it('do not affect whether a message is new', () => {
    const transcripts = fc.array(anyMessage, { maxLength: 6 });
    fc.assert(
      fc.property(transcripts, fc.constantFrom(...languages), (transcript, language) => {
        const messages = [...messagesOf(Conversation.parse(aConversation({ transcript }))), ...aTranscript];
        const [lines, others] = [linesOf(messages, 'en'), linesOf(messages, language)];
        expect(others.map(({ id, content }) => [id, content])).toEqual(lines.map(({ id, content }) => [id, content]));
      }),
    );
  });

  it('stand for messages without text, so that a deletion is new once', () => {
    expect(linesOf(aTranscript.slice(4), 'de').map(({ content }) => content)).toEqual([
      '(message deleted)',
      '(file)',
      '(no text)',
    ]);
  });
});
