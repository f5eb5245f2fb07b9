import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeRecord } from '../../../shared/queue/envelope.ts';
import { packCall } from '../../../shared/queue/pack.ts';
import { parseAddonCall } from '../../../shared/userlike/addon-call.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';

const origin = { organization: '108905', callId: 'call-1', acceptedAt: '2024-02-22T15:50:00.000Z' };
const oversized = aConversation({ id: 9, transcript: [aMessage({ body: randomBytes(1_200_000).toString('base64') })] });

const pack = (...entries: unknown[]) => packCall(parseAddonCall(JSON.stringify(entries), '108905'), origin);
describe('a call that is packed', () => {
  it('is one record for each conversation, in their order', () => {
    const { entries, ids, rejected } = pack(aConversation({ id: 2 }), aConversation({ id: '1' }));
    expect(ids).toEqual([2, '1']);
    expect(entries.map(({ group, body }) => [group, decodeRecord(body)])).toMatchObject([
      ['108905', { ok: true, origin, conversation: { id: 2 } }],
      ['108905', { ok: true, origin, conversation: { id: '1' } }],
    ]);
    expect(rejected).toEqual([]);
  });

  it('rejects a conversation that no record can hold, and takes the others', () => {
    const { ids, rejected, isTooLarge } = pack(
      aConversation({ id: 1 }),
      oversized,
      aConversation({ id: 0 }),
      aConversation({ id: 4 }),
    );
    expect(ids).toEqual([1, 4]);
    expect(rejected.map(({ index }) => index)).toEqual([1, 2]);
    expect(isTooLarge).toBe(true);
    expect(rejected[0]).toMatchObject({
      id: 9,
      errors: [{ path: '', message: expect.stringContaining('1015808 bytes') }],
    });
  });

  it('may hold no entries where nothing of it is a conversation', () => {
    expect(pack({ _type: 'operator' })).toEqual({
      lane: 'interactive',
      entries: [],
      ids: [],
      rejected: [],
      isTooLarge: false,
    });
  });
});
