import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Gateway, type Integration, startGateway } from '../../../../tools/local/gateway/gateway.ts';
import { parseRouteKey, type Route } from '../../../../tools/local/gateway/routes.ts';
import { createThrottle } from '../../../../tools/local/gateway/throttle.ts';
import type { Outcome } from '../../../../tools/local/lambda/protocol.ts';

const NOW = new Date('2026-03-12T19:03:58.123Z');
const result = (value: unknown): Outcome => ({ type: 'result', payload: JSON.stringify(value) });

const routeTo = (key: string, target: Integration): Route<Integration> => {
  const route = parseRouteKey(key, target);
  if (route === undefined) throw new Error(`${key} is no route key`);
  return route;
};

describe('the gateway', () => {
  let gateway: Gateway;
  let logged: string[];
  /** What the function was called with, and what it answers. */
  let events: unknown[];
  let outcome: Outcome | Promise<Outcome>;

  const invoke: Integration['invoke'] = async (event) => {
    events.push(event);
    return outcome;
  };

  beforeEach(async () => {
    events = [];
    logged = [];
    outcome = result({ statusCode: 200, body: 'ok' });
    gateway = await startGateway(
      0,
      (_, message) => logged.push(message),
      () => NOW,
    );
    const target = { invoke, timeoutMs: 30_000 };
    gateway.serve({
      routes: [routeTo('POST /{proxy+}', target), routeTo('GET /{organization}/conversations/{id}', target)],
      throttle: () => true,
    });
  });
  afterEach(() => gateway.close());

  const post = (
    path: string,
    body: string | Buffer<ArrayBuffer> | undefined,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(`${gateway.url}${path}`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });

  /** Sends exactly these bytes and returns all that comes back. */
  const raw = async (bytes: string): Promise<string> => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.end(bytes);
    return text(socket);
  };

  it('hands over an event of payload format 2.0', async () => {
    const { host, port } = new URL(gateway.url);
    await post('/108905/a%20b?tag=1&tag=2&x=%C3%A4', '{"id":1}', {
      'Content-Type': 'application/json; charset=utf-8',
      'X-Api-Key': 'k',
      'User-Agent': 'Userlike',
      'X-Forwarded-For': '203.0.113.7',
      Cookie: 'a=1; b=2',
    });

    expect(events).toEqual([
      {
        version: '2.0',
        routeKey: 'POST /{proxy+}',
        rawPath: '/108905/a b',
        rawQueryString: 'tag=1&tag=2&x=%C3%A4',
        cookies: ['a=1', 'b=2'],
        headers: expect.objectContaining({
          'content-length': '8',
          'content-type': 'application/json; charset=utf-8',
          host,
          'x-api-key': 'k',
          'x-forwarded-for': '203.0.113.7, 127.0.0.1',
          'x-forwarded-port': port,
          'x-forwarded-proto': 'http',
        }),
        queryStringParameters: { tag: '1,2', x: 'ä' },
        pathParameters: { proxy: '108905/a b' },
        requestContext: {
          accountId: '000000000000',
          apiId: 'local',
          domainName: host,
          domainPrefix: '127',
          http: {
            method: 'POST',
            path: '/108905/a b',
            protocol: 'HTTP/1.1',
            sourceIp: '127.0.0.1',
            userAgent: 'Userlike',
          },
          requestId: expect.stringMatching(/^[\da-f-]{36}$/),
          routeKey: 'POST /{proxy+}',
          stage: '$default',
          time: '12/Mar/2026:19:03:58 +0000',
          timeEpoch: NOW.getTime(),
        },
        body: '{"id":1}',
        isBase64Encoded: false,
      },
    ]);
    expect(events[0]).not.toHaveProperty('headers.cookie');
    expect(events[0]).not.toHaveProperty('headers.connection');
  });

  it('hands out itself, whatever host the caller names, and joins repeated headers', async () => {
    const { port } = new URL(gateway.url);
    await raw(
      'POST /1 HTTP/1.1\r\nHost: evil.example\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );

    expect(events[0]).toMatchObject({
      requestContext: { domainName: `127.0.0.1:${port}` },
      headers: { 'x-a': '1,2' },
    });
  });

  it('leaves out what a call does not have', async () => {
    await fetch(`${gateway.url}/108905/conversations/1`);

    expect(events[0]).toMatchObject({ pathParameters: { organization: '108905', id: '1' }, rawQueryString: '' });
    expect(events[0]).not.toHaveProperty('body');
    expect(events[0]).not.toHaveProperty('cookies');
    expect(events[0]).not.toHaveProperty('queryStringParameters');
  });

  it.each([
    { type: 'application/json', text: true },
    { type: 'Application/JSON; charset=UTF-8', text: true },
    { type: 'application/problem+json', text: true },
    { type: 'text/plain', text: true },
    { type: 'application/xml', text: true },
    { type: 'application/javascript', text: true },
    { type: 'application/x-www-form-urlencoded', text: false },
    { type: 'application/octet-stream', text: false },
    { type: 'multipart/form-data; boundary=x', text: false },
    { type: undefined, text: false },
    { type: 'application/json', encoding: 'gzip', text: false },
  ])('carries a body of $type with encoding $encoding as text: $text', async ({ type, encoding, text: isText }) => {
    const headers = { ...(type && { 'content-type': type }), ...(encoding && { 'content-encoding': encoding }) };
    await post('/1', Buffer.from('grüße'), headers);

    expect(events[0]).toMatchObject(
      isText
        ? { body: 'grüße', isBase64Encoded: false }
        : { body: Buffer.from('grüße').toString('base64'), isBase64Encoded: true },
    );
  });

  it.each([
    {
      title: 'a structured answer',
      value: { statusCode: 201, headers: { 'X-A': 'b', 'content-type': 'text/html' }, body: '<p>' },
      status: 201,
      type: 'text/html',
      body: '<p>',
    },
    {
      title: 'a base64 body',
      value: { statusCode: 200, body: Buffer.from('ü').toString('base64'), isBase64Encoded: true },
      status: 200,
      type: 'text/plain;charset=utf-8',
      body: 'ü',
    },
    {
      title: 'a status given as text',
      value: { statusCode: '404' },
      status: 404,
      type: 'text/plain;charset=utf-8',
      body: '',
    },
    {
      title: 'a redirect',
      value: { statusCode: 302, headers: { location: 'http://lime.example/x' } },
      status: 302,
      type: 'text/plain;charset=utf-8',
      body: '',
    },
    { title: 'a bare object', value: { ok: true }, status: 200, type: 'application/json', body: '{"ok":true}' },
    { title: 'a bare text', value: 'hello', status: 200, type: 'application/json', body: 'hello' },
    {
      title: 'a body that is no text',
      value: { statusCode: 200, body: { a: 1 } },
      status: 500,
      type: 'application/json',
      body: '{"message":"Internal Server Error"}',
    },
    {
      title: 'a status that is none',
      value: { statusCode: 'ok' },
      status: 500,
      type: 'application/json',
      body: '{"message":"Internal Server Error"}',
    },
    {
      title: 'a header that HTTP does not allow',
      value: { statusCode: 200, headers: { 'x-a': 'a\nb' } },
      status: 500,
      type: 'application/json',
      body: '{"message":"Internal Server Error"}',
    },
  ])('answers with $title', async ({ value, status, type, body }) => {
    outcome = result(value);
    const response = await fetch(`${gateway.url}/1`, { method: 'POST', redirect: 'manual' });

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  it('passes headers and cookies on', async () => {
    outcome = result({
      statusCode: 302,
      headers: { Location: 'http://lime.example/', 'Retry-After': 5 },
      cookies: ['a=1', 'b=2'],
    });
    const response = await fetch(`${gateway.url}/1`, { method: 'POST', redirect: 'manual' });

    expect(response.headers.get('location')).toBe('http://lime.example/');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each([
    { title: 'a path without a route', method: 'GET', path: '/108905', status: 404, message: 'Not Found' },
    { title: 'a method without a route', method: 'PUT', path: '/108905', status: 404, message: 'Not Found' },
    { title: 'the root', method: 'POST', path: '/', status: 404, message: 'Not Found' },
    { title: 'a path that cannot be decoded', method: 'POST', path: '/%E0%A4%A', status: 400, message: 'Bad Request' },
  ])('refuses $title itself', async ({ method, path, status, message }) => {
    const answer = await raw(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);

    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain(JSON.stringify({ message }));
    expect(events).toEqual([]);
  });

  it('answers 500 for a function that fails', async () => {
    outcome = { type: 'error', errorType: 'TypeError', errorMessage: 'x' };
    const response = await post('/1', undefined);

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it.each([
    { title: 'with its length', length: true },
    { title: 'in chunks', length: false },
  ])('answers 413 for a body above 10 MB sent $title, without passing it on', async ({ length }) => {
    const bytes = 10 * 1024 * 1024 + 1;
    const request = httpRequest(`${gateway.url}/1`, {
      method: 'POST',
      headers: length ? { 'content-length': bytes } : {},
    });
    const answered = once(request, 'response');
    // The answer comes while the body is still being sent.
    request.write(Buffer.alloc(length ? 1 : bytes, 'a'));
    const [response] = await answered;
    request.on('error', () => {}).destroy();

    expect([response.statusCode, await text(response)]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(events).toEqual([]);
  });

  it.each([
    { title: 'passes on', quotes: 3_100_000, status: 200 },
    { title: 'answers 413 to', quotes: 3_200_000, status: 413 },
  ])(
    '$title a body that is escaped to $quotes times two characters, by the 6 MB of an event',
    async ({ quotes, status }) => {
      const response = await post('/1', '"'.repeat(quotes), { 'content-type': 'application/json' });

      expect(response.status).toBe(status);
    },
  );

  it('answers 429 with Retry-After when the calls are used up, and takes them again later', async () => {
    let at = 0;
    const throttled = await startGateway(0, () => {});
    throttled.serve({
      routes: [routeTo('POST /{proxy+}', { invoke, timeoutMs: 1000 })],
      throttle: createThrottle(2, 3, () => at),
    });
    const call = () => fetch(`${throttled.url}/1`, { method: 'POST' });
    const statuses = async (count: number) => {
      const all: number[] = [];
      for (let index = 0; index < count; index += 1) all.push((await call()).status);
      return all;
    };

    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect((await call()).headers.get('retry-after')).toBe('1');
    expect(await (await call()).json()).toEqual({ message: 'Too Many Requests' });
    at += 1000;
    expect(await statuses(3)).toEqual([200, 200, 429]);
    await throttled.close();
  });

  it('answers 503 when the integration takes too long', async () => {
    const slow = await startGateway(0, () => {});
    const never = new Promise<Outcome>(() => {});
    slow.serve({ routes: [routeTo('POST /{proxy+}', { invoke: () => never, timeoutMs: 20 })], throttle: () => true });
    const response = await fetch(`${slow.url}/1`, { method: 'POST' });

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
    await slow.close();
  });

  it('keeps calls waiting that come before the functions are there', async () => {
    const early = await startGateway(0, () => {});
    const response = fetch(`${early.url}/1`, { method: 'POST' });
    early.serve({ routes: [routeTo('POST /{proxy+}', { invoke, timeoutMs: 1000 })], throttle: () => true });

    expect((await response).status).toBe(200);
    await early.close();
  });

  it.each([
    { title: 'no HTTP at all', bytes: '\x16\x03\x01\x02hello\r\n\r\n' },
    { title: 'a header without a name', bytes: 'POST /1 HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n' },
    { title: 'a negative length', bytes: 'POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n' },
    { title: 'a body that breaks off', bytes: 'POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc' },
    { title: 'chunks that are none', bytes: 'POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' },
  ])('survives $title', async ({ bytes }) => {
    await raw(bytes);
    const response = await post('/1', undefined);

    expect(response.status).toBe(200);
    expect(events).toHaveLength(1);
    expect(logged).toEqual([]);
  });
});
