import { describe, expect, it } from '@jest/globals';
import { confirmFailures } from '../../../../shared/lime/pipeline/confirm.ts';
import { createObject, readLimetype, updateObject } from '../../../../shared/lime/requests.ts';
import { Changed, LimetypeAnswer } from '../../../../shared/lime/wire.ts';
import { aLime, aServer, failureOf, type Reply } from '../../../support/a-server.ts';

const notFound: Reply = { status: 404, json: { message: 'Not Found' } };
const noneSuch: Reply = { json: { objects: [] } };
const there: Reply = { json: { objects: [{ _id: 1001 }] } };
const names: Reply = { json: { _embedded: {} } };
const page: Reply = { status: 403, text: '<html>Forbidden</html>' };

const update = updateObject('helpdesk', 1001, { title: 'x' });
function askedPaths({ asked }: Awaited<ReturnType<typeof aServer>>) {
  return asked.map(({ url }) => url.split('?')[0]);
}

describe('a 404', () => {
  it.each([
    { title: 'a query does not find the limeobject', second: noneSuch, failure: 'gone' },
    { title: 'a query finds the limeobject', second: there, failure: 'unavailable' },
    { title: 'the query is answered 404 as well, as by a gateway', second: notFound, failure: 'unavailable' },
    { title: 'the query fails', second: { status: 503, json: {} }, failure: 'unavailable' },
  ])('of a limeobject is $failure where $title', async ({ second, failure }) => {
    await using server = await aServer(notFound, second);
    const error = await failureOf(confirmFailures()(aLime(server.origin))(update, Changed));
    expect(error).toMatchObject({ failure, status: 404 });
    expect(askedPaths(server)).toEqual(['/api/v1/limeobject/helpdesk/1001/', '/api/v1/query/']);
  });

  it.each([
    { title: 'Lime tells its limetypes', second: names, failure: 'gone' },
    { title: 'a gateway answers that, too', second: notFound, failure: 'unavailable' },
  ])('of a limetype is $failure where $title', async ({ second, failure }) => {
    await using server = await aServer(notFound, second);
    const asking = confirmFailures()(aLime(server.origin))(readLimetype('helpdesk'), LimetypeAnswer);
    expect((await failureOf(asking)).failure).toBe(failure);
  });
});

describe("a firewall's 403", () => {
  const create = createObject('history', { note: 'SELECT * FROM users; <script>' });

  it.each([
    { title: 'Lime answers another request', second: names, failure: 'unavailable' },
    { title: 'Lime refuses another request by itself', second: { status: 401, json: {} }, failure: 'unavailable' },
    { title: 'another request is refused like it', second: page, failure: 'overloaded' },
    { title: 'there is no answer to another request', second: { status: 502, text: '' }, failure: 'overloaded' },
  ])('is $failure where $title', async ({ second, failure }) => {
    await using server = await aServer(page, second);
    expect(await failureOf(confirmFailures()(aLime(server.origin))(create, Changed))).toMatchObject({
      failure,
      status: 403,
    });
  });

  it.each([
    { title: 'that names a time', reply: { ...page, headers: { 'retry-after': '60' } } },
    { title: 'that is a 429', reply: { status: 429, json: {} } },
  ])('$title needs no second request', async ({ reply }) => {
    await using server = await aServer(reply, names);
    expect((await failureOf(confirmFailures()(aLime(server.origin))(create, Changed))).failure).toBe('overloaded');
    expect(server.asked).toHaveLength(1);
  });

  it('is asked about once by all that meet it at the same time', async () => {
    await using server = await aServer(({ method }, response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end(method === 'GET' ? '' : '<html>');
    });
    const lime = confirmFailures()(aLime(server.origin));
    const failures = await Promise.all(Array.from({ length: 5 }, () => failureOf(lime(create, Changed))));
    expect(new Set(failures.map(({ failure }) => failure))).toEqual(new Set(['overloaded']));
    expect(server.asked.filter(({ method }) => method === 'GET').length).toBeLessThan(5);
  });
});
