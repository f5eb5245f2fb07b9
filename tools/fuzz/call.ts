import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createDraw, type Draw } from '../soak/draw.ts';
import { aGoodText, aText } from './payload.ts';
import { aPoison } from './poison.ts';

/** A call to the endpoint, with the statuses that the contract allows for it. */
export type Call = {
  kind: string;
  method: string;
  /** With `*` for the endpoint's own path, which is the organization. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  allowed: readonly number[];
};

/** What the endpoint answers to a POST for an organization; 5xx is never expected of a queue that is there. */
const contract = [200, 400, 401, 413, 415, 422, 429];

/** API Gateway takes no more; what a sender writes beyond that meets a closed connection. */
const GATEWAY_MAX_BYTES = 10_000_000;

/** A body that may be too large for Lambda's event of 6 MB, in which it is escaped: then the gateway answers itself. */
const EVENT_MAX_BYTES = 3_000_000;

const json = { 'content-type': 'application/json' };
function brotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
}

const encoders = new Map<string, (bytes: Buffer) => Buffer>([
  ['gzip', (bytes) => gzipSync(bytes)],
  ['x-gzip', (bytes) => gzipSync(bytes)],
  ['deflate', (bytes) => deflateSync(bytes)],
  ['DEFLATE', (bytes) => deflateRawSync(bytes)],
  ['br', brotli],
  ['gzip, br', (bytes) => brotli(gzipSync(bytes))],
  ['identity', (bytes) => bytes],
]);

const zeros = Buffer.alloc(64 * 1024 * 1024);
const bombs = [
  { encoding: 'gzip', body: gzipSync(zeros) },
  { encoding: 'deflate', body: deflateSync(zeros) },
  { encoding: 'br', body: brotli(zeros) },
  { encoding: 'gzip, gzip', body: gzipSync(gzipSync(zeros)) },
];

type Kind = { kind: string; weight: number; make: (draw: Draw, key: string) => Omit<Call, 'kind'> };

function post(body: Buffer | string, headers: Record<string, string>, allowed: readonly number[] = contract) {
  return {
    method: 'POST',
    path: '*',
    headers: { ...json, ...headers },
    body: Buffer.from(body),
    allowed,
  };
}

