import { describe, expect, it } from '@jest/globals';
import type { LimeSecret } from '../../../shared/credentials.ts';
import type { RateLimiter } from '../../../shared/lime/pipeline/rate-limiter.ts';
import {
  createObject,
  query,
  readLimetype,
  readObject,
  timeoutOf,
  updateObject,
} from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import { aLime, aServer, failureOf, type Reply } from '../../support/a-server.ts';

const created: Reply = { status: 201, json: { _id: 1500, title: 'Chat 1' } };
const create = createObject('helpdesk', { title: 'Chat ä 😀', done: false });
const read = readObject('helpdesk', 1500);
const update = updateObject('helpdesk', 1500, { title: 'x' });

describe('a request', () => {
  it('carries key, media types and body, and gives the answer', async () => {
    await using server = await aServer(created);
    expect(await aLime(`${server.origin}/acme`)(create, Limeobject)).toMatchObject({ _id: 1500, title: 'Chat 1' });
    const [asked] = server.asked;
    expect(asked).toMatchObject({
      method: 'POST',
      url: '/acme/api/v1/limeobject/helpdesk/',
      headers: {
        'x-api-key': 'first-key',
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'userlike-lime',
        'x-source-application': 'userlike-lime',
      },
    });
    expect(JSON.parse(asked?.body ?? '')).toEqual({ title: 'Chat ä 😀', done: false });
  });

  it('without a body has no content type', async () => {
    await using server = await aServer({ json: { _id: 1500 } });
    await aLime(server.origin)(read, Limeobject);
    expect(server.asked[0]?.headers['content-type']).toBeUndefined();
    expect(server.asked[0]?.body).toBe('');
  });

  it.each([
    { title: 'a trailing slash', path: '/acme/', url: '/acme/api/v1/limeobject/helpdesk/1500/' },
    { title: 'several', path: '/acme//', url: '/acme/api/v1/limeobject/helpdesk/1500/' },
    { title: 'no application', path: '', url: '/api/v1/limeobject/helpdesk/1500/' },
    { title: 'a blank in the application', path: '/Lime CRM', url: '/Lime%20CRM/api/v1/limeobject/helpdesk/1500/' },
    { title: 'an encoded blank', path: '/Lime%20CRM/', url: '/Lime%20CRM/api/v1/limeobject/helpdesk/1500/' },
  ])("goes below the tenant's URL with $title", async ({ path, url }) => {
    await using server = await aServer({ json: { _id: 1500 } });
    await aLime(server.origin + path)(read, Limeobject);
    expect(server.asked[0]?.url).toBe(url);
  });

  it('waits for the rate limiter, then has its claim extended, then leaves', async () => {
    const order: string[] = [];
    await using server = await aServer((_request, response) => {
      order.push('sent');
      response.end('{"_id":1}');
    });
    const rateLimiter: RateLimiter = async ({ lane, maxWaitMs }) =>
      void order.push(`waits at most ${maxWaitMs} ms in the lane ${lane}`);
    const remaining = () => timeoutOf(read) + 500;
    const lime = aLime(
      server.origin,
      { rateLimiter },
      { lane: 'interactive', remaining, extendLease: async () => void order.push('lease') },
    );
    await lime(read, Limeobject);
    expect(order).toEqual(['waits at most 500 ms in the lane interactive', 'lease', 'sent']);
  });

  it('does not leave where its claim is lost', async () => {
    await using server = await aServer(created);
    const lost = new Error('the claim is lost');
    const asking = aLime(server.origin, {}, { extendLease: () => Promise.reject(lost) })(create, Limeobject);
    await expect(asking).rejects.toBe(lost);
    expect(server.asked).toEqual([]);
  });

  it('reports the status of each response, or that there was none', async () => {
    const told: (number | undefined)[] = [];
    await using server = await aServer(created, { status: 500 }, (request) => request.socket.destroy());
    const lime = aLime(server.origin, { onResponse: (status) => told.push(status) });
    await lime(create, Limeobject);
    await failureOf(lime(create, Limeobject));
    await failureOf(lime(create, Limeobject));
    expect(told).toStrictEqual([201, 500, undefined]);
  });
});

