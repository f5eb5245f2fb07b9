import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toDraft } from '../../../../shared/mapping/draft.ts';
import { toNotes } from '../../../../shared/mapping/notes/note.ts';
import { Conversation } from '../../../../shared/userlike/conversation.ts';
import { bodyOf, isDeleted } from '../../../../shared/userlike/message.ts';
import { messagesOf } from '../../../../shared/userlike/transcript.ts';
import { languages } from '../../../../shared/userlike/words.ts';
import { aConversation, anyConversation, anyMessage, anyText } from '../../../support/conversations.ts';
import { anInstance, settingsOf } from '../builders.ts';

const settingsIn = (language: string) =>
  settingsOf({ language, instances: [anInstance({ history: { relation: 'helpdesk', includeNotifications: true } })] });

/** Some of what chats hold, and of what could be lost where a note ends. */
const anyLongText = fc.oneof(
  anyText,
  ...[
    ['👩🏽‍👩🏽‍👧🏽‍👦🏽', '🇸🇪', 'é', 'x', ' '],
    ['שלום', ' ', '\u200f', 'مرحبا', '\n'],
    ['[', '\n', '\u2028', 'Rating: ', 'x'.repeat(90)],
    ['\ud83d', '\ude00', 'x'],
  ].map((unit) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 900, size: 'max' })),
);

const anyLongConversation = fc
  .tuple(
    anyConversation,
    fc.array(fc.tuple(anyMessage, anyLongText), { maxLength: 6 }),
    fc.record({ rate: fc.nat(5), feedback_message: anyLongText, notes: fc.array(anyLongText, { maxLength: 2 }) }),
  )
  .map(([conversation, messages, others]) => {
    const transcript = messages.map(([message, body]) => ({ ...message, body }));
    return Conversation.parse(JSON.parse(JSON.stringify(aConversation({ ...conversation, ...others, transcript }))));
  });

const anyLanguage = fc.constantFrom(...languages);
const anyLength = fc.oneof(fc.integer({ min: 200, max: 600 }), fc.constantFrom(200, 4_000, undefined));

/** Notes indent and end lines, and a half character becomes the sign for one: what is left is what was said. */
const essence = (text: string) => text.replace(/\s+/g, '').toWellFormed();

describe('the notes of any conversation, in any language and of any length', () => {
  const notesOf = (conversation: Conversation, language: string, length: number | undefined) => {
    const settings = settingsIn(language);
    return toNotes({
      conversation: String(conversation.id),
      head: ['Contact: Ada Example'],
      entries: toDraft(conversation, settings).entries,
      continued: false,
      language: settings.language,
      length,
    });
  };

  it('hold what every message says, in order', () => {
    fc.assert(
      fc.property(anyLongConversation, anyLanguage, anyLength, (conversation, language, length) => {
        const whole = notesOf(conversation, language, length)
          .map(({ mark, text }) => essence(text.slice(mark.length)))
          .join('');
        let at = 0;
        for (const message of messagesOf(conversation).filter((message) => !isDeleted(message))) {
          const said = essence(bodyOf(message));
          at = whole.indexOf(said, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += said.length;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('fit, say their number and count, and are the same each time', () => {
    fc.assert(
      fc.property(anyLongConversation, anyLanguage, anyLength, (conversation, language, length) => {
        const notes = notesOf(conversation, language, length);
        expect(notesOf(structuredClone(conversation), language, length)).toEqual(notes);
        notes.forEach(({ mark, text }, index) => {
          expect(text.length).toBeLessThanOrEqual(length ?? Number.POSITIVE_INFINITY);
          expect(text.isWellFormed()).toBe(true);
          expect(text.split('\n', 1)[0]).toBe(mark);
          expect(mark).toContain(` (${index + 1}/${notes.length}) #`);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('have the same digests, and the conversation the same fingerprint', () => {
    fc.assert(
      fc.property(anyLongConversation, anyLanguage, (conversation, language) => {
        const [english, other] = ['en', language].map((language) => toDraft(conversation, settingsIn(language)));
        expect(other?.entries.map(({ digest }) => digest)).toEqual(english?.entries.map(({ digest }) => digest));
        expect(other?.fingerprint).toBe(english?.fingerprint);
      }),
      { numRuns: 50 },
    );
  });
});
