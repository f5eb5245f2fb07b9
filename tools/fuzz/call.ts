import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { anAttack } from './attacks.ts';
import { aBomb, anEncoding } from './encoding.ts';
import { aText, documentedExample } from './payload.ts';

/** A call to the endpoint, and the statuses that the contract allows for it. */
export type Call = {
  kind: string;
  method: string;
  /** `*` stands for the endpoint's own path, which is the organization. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
  allowed: readonly number[];
};

/** The statuses of a POST for an organization. 5xx is never allowed while the queue works. */
const contract = [200, 400, 401, 413, 415, 422, 429];

/** API Gateway accepts no more and closes the connection. */
const GATEWAY_MAX_BYTES = 10_000_000;

/** The gateway itself may refuse a larger body, which does not fit into Lambda's event of 6 MB once it is escaped. */
const EVENT_MAX_BYTES = 3_000_000;

const json = { 'content-type': 'application/json' };
type Kind = { kind: string; weight: number; call: fc.Arbitrary<Omit<Call, 'kind'>> };

function post(body: Buffer | string, headers: Record<string, string>, allowed: readonly number[] = contract) {
  return { method: 'POST', path: '*', headers: { ...json, ...headers }, body: Buffer.from(body), allowed };
}

/** Calls with any text and one of these values. */
function withText<T>(values: readonly T[], call: (text: string, value: T) => Omit<Call, 'kind'>) {
  return fc.tuple(aText, fc.constantFrom(...values)).map(([text, value]) => call(text, value));
}

/** The kinds of calls. @param key the add-on's key */
function kindsFor(key: string): readonly Kind[] {
  const keyed = { 'x-api-key': key };
  return [
    { kind: 'payload', weight: 60, call: aText.map((text) => post(text, keyed)) },
    {
      kind: 'encoded payload',
      weight: 10,
      call: fc.tuple(anEncoding, aText).map(([[encoding, encode], text]) => {
        return post(encode(Buffer.from(text)), { ...keyed, 'content-encoding': encoding });
      }),
    },
    {
      kind: 'broken encoding',
      weight: 6,
      call: fc
        .record({
          used: anEncoding,
          claimed: fc.oneof(
            { weight: 7, arbitrary: anEncoding.map(([encoding]) => encoding) },
            { weight: 3, arbitrary: fc.constantFrom('zstd', 'compress', 'gzip,gzip,gzip,gzip', '*', ',') },
          ),
          kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
        })
        .map(({ used: [, encode], claimed, kept }) => {
          const body = encode(Buffer.from(documentedExample));
          return post(body.subarray(0, kept * body.length), { ...keyed, 'content-encoding': claimed });
        }),
    },
    {
      kind: 'bomb',
      weight: 2,
      call: aBomb.map(({ encoding, body }) => post(body, { ...keyed, 'content-encoding': encoding }, [413])),
    },
    {
      kind: 'poison',
      weight: 4,
      call: fc
        .oneof(
          { weight: 2, arbitrary: fc.tuple(anAttack) },
          { weight: 1, arbitrary: fc.tuple(anAttack, anAttack, anAttack) },
        )
        .map((conversations) =>
          post(gzipSync(JSON.stringify(conversations)), { ...keyed, 'content-encoding': 'gzip' }),
        ),
    },
    {
      kind: 'bytes',
      weight: 5,
      call: fc
        .record({
          body: fc.oneof(
            fc.uint8Array({ maxLength: 3_000, size: 'max' }).map((bytes) => Buffer.from(bytes)),
            fc.constantFrom(Buffer.from(documentedExample, 'utf16le'), Buffer.from(`"${'ä'.repeat(99)}"`, 'latin1')),
          ),
          type: fc.constantFrom('application/json', 'application/json; charset=utf-16', 'application/octet-stream', ''),
        })
        .map(({ body, type }) => post(body, { ...keyed, 'content-type': type })),
    },
    {
      kind: 'large body',
      weight: 1,
      call: fc
        .constantFrom(4_000_000, 5_242_880, 5_242_881, 6_500_000)
        .map((length) => post(`{"id":1,"custom":"${'x'.repeat(length - 21)}"}`, keyed)),
    },
    {
      kind: 'key',
      weight: 6,
      call: withText<Record<string, string>>(
        [
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
        ],
        (text, headers) => post(text, headers, [401]),
      ),
    },
    {
      kind: 'headers',
      weight: 4,
      call: withText(
        ['text/html', 'application/json;'.repeat(200), 'x', '/', 'application/+json', ';='],
        (text, type) =>
          post(text, {
            ...keyed,
            'content-type': type,
            'x-forwarded-for': '127.0.0.1'.repeat(200),
            'x-forwarded-proto': 'javascript',
            cookie: 'a=b; '.repeat(300),
            accept: '*/*'.repeat(100),
          }),
      ),
    },
    {
      kind: 'path below',
      weight: 3,
      call: withText(
        ['/', '//', '/a/b/c', '/%2e%2e/x', '/?a=b&a=c', `/${'x'.repeat(3_000)}`, '/%00', '%2flime', '/conversations/1'],
        (text, path) => ({ ...post(text, keyed), path: `*${path}` }),
      ),
    },
    {
      kind: 'other organization',
      weight: 3,
      call: withText(['/4711', '/%2e%2e', '/%zz', '/a%20b', `/${'1'.repeat(70)}`, '/', '/%00'], (text, path) => ({
        ...post(text, keyed, [400, 401, 404]),
        path,
      })),
    },
    {
      kind: 'link',
      weight: 3,
      call: fc
        .record({
          path: fc.constantFrom(
            '*/conversations/1',
            '*/conversations/1?signature=x',
            `*/conversations/${'9'.repeat(33)}?signature=${'x'.repeat(43)}`,
            '*/conversations/%3Cscript%3E?signature=',
            '*/conversations/1?signature=%ff%fe',
            '*/conversations/-1?signature[]=1',
          ),
          accept: fc.constantFrom('application/json', 'text/html', '\u00e4'),
        })
        .map(({ path, accept }) => ({
          method: 'GET',
          path,
          headers: { accept },
          body: undefined,
          allowed: [400, 404],
        })),
    },
    {
      kind: 'method',
      weight: 1,
      call: withText(['PUT', 'PATCH', 'DELETE', 'OPTIONS'], (text, method) => ({
        ...post(text, keyed, [404]),
        method,
      })),
    },
  ];
}

/** Any call. @param key the add-on's key */
export function aCall(key: string): fc.Arbitrary<Call> {
  const calls = kindsFor(key).map(({ kind, weight, call }) => ({
    weight,
    arbitrary: call.map((one) => ({ kind, ...one })),
  }));
  return fc.oneof(...calls).map((call) => {
    const body = call.body?.subarray(0, GATEWAY_MAX_BYTES);
    const isForGateway = (body?.length ?? 0) > EVENT_MAX_BYTES;
    return { ...call, body, allowed: isForGateway ? [...call.allowed, 413] : call.allowed };
  });
}

/** The call with this number of this seed, which is the same each time. */
export function callOf(calls: fc.Arbitrary<Call>, seed: number, number: number): Call {
  // A hash, because generators of neighbouring seeds begin alike.
  const own = createHash('sha256').update(`${seed}.${number}`).digest().readInt32LE();
  const [call] = fc.sample(calls, { seed: own, numRuns: 1 });
  if (call === undefined) throw new Error('fast-check made no call');
  return call;
}