const kinds: readonly Kind[] = [
  { kind: 'payload', weight: 60, make: (draw, key) => post(aText(draw), { 'x-api-key': key }) },
  {
    kind: 'encoded payload',
    weight: 10,
    make: (draw, key) => {
      const [encoding, encode] = draw.pick([...encoders]);
      return post(encode(Buffer.from(aText(draw))), { 'x-api-key': key, 'content-encoding': encoding });
    },
  },
  {
    kind: 'poison',
    weight: 4,
    make: (draw, key) => {
      const conversations = fc.sample(aPoison, { seed: draw.int(0, 2 ** 31), numRuns: draw.pick([1, 1, 3]) });
      return post(gzipSync(JSON.stringify(conversations)), { 'x-api-key': key, 'content-encoding': 'gzip' });
    },
  },
  {
    kind: 'broken encoding',
    weight: 6,
    make: (draw, key) => {
      const [, encode] = draw.pick([...encoders]);
      const body = encode(Buffer.from(aGoodText()));
      const [claimed] = draw.pick([...encoders]);
      const cut = draw.chance(0.5) ? body.subarray(0, draw.int(0, body.length)) : body;
      const encoding = draw.chance(0.3) ? draw.pick(['zstd', 'compress', 'gzip,gzip,gzip,gzip', '*', ',']) : claimed;
      return post(cut, { 'x-api-key': key, 'content-encoding': encoding });
    },
  },
  {
    kind: 'bomb',
    weight: 2,
    make: (draw, key) => {
      const { encoding, body } = draw.pick(bombs);
      return post(body, { 'x-api-key': key, 'content-encoding': encoding }, [413]);
    },
  },
  {
    kind: 'bytes',
    weight: 5,
    make: (draw, key) => {
      const noise = Buffer.from(Array.from({ length: draw.int(0, 3_000) }, () => draw.int(0, 255)));
      const body = draw.pick([
        noise,
        Buffer.from(aGoodText(), 'utf16le'),
        Buffer.from(`"${'ä'.repeat(99)}"`, 'latin1'),
      ]);
      const type = draw.pick(['application/json', 'application/json; charset=utf-16', 'application/octet-stream', '']);
      return post(body, { 'x-api-key': key, 'content-type': type });
    },
  },
  {
    kind: 'large body',
    weight: 1,
    make: (draw, key) => {
      const length = draw.pick([4_000_000, 5_242_880, 5_242_881, 6_500_000]);
      return post(`{"id":1,"custom":"${'x'.repeat(length - 21)}"}`, { 'x-api-key': key });
    },
  },
  {
    kind: 'key',
    weight: 6,
    make: (draw, key) =>
      post(
        aText(draw),
        draw.pick<Record<string, string>>([
          {},
          { 'x-api-key': '' },
          { 'x-api-key': `${key} x` },
          { 'x-api-key': 'x'.repeat(6_000) },
          { authorization: `Bearer ${key}x` },
          { authorization: `Basic ${Buffer.from('ada').toString('base64')}` },
          { authorization: `Basic ${'='.repeat(100)}` },
          { authorization: `Bearer${' '.repeat(5_000)}` },
          { authorization: '\u00ff' },
          { 'api-security-token': key.toUpperCase() },
        ]),
        [401],
      ),
  },
  {
    kind: 'headers',
    weight: 4,
    make: (draw, key) =>
      post(aText(draw), {
        'x-api-key': key,
        'content-type': draw.pick(['text/html', 'application/json;'.repeat(200), 'x', '/', 'application/+json', ';=']),
        'x-forwarded-for': '127.0.0.1'.repeat(200),
        'x-forwarded-proto': 'javascript',
        cookie: 'a=b; '.repeat(300),
        accept: '*/*'.repeat(100),
      }),
  },
  {
    kind: 'path below',
    weight: 3,
    make: (draw, key) => ({
      ...post(aText(draw), { 'x-api-key': key }),
      path: `*${draw.pick([
        '/',
        '//',
        '/a/b/c',
        '/%2e%2e/x',
        '/?a=b&a=c',
        `/${'x'.repeat(3_000)}`,
        '/%00',
        '%2flime',
        '/conversations/1',
      ])}`,
    }),
  },
  {
    kind: 'other organization',
    weight: 3,
    make: (draw, key) => ({
      ...post(aText(draw), { 'x-api-key': key }, [400, 401, 404]),
      path: draw.pick(['/4711', '/%2e%2e', '/%zz', '/a%20b', `/${'1'.repeat(70)}`, '/', '/%00']),
    }),
  },
  {
    kind: 'link',
    weight: 3,
    make: (draw) => ({
      method: 'GET',
      path: draw.pick([
        '*/conversations/1',
        '*/conversations/1?signature=x',
        `*/conversations/${'9'.repeat(33)}?signature=${'x'.repeat(43)}`,
        '*/conversations/%3Cscript%3E?signature=',
        '*/conversations/1?signature=%ff%fe',
        '*/conversations/-1?signature[]=1',
      ]),
      headers: { accept: draw.pick(['application/json', 'text/html', '\u00e4']) },
      body: undefined,
      allowed: [400, 404],
    }),
  },
  {
    kind: 'method',
    weight: 1,
    make: (draw, key) => ({
      ...post(aText(draw), { 'x-api-key': key }, [404]),
      method: draw.pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS']),
    }),
  },
];

const lots = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));

/** The call with this number of this seed; the same each time. */
export function callOf(seed: number, number: number, key: string): Call {
  // A prime spreads the seeds, so that neighbours do not share their calls.
  const draw = createDraw((Math.imul(seed, 0x9e3779b1) + number) >>> 0, '');
  const { kind, make } = draw.pick(lots);
  const call = make(draw, key);
  const body = call.body?.subarray(0, GATEWAY_MAX_BYTES);
  const isForGateway = (body?.length ?? 0) > EVENT_MAX_BYTES;
  return { kind, ...call, body, allowed: isForGateway ? [...call.allowed, 413] : call.allowed };
}
