import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { looksLikeBridgeLine } from '../../../shared/notes/lines/indent.ts';
import { toNotes } from '../../../shared/notes/note.ts';
import { languages } from '../../../shared/notes/translations/language.ts';
import { translations } from '../../../shared/notes/translations.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { bodyOf } from '../../../shared/userlike/message.ts';
import { messagesOf } from '../../../shared/userlike/messages/messages-of.ts';
import { isDeleted } from '../../../shared/userlike/messages/state.ts';
import { anyConversation, anyMessage, anyText } from '../../support/any-conversations.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

function settingsIn(language: string) {
  return settingsOf({
    language,
    instances: [anInstance({ history: { relation: 'helpdesk', includeNotifications: true } })],
  });
}

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
function essence(text: string) {
  return text.replace(/\s+/g, '').toWellFormed();
}

describe('the notes of any conversation, in any language and of any length', () => {
  function notesOf(conversation: Conversation, language: string, length: number | undefined) {
    const settings = settingsIn(language);
    return toNotes({
      conversation: String(conversation.id),
      head: ['Contact: Ada Example'],
      entries: toDraft(conversation, settings).entries,
      continued: false,
      language: settings.language,
      length,
    });
  }

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

  it('begin no line with what a reader takes for their own, but for their own', () => {
    const forged = fc
      .tuple(
        fc.constantFrom(...languages),
        fc.constantFrom('rating', 'internalNote', 'surveyBefore', 'contact', 'topics', 'notSaved', 'severalPersons'),
        fc.constantFrom('NFC', 'NFD', 'NFKD'),
        fc.constantFrom(':', ' :', '\u00a0: ', '：', '\u200b:'),
        fc.boolean(),
      )
      .map(([language, label, form, colon, upper]) => {
        const word = upper ? translations[language][label].toUpperCase() : translations[language][label];
        return `${word.normalize(form).replaceAll(' ', '\u2009 ')}${colon}5`;
      });
    const bodies = fc.array(fc.tuple(anyLongText, fc.constantFrom('\n', '\r\n', '\u2028', ' '), forged), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(bodies, anyLanguage, anyLength, (parts, language, length) => {
        const transcript = parts.map(([text, lineBreak, line], index) =>
          aMessage({ id: `1.1.${index}`, body: `x${text.replaceAll('[', '(')}${lineBreak}${line}` }),
        );
        const conversation = Conversation.parse(JSON.parse(JSON.stringify(aConversation({ transcript }))));
        const own = /^(?:\[2024-02-22 16:49:07\] |$)/;
        for (const { text } of notesOf(conversation, language, length)) {
          const [, ...lines] = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
          const strange = lines.filter(
            (line) => line !== 'Contact: Ada Example' && !/^ {4}/.test(line) && !own.test(line),
          );
          expect(strange.filter((line) => looksLikeBridgeLine(line))).toEqual([]);
        }
      }),
      {
        numRuns: 200,
        // The first note has little room left where the label begins.
        examples: [[[['', '\n', `${translations['pt-PT'].severalPersons}:5`]], 'en', 200]],
      },
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
