import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AGateway, aGateway, result } from '../../../support/tools/a-gateway.ts';

describe('the answer to a call', () => {
  let gateway: AGateway;
  beforeEach(async () => {
    gateway = await aGateway();
  });
  afterEach(() => gateway.close());

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
    gateway.answer(result(value));
    const response = await fetch(`${gateway.url}/1`, { method: 'POST', redirect: 'manual' });

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  it('passes headers and cookies on', async () => {
    gateway.answer(
      result({
        statusCode: 302,
        headers: { Location: 'http://lime.example/', 'Retry-After': 5 },
        cookies: ['a=1', 'b=2'],
      }),
    );
    const response = await fetch(`${gateway.url}/1`, { method: 'POST', redirect: 'manual' });

    expect(response.headers.get('location')).toBe('http://lime.example/');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});
