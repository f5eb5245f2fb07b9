import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { aConversation, documentedExample } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ variables: { ADDON_KEY_PREVIOUS: 'previous-key' } });
});
afterEach(() => fetch(`${journey.awsEndpoint}/_emulator/faults`, { method: 'DELETE' }));
afterAll(() => journey.stop());

const fiveMiB = 5 * 1024 * 1024;
function padded(bytes: number): string {
  const empty = JSON.stringify(aConversation({ custom: { padding: '' } }));
  return empty.replace('"padding":""', `"padding":"${'x'.repeat(bytes - empty.length)}"`);
}

function call(body: string | Buffer, headers: Record<string, string> = {}, path = ''): Promise<Response> {
  return fetch(journey.endpoint + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'local-addon-key', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

function refuseAws(fault: Record<string, unknown>): Promise<Response> {
  return fetch(`${journey.awsEndpoint}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
}

const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  callId: z.string(),
  rejected: z
    .array(
      z.strictObject({
        index: z.int(),
        id: z.union([z.number(), z.string()]).optional(),
        errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
      }),
    )
    .optional(),
});

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

describe('a call that is taken', () => {
  const one = JSON.stringify(aConversation());
  it.each([
    { title: 'to the organization', path: '' },
    { title: 'with a trailing slash', path: '/' },
    { title: 'to any path below it', path: '/limepkg-userlike/userlike/' },
    { title: 'with a query', path: '/?event=received' },
    { title: 'in another spelling of JSON', headers: { 'content-type': 'application/JSON; charset=UTF-8' } },
    { title: 'with gzip', body: gzipSync(one), headers: { 'content-encoding': 'gzip' } },
    { title: 'with deflate', body: deflateSync(one), headers: { 'content-encoding': 'deflate' } },
    { title: 'with br', body: brotliCompressSync(one), headers: { 'content-encoding': 'br' } },
    { title: 'with the key as security token', headers: { 'x-api-key': '', 'api-security-token': 'local-addon-key' } },
    { title: 'with the key as bearer', headers: { 'x-api-key': '', authorization: 'Bearer local-addon-key' } },
    {
      title: 'with the key as password',
      headers: { 'x-api-key': '', authorization: `Basic ${Buffer.from('any:local-addon-key').toString('base64')}` },
    },
    { title: 'with the previous key', headers: { 'x-api-key': 'previous-key' } },
    { title: 'of exactly 5 MiB', body: padded(fiveMiB) },
  ])('$title is answered 200 with the link', async ({ path = '', body = one, headers = {} }) => {
    const response = await call(body, headers, path);
    const answer = z.looseObject({ url: z.url() }).parse(await response.json());
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(answer).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/108905\/conversations\/63741936\?signature=[\w-]{43}$/),
      accepted: [{ id: 63741936, url: answer.url }],
      rejected: [],
      ignored: [],
      callId: expect.any(String),
    });
  });

  it('without a media type is taken for JSON', async () => {
    const response = await fetch(journey.endpoint, {
      method: 'POST',
      headers: { 'x-api-key': 'local-addon-key' },
      body: Buffer.from(documentedExample),
    });
    expect(response.status).toBe(200);
  });

  it('lists accepted, rejected and ignored conversations by their index', async () => {
    const body = [
      aConversation({ id: '00042' }),
      { _type: 'operator', _event: 'online', id: 7 },
      aConversation({ id: 43, transcript: [{ sent_at: 'yesterday at Ada’s' }] }),
      aConversation({ organization_id: 4711 }),
    ];
    const response = await call(JSON.stringify({ conversations: body }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      accepted: [{ id: '00042' }],
      ignored: [{ index: 1, type: 'operator' }],
      rejected: [
        { index: 2, id: 43, errors: [{ path: 'transcript.0.sent_at', message: expect.not.stringContaining('Ada') }] },
        { index: 3, errors: [{ path: 'organization_id' }] },
      ],
    });
  });
});

describe('a call that is refused', () => {
  it.each([
    { title: 'what is not JSON', status: 400, body: '{"id": 1' },
    { title: 'no conversation in any form', status: 400, body: '{}' },
    { title: 'a scalar', status: 400, body: '5' },
    { title: 'an empty list', status: 400, body: '[]' },
    { title: 'conversations that are no list', status: 400, body: '{"conversations": {}}' },
    { title: 'a broken gzip body', status: 400, body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
    { title: 'no key', status: 401, headers: { 'x-api-key': '' } },
    { title: 'a wrong key', status: 401, headers: { 'x-api-key': 'guessed' } },
    { title: 'more than 5 MiB', status: 413, body: padded(fiveMiB + 1) },
    {
      title: 'more than 5 MiB after decoding',
      status: 413,
      body: gzipSync(padded(fiveMiB + 1)),
      headers: { 'content-encoding': 'gzip' },
    },
    { title: 'a form', status: 415, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    { title: 'an unknown encoding', status: 415, headers: { 'content-encoding': 'zstd' } },
    { title: 'a conversation without an id', status: 422, body: JSON.stringify(aConversation({ id: undefined })) },
    { title: 'an id that JSON cannot carry', status: 422, body: '{"id": 9007199254740993, "transcript": []}' },
    { title: 'an id that is no whole number', status: 422, body: '{"id": 63741936.00000000001, "transcript": []}' },
  ])('for $title is answered $status', async ({ status, body = documentedExample, headers = {} }) => {
    const response = await call(body, headers);
    expect(response.status).toBe(status);
    const problem = await problemOf(response);
    if (status === 413) expect(problem.detail).toContain('5242880');
    if (status === 422) expect(problem.rejected).toMatchObject([{ index: 0, errors: [{ path: 'id' }] }]);
  });

  it('for an unknown organization is answered like one with a wrong key', async () => {
    const unknown = await fetch(journey.endpoint.replace('108905', '4711'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'local-addon-key' },
      body: documentedExample,
    });
    const wrong = await call(documentedExample, { 'x-api-key': 'guessed' });
    const [one, other] = [await problemOf(unknown), await problemOf(wrong)];
    expect({ ...one, callId: '' }).toEqual({ ...other, callId: '' });
  });

  it('for a conversation that no record can carry is answered 413, the limit named', async () => {
    const custom = { noise: randomBytes(2 * 1024 * 1024).toString('base64') };
    const problem = await problemOf(await call(JSON.stringify(aConversation({ custom }))));
    expect(problem).toMatchObject({ status: 413, rejected: [{ index: 0, id: 63741936 }] });
    expect(JSON.stringify(problem)).toMatch(/10[0-9]{5}/);
  });

  it.each([
    { title: 'SQS throttles', status: 429, fault: { status: 400, code: 'ThrottlingException', times: 20 } },
    { title: 'SQS refuses the call even when it is repeated', status: 503, fault: { times: 20 } },
    { title: 'SQS refuses a part of it even when it is repeated', status: 503, fault: { times: 20, entries: 1 } },
  ])('while $title is answered $status and says when to come again', async ({ status, fault }) => {
    await refuseAws({ service: 'sqs', action: 'SendMessageBatch', ...fault });
    const response = await call(JSON.stringify([aConversation({ id: 81 }), aConversation({ id: 82 })]));
    expect(response.status).toBe(status);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    await problemOf(response);
  });

  it('once and then taken, where SQS refuses only the first attempt', async () => {
    await refuseAws({ service: 'sqs', action: 'SendMessageBatch', times: 1, entries: 1 });
    const response = await call(JSON.stringify([aConversation({ id: 83 }), aConversation({ id: 84 })]));
    expect(response.status).toBe(200);
    await journey.ended([83, 84]);
  });
});

describe('a link', () => {
  it.each([
    { title: 'another signature', change: (url: string) => url.replace(/signature=./, 'signature=~') },
    { title: 'no signature', change: (url: string) => url.replace(/\?.*/, '') },
    { title: 'another conversation', change: (url: string) => url.replace('/63741936', '/63741937') },
    { title: 'another organization', change: (url: string) => url.replace('/108905/', '/4711/') },
  ])('with $title leads nowhere', async ({ change }) => {
    const { url } = z.looseObject({ url: z.url() }).parse(await (await call(documentedExample)).json());
    expect((await fetch(change(url), { redirect: 'manual' })).status).toBe(404);
  });
});
