import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeRecord, encodeRecord } from '../../../shared/queue/envelope.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';

const origin = { organization: '108905', callId: 'call-1', acceptedAt: '2024-02-22T15:50:00.000Z' };

describe('a text that is no record', () => {
  const bomb = brotliCompressSync(Buffer.alloc(20_000_000, ' '), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
  }).toString('base64');
  const record = (overrides: Record<string, unknown>) =>
    JSON.stringify({ v: 1, ...origin, encoding: 'json', body: aConversation(), ...overrides });

  it.each([
    ['no JSON', 'hello', 'not a record of version 1: the whole: Invalid input: expected object, received undefined'],
    ['another JSON', '[1]', 'not a record of version 1'],
    ['a record of a later version', record({ v: 2 }), 'not a record of version 1: v:'],
    [
      'two mistakes',
      record({ organization: '', callId: 'x'.repeat(129) }),
      /^not a record of version 1: organization: [^;]+; callId: [^;]+$/,
    ],
    ['an unknown encoding', record({ encoding: 'zstd' }), 'not a record of version 1: encoding:'],
    ['a record without an organization', record({ organization: '' }), 'not a record of version 1: organization:'],
    ['a record without a body', record({ body: undefined }), 'not a record of version 1: body:'],
    [
      'a conversation without an id',
      record({ body: { transcript: [] } }),
      'not a conversation: id: must be a positive safe integer',
    ],
    ['a compressed body that is cut', record({ encoding: 'br', body: 'aGVsbG8=' }), 'its body does not decompress'],
    ['a body that is not compressed', record({ encoding: 'br', body: '' }), 'its body does not decompress'],
    [
      'compressed text that is no JSON',
      record({ encoding: 'br', body: brotliCompressSync('hello').toString('base64') }),
      'not a conversation: the whole: must be an object',
    ],
    ['an organization that would be another secret', record({ organization: '108905/x' }), 'not a record of version 1'],
    ['an organization far too long', record({ organization: '1'.repeat(65) }), 'not a record of version 1'],
    ['a call id far too long', record({ callId: 'x'.repeat(129) }), 'not a record of version 1: callId:'],
    [
      'a conversation of another organization',
      record({ body: aConversation({ organization_id: 4711 }) }),
      "its conversation is another organization's",
    ],
    [
      'a conversation of another organization, compressed',
      record({
        encoding: 'br',
        body: brotliCompressSync(JSON.stringify(aConversation({ organization_id: '4711' }))).toString('base64'),
      }),
      "its conversation is another organization's",
    ],
    ['a bomb', record({ encoding: 'br', body: bomb }), 'its conversation is larger than 8388608 bytes'],
  ])('is refused with a reason: %s', (_title, text, reason) => {
    expect(decodeRecord(text)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });

  it('still names its origin where that can be read', () => {
    expect(decodeRecord(record({ body: {} }))).toMatchObject({ ok: false, origin });
  });

  it('is decompressed no further than the caller allows', () => {
    const conversation = aConversation({ transcript: [aMessage({ body: 'x'.repeat(100_000) })] });
    const large = encodeRecord(origin, JSON.stringify(conversation)) ?? '';
    expect(decodeRecord(large, { maxBytes: 50_000 })).toMatchObject({
      ok: false,
      reason: 'its conversation is larger than 50000 bytes',
    });
  });

  it('never throws, whatever the text', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((body) => record({ encoding: 'br', body })),
      fc.jsonValue().map((body) => record({ body })),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(typeof decodeRecord(text).ok).toBe('boolean');
      }),
    );
  });

  it('never quotes a value in its reason', () => {
    const secret = 'Erika-Beispiel-4711';
    for (const overrides of [
      { v: secret },
      { encoding: secret },
      { callId: [secret] },
      { acceptedAt: secret },
      { body: secret },
      { body: aConversation({ id: secret }) },
      { encoding: 'br', body: secret },
    ]) {
      expect(JSON.stringify(decodeRecord(record(overrides)))).not.toContain('4711');
    }
  });
});