describe('an answer', () => {
  const json = '{"message":"no"}';
  const html = '<html>Forbidden</html>';
  it.each([
    { status: 400, text: json, create: 'refused', read: 'refused' },
    { status: 401, text: json, create: 'denied', read: 'denied' },
    { status: 403, text: json, create: 'denied', read: 'denied' },
    { status: 403, text: html, create: 'overloaded', read: 'overloaded' },
    { status: 404, text: json, create: 'gone', read: 'gone' },
    { status: 409, text: json, create: 'refused', read: 'refused' },
    { status: 422, text: json, create: 'refused', read: 'refused' },
    { status: 429, text: '', create: 'overloaded', read: 'overloaded' },
    { status: 500, text: html, create: 'unclear', read: 'unavailable' },
    { status: 502, text: html, create: 'unclear', read: 'unavailable' },
    { status: 503, text: json, create: 'unclear', read: 'unavailable' },
  ])('$status with $text is $create for a create and $read for a read', async ({ status, text, ...failures }) => {
    await using server = await aServer({ status, text });
    const lime = aLime(server.origin);
    const createError = await failureOf(lime(create, Limeobject));
    const readError = await failureOf(lime(read, Limeobject));
    expect(createError).toMatchObject({ failure: failures.create, status });
    expect(readError).toMatchObject({ failure: failures.read, status });
    expect(createError.message).toBe(`POST /api/v1/limeobject/helpdesk/ was answered ${status}`);
  });

  it('that leads elsewhere is not followed', async () => {
    await using server = await aServer({ status: 302, headers: { location: '/elsewhere' } }, created);
    expect(await failureOf(aLime(server.origin)(create, Limeobject))).toMatchObject({
      failure: 'unavailable',
      status: 302,
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    { header: '7', seconds: 7 },
    { header: 'Thu, 22 Feb 2024 16:01:00 GMT', seconds: 60 },
    { header: undefined, seconds: undefined },
  ])('with Retry-After $header asks for $seconds seconds', async ({ header, seconds }) => {
    await using server = await aServer({
      status: 429,
      ...(header !== undefined && { headers: { 'retry-after': header } }),
    });
    const lime = aLime(server.origin, { now: () => Date.parse('2024-02-22T16:00:00Z') });
    expect((await failureOf(lime(read, Limeobject))).retryAfterSeconds).toBe(seconds);
  });

  it.each([
    { title: 'a page', text: '<html>Welcome</html>', at: '(root)' },
    { title: 'nothing', text: '', at: '(root)' },
    { title: 'an object without an id', text: '{"title":"erika@example.org"}', at: '_id' },
    { title: 'an id that is none', text: '{"_id":"erika@example.org"}', at: '_id' },
  ])('that is $title is not understood: unclear for a write', async ({ text, at }) => {
    await using server = await aServer({ text });
    const lime = aLime(server.origin);
    const failures = [];
    for (const request of [create, update, read]) failures.push(await failureOf(lime(request, Limeobject)));
    expect(failures.map(({ failure }) => failure)).toEqual(['unclear', 'unclear', 'unavailable']);
    expect(failures[0]?.message).toBe(`POST /api/v1/limeobject/helpdesk/: the answer was not understood at ${at}`);
  });

  it.each([{ message: 'Value erika@example.org of title is too long' }, { message: { title: ['erika@example.org'] } }])(
    'names in its error the properties it mentions, never a value: %j',
    async (json) => {
      await using server = await aServer({ status: 400, json });
      const { message } = await failureOf(aLime(server.origin)(create, Limeobject));
      expect(message).toBe('POST /api/v1/limeobject/helpdesk/ was answered 400, naming title');
    },
  );

  it.each([502, 503, 403])('names none for a page, whose markup mentions words of its own: %d', async (status) => {
    await using server = await aServer({ status, text: '<html><head><title>Unavailable</title></head></html>' });
    const { message } = await failureOf(aLime(server.origin)(create, Limeobject));
    expect(message).toBe(`POST /api/v1/limeobject/helpdesk/ was answered ${status}`);
  });

  it("does not quote the query's values in an error either", async () => {
    await using server = await aServer({ status: 500 });
    const search = query('person', ['email'], { key: 'email', op: '=', exp: 'erika@example.org' });
    const { message } = await failureOf(aLime(server.origin)(search, Limeobject));
    expect(message).toBe('GET /api/v1/query/ was answered 500');
  });
});

describe('a key that Lime refuses', () => {
  const secretOf = (url: string, apiKey: string) => async (): Promise<LimeSecret> => ({ url, apiKey });

  it.each([401, 403])('with %d is fetched again, and the request repeated with the new one', async (status) => {
    await using server = await aServer({ status, json: { message: 'no' } }, created);
    const waits: string[] = [];
    const lime = aLime(server.origin, {
      refetchSecret: secretOf(server.origin, 'second-key'),
      rateLimiter: async () => void waits.push('waited'),
    });
    expect(await lime(create, Limeobject)).toMatchObject({ _id: 1500 });
    expect(server.asked.map(({ headers }) => headers['x-api-key'])).toEqual(['first-key', 'second-key']);
    expect(server.asked[1]?.body).toBe(server.asked[0]?.body);
    expect(waits).toHaveLength(2);
  });

  it('is not tried again while it is the same', async () => {
    await using server = await aServer({ status: 401 }, created);
    expect((await failureOf(aLime(server.origin)(create, Limeobject))).failure).toBe('denied');
    expect(server.asked).toHaveLength(1);
  });

  it('is fetched once for a request, also when the new one is refused', async () => {
    await using server = await aServer({ status: 401 });
    const fetched: string[] = [];
    const refetchSecret = async () => {
      fetched.push('secret');
      return { url: server.origin, apiKey: 'second-key' };
    };
    expect((await failureOf(aLime(server.origin, { refetchSecret })(create, Limeobject))).failure).toBe('denied');
    expect([fetched.length, server.asked.length]).toEqual([1, 2]);
  });

  it('may have moved to another tenant URL', async () => {
    await using server = await aServer({ status: 401 }, created);
    const refetchSecret = secretOf(`${server.origin}/moved`, 'first-key');
    await aLime(server.origin, { refetchSecret })(create, Limeobject);
    expect(server.asked[1]?.url).toBe('/moved/api/v1/limeobject/helpdesk/');
  });

  it("is not suspected for a firewall's page", async () => {
    await using server = await aServer({ status: 403, text: '<html>' });
    const refetchSecret = secretOf(server.origin, 'second-key');
    await failureOf(aLime(server.origin, { refetchSecret })(readLimetype('helpdesk'), Limeobject));
    expect(server.asked).toHaveLength(1);
  });
});
