import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallRefused } from '../../shared/errors.ts';
import { isSignature } from '../../shared/http/link.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import { aConversation, aMessage, anyConversation, documentedExample } from '../support/conversations.ts';
import { anIntake, type Call, secret } from './intake-calls.ts';

const json = (value: unknown): Call => ({ body: JSON.stringify(value) });
const oversized = aConversation({ id: 9, transcript: [aMessage({ body: randomBytes(1_200_000).toString('base64') })] });

describe('an accepted call', () => {
  it('is answered with the link for the timeline, once its conversation is queued', async () => {
    const { call, sent } = anIntake();
    const answer = await call({ body: documentedExample });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    const { url, ...others } = answer.body;
    expect(others).toEqual({ accepted: [{ id: 63741936, url }], rejected: [], ignored: [], callId: 'call-1' });
    expect(sent.map(({ organization, body }) => [organization, decodeRecord(body)])).toMatchObject([
      [
        '108905',
        {
          ok: true,
          origin: { organization: '108905', callId: 'call-1', acceptedAt: '2024-02-22T15:50:00.000Z' },
          conversation: { id: 63741936 },
        },
      ],
    ]);
  });

  it('gets a link that is signed, below the address it was sent to', async () => {
    const { body } = await anIntake().call();
    const url = new URL(String(body.url));
    expect([url.origin, url.pathname]).toEqual(['https://bridge.example.org', '/108905/conversations/63741936']);
    expect(isSignature(url.searchParams.get('signature') ?? '', secret.linkKey, '108905', '63741936')).toBe(true);
  });

  it.each([
    ['http', 'http:'],
    ['https', 'https:'],
    ['javascript', 'https:'],
  ])('gets a link of the scheme it came by: %s', async (scheme, protocol) => {
    const { body } = await anIntake().call({ headers: { 'X-Forwarded-Proto': scheme } });
    expect(new URL(String(body.url))).toMatchObject({ protocol, host: 'bridge.example.org' });
  });

  it('gets its id back as it was sent', async () => {
    const { body } = await anIntake().call(json([aConversation({ id: '0063741936' }), aConversation({ id: 5 })]));
    expect(body.accepted).toMatchObject([{ id: '0063741936' }, { id: 5 }]);
  });

  it('has one url of its own only where one conversation was accepted', async () => {
    const { call } = anIntake();
    expect((await call(json([aConversation({ id: 1 }), aConversation({ id: 2 })]))).body).not.toHaveProperty('url');
    expect((await call(json([aConversation({ id: 1 }), aConversation({ id: 0 })]))).body).toHaveProperty('url');
    expect((await call(json({ _type: 'operator' }))).body).not.toHaveProperty('url');
  });

  it('says what became of each entry of a bulk', async () => {
    const { call, sent } = anIntake();
    const { status, body } = await call(
      json({
        conversations: [
          aConversation({ id: 1 }),
          { _type: 'operator', _event: 'online' },
          aConversation({ id: 3, transcript: [{ sent_at: 'soon' }] }),
          oversized,
          aConversation({ id: 5 }),
        ],
      }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      accepted: [{ id: 1 }, { id: 5 }],
      rejected: [
        { index: 2, id: 3, errors: [{ path: 'transcript.0.sent_at' }] },
        { index: 3, id: 9, errors: [{ path: '', message: expect.stringContaining('1015808 bytes') }] },
      ],
      ignored: [{ index: 1, type: 'operator', event: 'online' }],
    });
    expect(sent).toHaveLength(2);
  });

  it('with nothing but what is ignored is answered 200, and queues nothing', async () => {
    const { call, sent } = anIntake();
    const { status, body } = await call(json({ _type: 'um_widget', _event: 'config' }));
    expect({ status, ...body }).toEqual({
      status: 200,
      accepted: [],
      rejected: [],
      ignored: [{ index: 0, type: 'um_widget', event: 'config' }],
      callId: 'call-1',
    });
    expect(sent).toEqual([]);
  });

  it.each(['/108905', '/108905/', '/108905/userlike/', '/108905/a/b%2Fc', '/%31%30%38905'])(
    'may be sent to %s',
    async (path) => {
      expect((await anIntake().call({ path })).status).toBe(200);
    },
  );

  it('gets an id where API Gateway gave none', async () => {
    const { body } = await anIntake({ randomId: () => 'random-id' }).call({ callId: '' });
    expect(body.callId).toBe('random-id');
  });

  it('queues the same for n conversations as n calls do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyConversation, { minLength: 1, maxLength: 5 }), async (conversations) => {
        const bulk = anIntake();
        const { body } = await bulk.call(json(conversations));
        const single = anIntake();
        const answers = [];
        for (const conversation of conversations) answers.push((await single.call(json(conversation))).body);
        expect(bulk.sent).toEqual(single.sent);
        expect(body.accepted).toEqual(answers.flatMap(({ accepted }) => accepted));
      }),
      { numRuns: 30 },
    );
  });
});

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

  it.each([429, 503] as const)('is answered %d with Retry-After, where the queue says so', async (status) => {
    const sendRecords = async () => {
      throw new CallRefused(status, 'The queue is busy.', { retryAfterSeconds: 7 });
    };
    const answer = await anIntake({ sendRecords }).call();
    expect(answer).toMatchObject({
      status,
      headers: { 'retry-after': '7' },
      body: { status, detail: 'The queue is busy.', callId: 'call-1' },
    });
    expect(answer.body).not.toHaveProperty('accepted');
  });

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
      { level: 'error', error: 'TypeError', status: 500, at: expect.stringContaining('intake.test.ts') },
    ]);
  });
});

describe('what is logged', () => {
  it('is one line for an accepted call', async () => {
    const { call, logged } = anIntake();
    const body = JSON.stringify([aConversation(), aConversation({ id: 0 }), { _type: 'operator' }]);
    await call({ body });
    expect(logged).toEqual([
      {
        level: 'info',
        message: 'call accepted',
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
    ['without a key', { headers: { 'X-Api-Key': '' } }, { status: 401, organization: '108905' }],
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

describe('what is emitted', () => {
  const broken = aConversation({ id: 0 });
  const outOfReach = async () => Promise.reject(new CallRefused(503, 'The queue is out of reach.'));
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
      { sendRecords: async () => Promise.reject(new CallRefused(429, 'The queue is busy.')) },
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
