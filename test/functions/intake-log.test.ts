import { describe, expect, it } from '@jest/globals';
import { QueueError } from '../../shared/queue/queue-error.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { anIntake, type Call, json } from '../support/intake/intake-calls.ts';

describe('the log of intake', () => {
  it('is one line for an accepted call', async () => {
    const { call, logged } = anIntake();
    const body = JSON.stringify([aConversation(), aConversation({ id: 0 }), { _type: 'operator' }]);
    await call({ body });
    expect(logged).toEqual([
      {
        level: 'info',
        message: 'call accepted',
        lane: 'interactive',
        callId: 'call-1',
        organization: '108905',
        conversations: ['63741936'],
        status: 200,
        accepted: 1,
        rejected: 1,
        ignored: 1,
        bytes: Buffer.byteLength(body),
        paths: ['id'],
      },
    ]);
  });

  it('names every accepted conversation, 1,000 on a line, the counts on the first one only', async () => {
    const { call, logged } = anIntake();
    const ids = Array.from({ length: 2_001 }, (_, index) => (index % 2 === 0 ? index + 1 : `00${index + 1}`));
    await call({ body: JSON.stringify(ids.map((id) => ({ id }))) });
    expect(logged.flatMap(({ conversations }) => conversations)).toEqual(ids.map(String));
    expect(logged.map(({ conversations }) => conversations?.length)).toEqual([1_000, 1_000, 1]);
    expect(logged.map(({ message, callId, organization }) => [message, callId, organization])).toEqual(
      Array(3).fill(['call accepted', 'call-1', '108905']),
    );
    expect(logged.map(({ accepted, status }) => [accepted, status])).toEqual([
      [2_001, 200],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it.each<[string, Call, object]>([
    ['without a key', { headers: { 'X-Api-Key': '' } }, { status: 401 }],
    ['without an organization', { path: '/' }, { status: 401 }],
    [
      'whose conversations are rejected',
      json([aConversation({ id: 0 }), aConversation({ id: 0 })]),
      { status: 422, rejected: 2, paths: ['id'] },
    ],
  ])('is one line for a call %s', async (_title, given, fields) => {
    const { call, logged } = anIntake();
    await call(given);
    expect(logged).toMatchObject([
      { level: 'info', message: 'call refused', callId: 'call-1', reason: expect.any(String), ...fields },
    ]);
    expect(logged).toHaveLength(1);
  });

  it('names the cause where a call is refused for something that failed', async () => {
    const { call, logged } = anIntake({ read: async () => Promise.reject(new RangeError('secret of Erika')) });
    await call();
    expect(logged).toMatchObject([{ status: 503, error: 'RangeError' }]);
    expect(JSON.stringify(logged)).not.toContain('Erika');
  });

  it('never holds personal data, nor does the answer', async () => {
    const secret = 'Erika-Beispiel-4711';
    const places = [
      (value: unknown) => aConversation({ contact: { name: value, email: value }, custom: { [secret]: value } }),
      (value: unknown) => aConversation({ transcript: [aMessage({ body: value, sent_at: value, sender: value })] }),
      (value: unknown) => aConversation({ id: value, topics: value, organization_id: value }),
      (value: unknown) => ({ [secret]: value }),
      (value: unknown) => [value, aConversation({ transcript: value })],
    ];
    for (const place of places) {
      for (const value of [secret, [secret], { [secret]: secret }]) {
        const { call, logged } = anIntake();
        const { text } = await call(json(place(value)));
        expect(text + JSON.stringify(logged)).not.toContain('4711');
      }
    }
  });
});

describe('the metrics of intake', () => {
  const broken = aConversation({ id: 0 });
  const outOfReach = async () => Promise.reject(new QueueError([]));
  it.each<[string, Call, Parameters<typeof anIntake>[0], Record<string, number[]>]>([
    [
      'what became of each conversation of a bulk',
      json([aConversation({ id: 1 }), broken, aConversation({ id: 3 }), { _type: 'operator' }]),
      {},
      { ConversationsAccepted: [2], ConversationsRejected: [1], ConversationsIgnored: [1] },
    ],
    [
      'zeros too, of a call that is answered 200',
      {},
      {},
      { ConversationsAccepted: [1], ConversationsRejected: [0], ConversationsIgnored: [0] },
    ],
    ['the conversations of a call that is rejected whole', json([broken, broken]), {}, { ConversationsRejected: [2] }],
    ['nothing of a call without a key', { headers: { 'X-Api-Key': '' } }, {}, {}],
    ['nothing of what is not JSON', { body: 'id=1' }, {}, {}],
    ['a call that the queue did not take', {}, { sendRecords: outOfReach }, { CallsNotTaken: [1] }],
    [
      'a call that the queue throttled',
      {},
      { sendRecords: async () => Promise.reject(new QueueError(['OverLimit'])) },
      { CallsNotTaken: [1] },
    ],
    [
      'a call whose key could not be checked',
      {},
      { read: async () => Promise.reject(new Error('timeout')) },
      { CallsNotTaken: [1] },
    ],
    [
      'a call that failed here',
      {},
      { sendRecords: async () => Promise.reject(new TypeError('not a function')) },
      { CallsNotTaken: [1] },
    ],
  ])('is %s', async (_title, given, ports, expected) => {
    const { call, emitted, flushed } = anIntake(ports);
    await call(given);
    expect(emitted).toEqual(expected);
    expect(flushed()).toBe(1);
  });
});
