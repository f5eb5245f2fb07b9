import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readJsonBody } from '../../shared/http/read-json-body.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { anIntake, type Call } from '../support/intake/intake-calls.ts';

const text = JSON.stringify(aConversation({ transcript: [aMessage({ body: 'Grüße 👩‍👩‍👧' })] }));
const bytes = Buffer.from(text);

async function statusOf(given: Call) {
  return (await anIntake().call(given)).status;
}
function binary(body: Buffer, headers: Record<string, string> = {}): Call {
  return {
    body: body.toString('base64'),
    isBase64Encoded: true,
    headers,
  };
}
function encoded(encoding: string, body: Buffer) {
  return binary(body, { 'Content-Encoding': encoding });
}

/** A conversation whose JSON is exactly so many bytes; it compresses well. */
function jsonOf(length: number) {
  const frame = JSON.stringify(aConversation({ custom: '' })).length;
  return Buffer.from(JSON.stringify(aConversation({ custom: 'x'.repeat(length - frame) })));
}
function brotli(body: Buffer) {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
}

const limit = 5_242_880;

/** Compression makes it no smaller. */
const noise = randomBytes(12_000_000);

describe('the media type', () => {
  it.each([
    'application/json',
    'application/JSON',
    'Application/Json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset=utf8; profile=x',
    'application/json;',
    'application/vnd.userlike+json',
    'application/problem+JSON; charset=us-ascii',
    '',
  ])('may be %j', async (type) => {
    expect(await statusOf({ body: text, headers: { 'Content-Type': type } })).toBe(200);
  });

  it.each([
    'text/plain',
    'text/html; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json2',
    'xapplication/json',
    'application/+json',
    'application/x+jsonp',
    'x-application/x+json',
    'application/a/b+json',
    'text/plain; application/json',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-16',
    'application/json; charset=x-utf-8',
    'application/json; charset=utf-8-x',
  ])('may not be %j', async (type) => {
    expect(await statusOf({ body: text, headers: { 'Content-Type': type } })).toBe(415);
  });
});

describe('a request', () => {
  it('may omit the headers about its body, which then is plain JSON', () => {
    expect(readJsonBody({ headers: {}, body: text })).toBe(text);
  });

  it('may have no body at all', () => {
    expect(readJsonBody({ headers: {} })).toBe('');
  });
});

describe('a refusal', () => {
  it.each<[string, Call]>([
    ['Send JSON in UTF-8, with the media type application/json.', { headers: { 'Content-Type': 'text/plain' } }],
    ['Send the body as it is, or encoded with gzip, deflate or br (at most 3).', encoded('zstd', bytes)],
    ['The body does not decode as its Content-Encoding says.', encoded('gzip', bytes)],
    ['The body is not UTF-8.', binary(Buffer.from([0xff]))],
  ])('says what to do: %s', async (detail, given) => {
    expect((await anIntake().call(given)).body).toMatchObject({ detail });
  });
});

describe('the body', () => {
  it.each<[string, Call]>([
    ['as it is', { body: text }],
    ['as base64, which API Gateway makes of binary bodies', binary(bytes)],
    ['with a byte order mark', binary(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))],
    ['gzip', encoded('gzip', gzipSync(bytes))],
    ['GZIP', encoded('GZIP', gzipSync(bytes))],
    ['x-gzip', encoded('x-gzip', gzipSync(bytes))],
    ['deflate with a zlib header', encoded('deflate', deflateSync(bytes))],
    ['deflate without a header', encoded('deflate', deflateRawSync(bytes))],
    ['br', encoded('br', brotliCompressSync(bytes))],
    ['identity', encoded('identity', bytes)],
    ['no encoding by name', encoded('', bytes)],
    ['gzip, then br', encoded('gzip, br', brotliCompressSync(gzipSync(bytes)))],
    ['three encodings', encoded('identity,deflate ,gzip', gzipSync(deflateSync(bytes)))],
  ])('may be sent: %s', async (_title, given) => {
    const { call, sent } = anIntake();
    expect((await call(given)).status).toBe(200);
    expect(JSON.parse(sent[0]?.body ?? '').body).toEqual(JSON.parse(text));
  });

  it.each<[string, number, Call]>([
    ['an unknown encoding', 415, encoded('zstd', bytes)],
    ['a known and an unknown encoding', 415, encoded('gzip, compress', gzipSync(bytes))],
    ['four encodings', 415, encoded('identity, identity, identity, identity', bytes)],
    ['what is not gzip', 400, encoded('gzip', bytes)],
    ['what is not deflate', 400, encoded('deflate', bytes)],
    ['what is not br', 400, encoded('br', bytes)],
    ['gzip that is cut', 400, encoded('gzip', gzipSync(bytes).subarray(0, -20))],
    ['br that is cut', 400, encoded('br', brotliCompressSync(bytes).subarray(0, -20))],
    ['no gzip at all', 400, encoded('gzip', Buffer.alloc(0))],
    ['encodings in the wrong order', 400, encoded('br, gzip', brotliCompressSync(gzipSync(bytes)))],
    ['what is not UTF-8', 400, binary(Buffer.from('{"id":1,"subject":"Grüße"}', 'latin1'))],
    [
      'a surrogate in UTF-8',
      400,
      binary(Buffer.concat([Buffer.from('"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"')])),
    ],
    ['UTF-16', 400, binary(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['no body', 400, { body: '' }],
  ])('may not be %s: %d', async (_title, status, given) => {
    expect(await statusOf(given)).toBe(status);
  });

  it.each<[string, (bytes: Buffer) => Call]>([
    ['as it is', (body) => ({ body: body.toString() })],
    ['as base64', binary],
    ['gzip', (body) => encoded('gzip', gzipSync(body))],
    ['deflate', (body) => encoded('deflate', deflateSync(body))],
    ['deflate without a header', (body) => encoded('deflate', deflateRawSync(body))],
    ['br', (body) => encoded('br', brotli(body))],
    ['gzip in gzip', (body) => encoded('gzip, gzip', gzipSync(gzipSync(body)))],
  ])('may have 5 MiB after decoding, and no byte more: %s', async (_title, callWith) => {
    expect(await statusOf(callWith(jsonOf(limit)))).toBe(200);
    const { status, body } = await anIntake().call(callWith(jsonOf(limit + 1)));
    expect({ status, detail: body.detail }).toEqual({ status: 413, detail: expect.stringContaining('5242880 bytes') });
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotli],
  ])('may not be a bomb of %s, and is decoded no further than the limit', async (encoding, compress) => {
    expect(await statusOf(encoded(encoding, compress(Buffer.alloc(50_000_000))))).toBe(413);
    // Whoever went on would come to where it is cut, and answer 400.
    const cut = compress(noise).subarray(0, 11_500_000);
    expect(await statusOf(encoded(encoding, cut))).toBe(413);
  });
});
