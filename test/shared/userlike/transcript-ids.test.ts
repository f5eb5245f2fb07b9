import { describe, expect, it } from '@jest/globals';
import { Message } from '../../../shared/userlike/conversation.ts';
import { transcriptLines } from '../../../shared/userlike/transcript.ts';
import { aMessage } from '../../support/conversations.ts';

describe('the id of a line', () => {
  const idsOf = (...messages: Record<string, unknown>[]) =>
    transcriptLines(
      messages.map((message) => Message.parse(aMessage(message))),
      { timeZone: 'Europe/Berlin', includeNotifications: true },
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
