import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startGateway } from '../../../../tools/local/gateway/gateway.ts';
import { createThrottle } from '../../../../tools/local/gateway/throttle.ts';
import type { Outcome } from '../../../../tools/local/lambda/protocol.ts';
import { type AGateway, aGateway, routeTo } from '../../../support/tools/a-gateway.ts';

describe('the gateway', () => {
  let gateway: AGateway;
  beforeEach(async () => {
    gateway = await aGateway();
  });
  afterEach(() => gateway.close());

  it.each([
    { title: 'a path without a route', method: 'GET', path: '/108905', status: 404, message: 'Not Found' },
    { title: 'a method without a route', method: 'PUT', path: '/108905', status: 404, message: 'Not Found' },
    { title: 'the root', method: 'POST', path: '/', status: 404, message: 'Not Found' },
    { title: 'a path that cannot be decoded', method: 'POST', path: '/%E0%A4%A', status: 400, message: 'Bad Request' },
  ])('refuses $title itself', async ({ method, path, status, message }) => {
    const answer = await gateway.raw(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );

    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain(JSON.stringify({ message }));
    expect(gateway.events).toEqual([]);
  });

  it('answers 500 for a function that fails', async () => {
    gateway.answer({ type: 'error', errorType: 'TypeError', errorMessage: 'x' });
    const response = await gateway.post('/1');

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
    expect(gateway.events).toEqual([]);
  });

  it.each([
    { title: 'passes on', quotes: 3_100_000, status: 200 },
    { title: 'answers 413 to', quotes: 3_200_000, status: 413 },
  ])(
    '$title a body that is escaped to $quotes times two characters, by the 6 MB of an event',
    async ({ quotes, status }) => {
      const response = await gateway.post('/1', '"'.repeat(quotes), { 'content-type': 'application/json' });

      expect(response.status).toBe(status);
    },
  );

  it('answers 429 with Retry-After when the calls are used up, and takes them again later', async () => {
    let at = 0;
    const throttled = await startGateway(0, () => {});
    throttled.serve({
      routes: [
        routeTo('POST /{proxy+}', {
          invoke: gateway.invoke,
          timeoutMs: 30_000,
          throttle: createThrottle(2, 3, () => at),
        }),
      ],
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
    slow.serve({ routes: [routeTo('POST /{proxy+}', { invoke: () => never, timeoutMs: 20, throttle: () => true })] });
    const response = await fetch(`${slow.url}/1`, { method: 'POST' });

    expect([response.status, await response.json()]).toEqual([503, { message: 'Service Unavailable' }]);
    await slow.close();
  });

  it('keeps calls waiting that come before the functions are there', async () => {
    const early = await startGateway(0, () => {});
    const response = fetch(`${early.url}/1`, { method: 'POST' });
    early.serve({
      routes: [routeTo('POST /{proxy+}', { invoke: gateway.invoke, timeoutMs: 30_000, throttle: () => true })],
    });

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
    await gateway.raw(bytes);
    const response = await gateway.post('/1');

    expect(response.status).toBe(200);
    expect(gateway.events).toHaveLength(1);
    expect(gateway.logged).toEqual([]);
  });
});
