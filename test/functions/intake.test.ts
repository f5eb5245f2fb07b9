import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSignature } from '../../shared/http/link/conversation-url.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import { anyConversation } from '../support/any-conversations.ts';
import { aConversation, aMessage, documentedExample } from '../support/conversations.ts';
import { anIntake, json, secret } from '../support/intake/intake-calls.ts';

const oversized = aConversation({ id: 9, transcript: [aMessage({ body: randomBytes(1_200_000).toString('base64') })] });

describe('an accepted call', () => {
  it('is answered with the link for the timeline, once its conversation is queued', async () => {
    const { call, sent } = anIntake();
    const answer = await call({ body: documentedExample });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    const { url, ...others } = answer.body;
    expect(others).toEqual({ accepted: [{ id: 63741936, url }], rejected: [], ignored: [], callId: 'call-1' });
    expect(sent.map(({ group, body }) => [group, decodeRecord(body)])).toMatchObject([
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

  it.each([
    { conversations: 10, lane: 'interactive', group: '108905' },
    { conversations: 11, lane: 'bulk', group: '108905/call-1' },
  ])('of $conversations conversations takes the $lane lane', async ({ conversations, lane, group }) => {
    const { call, sent, lanes, logged } = anIntake();
    await call(json(Array.from({ length: conversations }, (_, index) => aConversation({ id: index + 1 }))));
    expect(lanes).toEqual([lane]);
    expect(new Set(sent.map((entry) => entry.group))).toEqual(new Set([group]));
    expect(logged).toMatchObject([{ message: 'call accepted', lane }]);
  });

  it('gets a link that is signed, below the address it was sent to', async () => {
    const { body } = await anIntake().call();
    const url = new URL(String(body.url));
    expect([url.origin, url.pathname]).toEqual(['https://bridge.example.org', '/108905/conversations/63741936']);
    expect(isSignature(url.searchParams.get('signature') ?? '', secret.linkKey, '108905', '63741936')).toBe(true);
  });

  it('gets a link that ends, where links have a lifetime', async () => {
    const { body } = await anIntake({ linkLifetimeDays: 2 }).call();
    const { expires, signature = '' } = Object.fromEntries(new URL(String(body.url)).searchParams);
    expect(expires).toBe(String(Date.parse('2024-02-24T15:50:00Z') / 1_000));
    expect(isSignature(signature, secret.linkKey, '108905', '63741936', expires)).toBe(true);
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
