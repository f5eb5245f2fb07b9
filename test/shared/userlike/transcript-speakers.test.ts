import { describe, expect, it } from '@jest/globals';
import { Message } from '../../../shared/userlike/conversation.ts';
import { type TranscriptOptions, transcriptLines } from '../../../shared/userlike/transcript.ts';
import { aMessage, anOperator } from '../../support/conversations.ts';

const berlin: TranscriptOptions = { timeZone: 'Europe/Berlin', includeNotifications: true };
const lineOf = (overrides: Record<string, unknown>, options: Partial<TranscriptOptions> = {}) =>
  transcriptLines([Message.parse(aMessage(overrides))], { ...berlin, ...options })[0]?.text;

const aNotification = {
  type: 'notification',
  event: 'status_change',
  name: 'Event',
  display_name: 'Event',
  sender: { type: 'system', id: null },
};

describe('who a line is by', () => {
  it.each([
    ['a contact without a name', {}, 'Contact'],
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
    ['Erika Beispiel', 'Erika Beispiel'],
    ['  ', 'Contact'],
    [null, 'Contact'],
    ['Contact', 'Contact'],
  ])('calls the contact %p as the conversation does', (contactName, speaker) => {
    expect(lineOf({}, { contactName })).toContain(`] ${speaker}: `);
  });
});
