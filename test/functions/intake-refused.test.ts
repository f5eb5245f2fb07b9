import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { QueueError } from '../../shared/queue/queue-error.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { anIntake, type Call, json } from '../support/intake/intake-calls.ts';

const oversized = aConversation({ id: 9, transcript: [aMessage({ body: randomBytes(1_200_000).toString('base64') })] });

describe('a refused call', () => {
  it.each<[string, Call, number, string]>([
    ['is not JSON', { body: 'id=1' }, 400, 'The body is not JSON.'],
    ['is empty', { body: '' }, 400, 'The body is not JSON.'],
    ['is an empty object', json({}), 400, 'no conversation'],
    ['is an empty list', json([]), 400, 'no conversation'],
    ['is a scalar', json(5), 400, 'no conversation'],
    ['has an object for the list', json({ conversations: {} }), 400, 'no conversation'],
    ['is nested too deep', { body: '['.repeat(200) }, 400, '100 levels'],
    ['has one conversation, and that is broken', json(aConversation({ id: 0 })), 422, 'None of the conversations'],
    ['has only broken conversations', json([aConversation({ id: 0 }), 5]), 422, 'None of the conversations'],
    [
      'has only broken conversations beside what is ignored',
      json([5, { _type: 'operator' }]),
      422,
      'None of the conversations',
    ],
    ['is of another organization', json(aConversation({ organization_id: 1 })), 422, 'None of the conversations'],
    ['has one conversation, and that is too large for a record', json(oversized), 413, '1015808 bytes'],
    [
      'has more conversations than an answer can list',
      { body: `[${'{"id":1},'.repeat(10_000)}{"id":1}]` },
      413,
      '10000 conversations',
    ],
  ])('%s: %#', async (_title, given, status, detail) => {
    const { call, sent } = anIntake();
    const answer = await call(given);
    expect(answer).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'about:blank',
        title: expect.stringMatching(/^\w/),
        status,
        detail: expect.stringContaining(detail),
        callId: 'call-1',
      },
    });
    expect(sent).toEqual([]);
  });

  it.each([422, 413])('lists what is rejected, %d', async (status) => {
    const entries =
      status === 413
        ? [oversized, aConversation({ id: 0 })]
        : [aConversation({ id: 3, organization_id: 1 }), aConversation({ id: 0 })];
    const { body } = await anIntake().call(json(entries));
    expect(body).toMatchObject({
      status,
      rejected: [
        { index: 0, errors: [{ path: status === 413 ? '' : 'organization_id' }] },
        { index: 1, errors: [{ path: 'id' }] },
      ],
    });
  });

  it.each([
    {
      status: 429,
      codes: ['RequestThrottled', 'OverLimit'],
      detail: 'The queue takes no more records at the moment; send the call again.',
    },
    {
      status: 503,
      codes: ['InternalError', 'RequestThrottled'],
      detail: 'The queue did not take every record (InternalError, RequestThrottled); send the call again.',
    },
    { status: 503, codes: [], detail: 'The queue did not take every record (no answer); send the call again.' },
  ])(
    'is answered $status with Retry-After where the queue refuses it with $codes',
    async ({ status, codes, detail }) => {
      const cause = new TypeError('socket');
      const sendRecords = async () => {
        throw new QueueError(codes, { cause });
      };
      const { call, logged } = anIntake({ sendRecords });
      const answer = await call();
      expect(answer).toMatchObject({
        status,
        headers: { 'retry-after': '5' },
        body: { status, detail, callId: 'call-1' },
      });
      expect(answer.body).not.toHaveProperty('accepted');
      expect(logged).toMatchObject([
        { level: 'info', message: 'call refused', status, reason: detail, error: 'TypeError' },
      ]);
    },
  );

  it('is answered 500 without details where something is wrong here', async () => {
    const { call, logged } = anIntake({
      sendRecords: async () => {
        throw new TypeError('Erika Beispiel cannot be read');
      },
    });
    const { status, headers, text, body } = await call();
    expect({ status, headers, ...body }).toEqual({
      status: 500,
      headers: { 'content-type': 'application/problem+json' },
      type: 'about:blank',
      title: 'Internal Server Error',
      detail: 'The call could not be handled; this has been logged.',
      callId: 'call-1',
    });
    expect(text + JSON.stringify(logged)).not.toContain('Erika');
    expect(logged).toMatchObject([
      { level: 'error', error: 'TypeError', status: 500, at: expect.stringContaining('intake-refused.test.ts') },
    ]);
  });
});
