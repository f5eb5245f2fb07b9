import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CONVERSATION_MAX_BYTES,
  decodeRecord,
  encodeRecord,
  headOf,
  RECORD_MAX_BYTES,
} from '../../../shared/queue/envelope.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { anyConversation } from '../../support/any-conversations.ts';
import { aConversation, aMessage, documentedExample } from '../../support/conversations.ts';

const origin = { organization: '108905', callId: 'call-1', acceptedAt: '2024-02-22T15:50:00.000Z' };

const encode = (conversation: unknown) => encodeRecord(origin, JSON.stringify(conversation)) ?? '';
const encodingOf = (record: string): unknown => JSON.parse(record).encoding;
const withBody = (body: string) => aConversation({ transcript: [aMessage({ body })] });

/** A record whose body is exactly so many bytes. */
const recordOf = (bytes: number) => {
  const frame = Buffer.byteLength(encode(withBody('')));
  return encode(withBody('x'.repeat(bytes - frame)));
};

/** Text that compression, written in base64, makes longer: any printable ASCII but for what JSON escapes. */
const printable = Array.from({ length: 0x7f - 0x23 }, (_, index) => String.fromCharCode(0x23 + index)).filter(
  (character) => character !== '\\',
);
const noise = (length: number) =>
  Array.from(randomBytes(length), (byte) => printable[byte % printable.length]).join('');

/** What real SQS, and queues that follow the text of its error, take: XML 1.0 up to U+FFFD. */
const accepted = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/;

