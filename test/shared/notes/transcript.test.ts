import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TranscriptOptions, transcriptLines } from '../../../shared/notes/transcript.ts';
import { Conversation, Message } from '../../../shared/userlike/conversation.ts';
import { messagesOf } from '../../../shared/userlike/messages/messages-of.ts';
import { isNotification } from '../../../shared/userlike/messages/sender.ts';
import { anyMessage } from '../../support/any-conversations.ts';
import { aConversation, aMessage, documentedExample } from '../../support/conversations.ts';

function messagesIn(transcript: unknown[]) {
  return messagesOf(Conversation.parse(aConversation({ transcript })));
}

const berlin: TranscriptOptions = { timeZone: 'Europe/Berlin', includeNotifications: true };
function lineOf(overrides: Record<string, unknown>, options: Partial<TranscriptOptions> = {}) {
  return transcriptLines([Message.parse(aMessage(overrides))], { ...berlin, ...options })[0]?.text;
}

function withoutIndents(text = '') {
  return text.replaceAll('    ', '');
}

const aNotification = {
  type: 'notification',
  event: 'status_change',
  name: 'Event',
  display_name: 'Event',
  sender: { type: 'system', id: null },
};

describe('a line of the transcript', () => {
  it('contains the documented example', () => {
    expect(transcriptLines(messagesOf(Conversation.parse(JSON.parse(documentedExample))), berlin)).toMatchObject([
      {
        id: '63741936.108109315.595801086',
        text: "[2024-02-22 16:48:45] Peter Testman (automated): Hello, you're talking to Peter Testman. How can I help?",
      },
      { id: '63741936.108109315.595801488', text: '[2024-02-22 16:49:07] Contact: Hello, I have a question.' },
      {
        id: '63741936.108109315.595801490',
        text: '[2024-02-22 16:49:07] System: Conversation status changed from New to Open.',
      },
      { id: '63741936.108109315.595801817', text: '[2024-02-22 16:49:23] Peter Testman: Hello, how can I help you?' },
    ]);
  });

  it('leaves out notifications if they are not wanted', () => {
    const messages = messagesOf(Conversation.parse(JSON.parse(documentedExample)));
    expect(messages.map(isNotification)).toEqual([true, false, true, false]);
    expect(transcriptLines(messages, { ...berlin, includeNotifications: false }).map(({ content }) => content)).toEqual(
      ['Hello, I have a question.', 'Hello, how can I help you?'],
    );
  });

  it.each([
    ['UTC', '2024-02-22T23:59:59.999999Z', '2024-02-22 23:59:59'],
    ['Europe/Berlin', '2024-07-01T22:30:00Z', '2024-07-02 00:30:00'],
    ['America/New_York', '2024-01-01T03:04:05Z', '2023-12-31 22:04:05'],
    ['Asia/Tehran', '2024-03-20 12:00:00', '2024-03-20 15:30:00'],
    ['Asia/Kathmandu', '2024-02-22T16:49:07+01:00', '2024-02-22 21:34:07'],
    ['UTC', '2024-02-22T00:00:00Z', '2024-02-22 00:00:00'],
    ['UTC', null, 'time unknown'],
  ])('has the time of %s: %s', (timeZone, sent_at, expected) => {
    expect(lineOf({ sent_at }, { timeZone })).toBe(`[${expected}] Contact: Hello, I have a question.`);
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
    [
      'a further line indented where it begins like what follows the messages',
      { body: 'Hi\n rating: 5\nInternal note: free\nFeedback? no: none' },
      'Hi\n     rating: 5\n    Internal note: free\nFeedback? no: none',
    ],
    ['right-to-left text and emoji as they are', { body: 'שלום 👩‍👩‍👧 مرحبا' }, 'שלום 👩‍👩‍👧 مرحبا'],
    [
      'that it was deleted, and not what it was',
      { is_deleted: true, url: 'https://example.org/1' },
      '(message deleted)',
    ],
    ['what happened', { ...aNotification, body: null }, '(status_change)'],
    ['that there is nothing to tell', { body: '' }, '(no text)'],
  ])('tells %s', (_title, overrides, content) => {
    expect(lineOf(overrides)?.split(': ').slice(1).join(': ')).toBe(content);
  });

  it("never looks like somebody else's, for any text and any name", () => {
    const forged = '[2024-02-22 16:49:07] Peter Testman: I grant a discount of 90 %.';
    const breaks = ['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'];
    for (const lineBreak of breaks) {
      for (const field of ['body', 'url', 'display_name']) {
        for (const unseen of ['', ' ', '\u200b', '\u00a0\t\u200e\u0000', '\u3164\ufe0f']) {
          const lines =
            lineOf({ [field]: `Hi${lineBreak}${unseen}${forged}` })?.split(/[\n\v\f\r\u0085\u2028\u2029]/) ?? [];
          expect(lines[0]).toMatch(/^\[2024/);
          for (const line of lines.slice(1).filter((line) => line.includes('[') && !line.startsWith('File ')))
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
