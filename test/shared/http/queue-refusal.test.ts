import { describe, expect, it } from '@jest/globals';
import { queueRefusal, refuseIfAllRejected } from '../../../shared/http/queue-refusal.ts';
import type { PackedCall } from '../../../shared/queue/pack.ts';
import { QueueError } from '../../../shared/queue/queue-error.ts';

const rejected = [0, 2].map((index) => ({ index, errors: [{ path: 'id', message: 'must be an integer' }] }));
const none: Pick<PackedCall, 'lane' | 'entries' | 'ids'> = { lane: 'interactive', entries: [], ids: [] };

describe('a packed call', () => {
  it.each([
    {
      title: 'every conversation is rejected',
      isTooLarge: false,
      status: 422,
      message: 'None of the conversations can be taken.',
    },
    {
      title: 'one of the rejected is too large',
      isTooLarge: true,
      status: 413,
      message: expect.stringContaining('1015808 bytes'),
    },
  ])('is refused with $status where $title', ({ isTooLarge, status, message }) => {
    expect(() => refuseIfAllRejected({ ...none, rejected, isTooLarge })).toThrow(
      expect.objectContaining({ name: 'HttpError', status, rejected, message }),
    );
  });

  it.each([
    { title: 'where one is accepted', packed: { ...none, ids: [1], rejected, isTooLarge: true } },
    { title: 'where nothing of it is a conversation', packed: { ...none, rejected: [], isTooLarge: false } },
  ])('is not refused $title', ({ packed }) => {
    expect(() => refuseIfAllRejected(packed)).not.toThrow();
  });
});

describe('the answer for a queue that fails', () => {
  it.each([
    { codes: ['RequestThrottled', 'OverLimit'], status: 429 },
    { codes: ['RequestThrottled', 'InternalError'], status: 503 },
    { codes: [], status: 503 },
  ])('is $status for $codes, and asks for the call again', ({ codes, status }) => {
    const cause = new Error('socket');
    expect(queueRefusal(new QueueError(codes, { cause }))).toMatchObject({ status, retryAfterSeconds: 5, cause });
  });
});
