import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { laneFor, laneOfQueue, MAX_INTERACTIVE_CONVERSATIONS, messageGroupOf } from '../../../shared/queue/lane.ts';

describe('the lane', () => {
  it.each([
    { conversations: 1, lane: 'interactive' },
    { conversations: MAX_INTERACTIVE_CONVERSATIONS, lane: 'interactive' },
    { conversations: MAX_INTERACTIVE_CONVERSATIONS + 1, lane: 'bulk' },
  ])('of a call with $conversations conversations is $lane', ({ conversations, lane }) => {
    expect(laneFor(conversations)).toBe(lane);
  });

  it.each([
    { queue: 'Chat-Interactive-1X', lane: 'interactive' },
    { queue: 'Chat-Queue-2Y', lane: 'bulk' },
    { queue: 'Interactive-1X', lane: 'bulk' },
  ])('of records from the queue $queue is $lane', ({ queue, lane }) => {
    const url = 'https://sqs.eu-central-1.amazonaws.com/123456789012/Chat-Interactive-1X';
    expect(laneOfQueue(`arn:aws:sqs:eu-central-1:123456789012:${queue}`, url)).toBe(lane);
  });
});

describe('the message group', () => {
  it('is the organization for an interactive call, and the call of the organization for a bulk call', () => {
    const origin = { organization: '108905', callId: 'JKJaXmPLvHcESHA=' };
    expect(messageGroupOf('interactive', origin)).toBe('108905');
    expect(messageGroupOf('bulk', origin)).toBe('108905/JKJaXmPLvHcESHA=');
  });

  it('is one that SQS takes, whatever the names, and differs by organization', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 128 });
    fc.assert(
      fc.property(name, fc.stringMatching(/^[\w-]{1,64}$/), (callId, organization) => {
        const group = messageGroupOf('bulk', { organization, callId });
        expect(group).toMatch(/^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/);
        expect(group.startsWith(`${organization}/`)).toBe(true);
      }),
    );
  });
});