describe('a record', () => {
  it('holds the documented example with its origin, readable', () => {
    const record = encodeRecord(origin, documentedExample) ?? '';
    expect(JSON.parse(record)).toEqual({ v: 1, ...origin, encoding: 'json', body: JSON.parse(documentedExample) });
    expect(decodeRecord(record)).toEqual({
      ok: true,
      origin,
      conversation: Conversation.parse(JSON.parse(documentedExample)),
    });
  });

  it('names its origin and its decoded size before it is decoded', () => {
    const named = { ...origin, conversation: '63741936' };
    const small = encodeRecord(named, JSON.stringify(withBody('x'.repeat(10_000)))) ?? '';
    expect(headOf(small)).toEqual({ ok: true, origin: named, bytes: Buffer.byteLength(small) });
    const json = JSON.stringify(withBody('x'.repeat(1_000_000)));
    expect(headOf(encodeRecord(named, json) ?? '')).toEqual({ ok: true, origin: named, bytes: json.length });
    expect(headOf('{"v":2}')).toMatchObject({ ok: false, reason: expect.stringMatching(/^not a record of version 1/) });
  });

  it.each([
    { title: 'empty messages', transcript: Array(10_000).fill({}) },
    { title: 'short messages, compressed', transcript: Array(10_000).fill({ body: 'x' }) },
    { title: 'files of one message', transcript: [{ attachments: Array(10_000).fill('x') }] },
  ])('counts for more than its bytes where it is made of thousands of $title', ({ transcript }) => {
    const json = JSON.stringify({ id: 1, transcript });
    expect(json.length).toBeLessThan(200_000);
    const head = headOf(encodeRecord(origin, json) ?? '');
    expect(head.ok && head.bytes).toBeGreaterThan(400_000);
  });

  it('of an earlier version, without a decoded size, may have the largest', () => {
    const { bytes: _, ...earlier } = JSON.parse(encode(withBody('x'.repeat(1_000_000))));
    expect(headOf(JSON.stringify(earlier))).toMatchObject({ ok: true, bytes: CONVERSATION_MAX_BYTES });
    expect(decodeRecord(JSON.stringify(earlier))).toMatchObject({ ok: true });
  });

  it('is decompressed to no more than it says', () => {
    const record = JSON.parse(encode(withBody('x'.repeat(1_000_000))));
    const lying = JSON.stringify({ ...record, bytes: 10_000 });
    expect(decodeRecord(lying)).toEqual({ ok: false, origin, reason: 'its conversation is larger than 10000 bytes' });
  });

  it('gives back any conversation as it was sent', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const record = encode(conversation);
        expect(record).toMatch(accepted);
        expect(decodeRecord(record)).toEqual({ ok: true, origin, conversation: Conversation.parse(conversation) });
      }),
    );
  });

  it('gives back any large conversation as it was sent', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const large = {
          ...conversation,
          transcript: [
            aMessage({ body: 'long '.repeat(20_000) }),
            ...(Array.isArray(conversation.transcript) ? conversation.transcript : []),
          ],
        };
        const record = encode(large);
        expect(encodingOf(record)).toBe('br');
        expect(record).toMatch(accepted);
        expect(decodeRecord(record)).toEqual({ ok: true, origin, conversation: Conversation.parse(large) });
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['control characters', '\u0000\u0001\u001f\u007f\u0085'],
    ['lone surrogates', '\ud800 \udfff'],
    ['what is no character', '\ufffe\uffff'],
    ['emoji', '👩‍👩‍👧 🏳️‍🌈'],
    ['quotes and backslashes', '"\\u0041\\"'],
    ['right-to-left text', 'שלום'],
  ])('carries %s past what SQS refuses', (_title, body) => {
    const record = encode(withBody(body));
    expect(record).toMatch(accepted);
    const decoded = decodeRecord(record);
    expect(decoded.ok && decoded.conversation.transcript?.[0]?.body).toBe(body);
  });

  it('stays readable up to one billing unit of SQS, and is compressed beyond it', () => {
    const largest = recordOf(65_536);
    expect([Buffer.byteLength(largest), encodingOf(largest)]).toEqual([65_536, 'json']);
    const next = recordOf(65_537);
    expect([Buffer.byteLength(next) < 2_000, encodingOf(next)]).toEqual([true, 'br']);
  });

  it('counts bytes, not characters', () => {
    expect(encodingOf(encode(withBody('€'.repeat(30_000))))).toBe('br');
  });

  it('stays as it is where compression makes nothing shorter', () => {
    expect(encodingOf(encode(withBody(noise(100_000))))).toBe('json');
  });

  it('carries a chat of several MB', () => {
    const record = encode(withBody('Do you deliver to the islands? '.repeat(160_000)));
    expect(Buffer.byteLength(record)).toBeLessThan(RECORD_MAX_BYTES);
    expect(decodeRecord(record).ok).toBe(true);
  });

  it('cannot be made of a conversation that SQS could not hold', () => {
    expect(encodeRecord(origin, JSON.stringify(withBody(noise(1_500_000))))).toBeUndefined();
  });

  it('cannot be made of a conversation that would not be decompressed again', () => {
    const frame = JSON.stringify(withBody('')).length;
    const json = (bytes: number) => JSON.stringify(withBody('x'.repeat(bytes - frame)));
    const largest = encodeRecord(origin, json(CONVERSATION_MAX_BYTES)) ?? '';
    expect(decodeRecord(largest).ok).toBe(true);
    expect(encodeRecord(origin, json(CONVERSATION_MAX_BYTES + 1))).toBeUndefined();
  });

  it('may have the largest size, and no byte more', () => {
    const frame = Buffer.byteLength(encode(withBody('')));
    // Compression is longer at first: the record stays JSON, whose length is known.
    const noisy = noise(RECORD_MAX_BYTES - frame);
    expect(Buffer.byteLength(encode(withBody(noisy)))).toBe(RECORD_MAX_BYTES);
    expect(encodeRecord(origin, JSON.stringify(withBody(`${noisy}x`)))).toBeUndefined();
  });

  it.each([108905, '108905', null, undefined])(
    'may hold a conversation whose organization is %j',
    (organization_id) => {
      expect(decodeRecord(encode(aConversation({ organization_id })))).toMatchObject({ ok: true, origin });
    },
  );

  it('leaves room for the attributes that it may be parked with', () => {
    expect(RECORD_MAX_BYTES).toBeLessThanOrEqual(1_048_576 - 32_768);
  });
});
