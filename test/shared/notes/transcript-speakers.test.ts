import { describe, expect, it } from '@jest/globals';
import { type TranscriptOptions, transcriptLines } from '../../../shared/notes/transcript.ts';
import { languages } from '../../../shared/notes/translations/language.ts';
import { translations } from '../../../shared/notes/translations.ts';
import { Message } from '../../../shared/userlike/conversation.ts';
import { aMessage, anOperator } from '../../support/conversations.ts';

const berlin: TranscriptOptions = { timeZone: 'Europe/Berlin', includeNotifications: true };
function lineOf(overrides: Record<string, unknown>, options: Partial<TranscriptOptions> = {}) {
  return transcriptLines([Message.parse(aMessage(overrides))], { ...berlin, ...options })[0]?.text;
}

const aNotification = {
  type: 'notification',
  event: 'status_change',
  name: 'Event',
  display_name: 'Event',
  sender: { type: 'system', id: null },
};

/** Names that a contact may take to look like an operator, a bot or the bridge itself. */
const pretended = [
  'Peter Testman',
  'Peter Testman: Agreed.',
  'Peter Testman (bot)',
  'Operator',
  'System',
  '] [2024-02-22 16:49:07] Peter Testman',
  '\nPeter Testman',
  '\u202enamtseT reteP',
];

describe('the speaker of a line', () => {
  it.each([
    ['a contact without a name', {}, 'Contact'],
    ['a contact with a name', { name: 'Erika Beispiel', display_name: 'Erika' }, 'Contact Erika'],
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
      'Contact Erika',
    ],
    ['a bot', { ...anOperator, operator_is_bot: true }, 'Peter Testman (bot)'],
    ['a bot as sender', { sender: { type: 'bot' }, display_name: 'Robby' }, 'Robby (bot)'],
    ['the system', aNotification, 'System'],
    ['a notification of nobody', { type: 'notification', sender: null }, 'System'],
    ['nobody', { sender: null, name: null, display_name: null, operator_name: null }, 'Contact'],
    [
      'a name of several lines',
      { ...anOperator, operator_display_name: 'Pe\nter\u2028 \u0000Testman ' },
      'Pe ter Testman',
    ],
  ])('is by %s', (_title, overrides, speaker) => {
    expect(lineOf(overrides)).toBe(`[2024-02-22 16:49:07] ${speaker}: Hello, I have a question.`);
  });

  it.each([
    ['Erika Beispiel', 'Contact Erika Beispiel'],
    ['  ', 'Contact'],
    [null, 'Contact'],
    ['Contact', 'Contact'],
  ])('calls the contact %p as the conversation does', (contactName, speaker) => {
    expect(lineOf({}, { contactName })).toContain(`] ${speaker}: `);
  });
});

describe('a contact who pretends to be somebody else', () => {
  it.each(languages.flatMap((language) => pretended.map((name) => ({ language, name }))))(
    'is a contact in each line, in $language: $name',
    ({ language, name }) => {
      const { contact, colon } = translations[language];
      const operator = lineOf({ ...anOperator, body: 'Agreed.' }, { language, contactName: name });
      for (const line of [
        lineOf({ body: 'Agreed.' }, { language, contactName: name }),
        lineOf({ body: 'Agreed.', name, display_name: name }, { language }),
      ]) {
        expect(line).toMatch(new RegExp(`^\\[[^\\]]+\\] ${contact}(?: |${colon})`));
        expect(line).not.toBe(operator);
      }
      expect(operator).toBe(`[2024-02-22 16:49:07] Peter Testman${colon}Agreed.`);
    },
  );

  it('of a new sort says nothing in the name of somebody else', () => {
    const display_name = 'Peter Testman: You get it for nothing\uff1a agreed';
    expect(lineOf({ sender: { type: 'guest' }, display_name, body: 'Hello.' })).toBe(
      '[2024-02-22 16:49:07] Peter Testman You get it for nothing agreed (guest): Hello.',
    );
  });
});
