import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AGateway, aGateway, NOW } from '../../../support/tools/a-gateway.ts';

describe('the event of a call', () => {
  let gateway: AGateway;
  beforeEach(async () => {
    gateway = await aGateway();
  });
  afterEach(() => gateway.close());

  it('passes on an event of payload format 2.0', async () => {
    const { host, port } = new URL(gateway.url);
    await gateway.post('/108905/a%20b?tag=1&tag=2&x=%C3%A4', '{"id":1}', {
      'Content-Type': 'application/json; charset=utf-8',
      'X-Api-Key': 'k',
      'User-Agent': 'Userlike',
      'X-Forwarded-For': '203.0.113.7',
      Cookie: 'a=1; b=2',
    });

    expect(gateway.events).toEqual([
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
    expect(gateway.events[0]).not.toHaveProperty('headers.cookie');
    expect(gateway.events[0]).not.toHaveProperty('headers.connection');
  });

  it('uses its own domain for any host of the caller, and joins repeated headers', async () => {
    const { port } = new URL(gateway.url);
    await gateway.raw(
      'POST /1 HTTP/1.1\r\nHost: evil.example\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    );

    expect(gateway.events[0]).toMatchObject({
      requestContext: { domainName: `127.0.0.1:${port}` },
      headers: { 'x-a': '1,2' },
    });
  });

  it('leaves out what a call does not have', async () => {
    await fetch(`${gateway.url}/108905/conversations/1`);

    expect(gateway.events[0]).toMatchObject({
      pathParameters: { organization: '108905', id: '1' },
      rawQueryString: '',
    });
    expect(gateway.events[0]).not.toHaveProperty('body');
    expect(gateway.events[0]).not.toHaveProperty('cookies');
    expect(gateway.events[0]).not.toHaveProperty('queryStringParameters');
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
    await gateway.post('/1', Buffer.from('grüße'), headers);

    expect(gateway.events[0]).toMatchObject(
      isText
        ? { body: 'grüße', isBase64Encoded: false }
        : { body: Buffer.from('grüße').toString('base64'), isBase64Encoded: true },
    );
  });
});
