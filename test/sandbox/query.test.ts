import { describe, expect, it } from '@jest/globals';
import { aSandbox } from '../support/tools/a-sandbox.ts';

const ids = { object: { _id: null } };
function persons(filter: unknown) {
  return { limetype: 'person', responseFormat: ids, filter, limit: 200 };
}
function is(key: string, op: string, exp: unknown) {
  return { key, op, exp };
}

describe('a filter', () => {
  it.each([
    { filter: is('email', '=', 'ADA@example.org'), found: [1001] },
    { filter: is('email', '=', 'bo.beispiel@example.com '), found: [1002] },
    { filter: is('email', '!=', ''), found: [1001, 1002, 1003, 1004, 1005, 1006, 1008] },
    {
      filter: is('email', 'IN', ['double@example.com', 'GWEN@example.net', 'no@example.org']),
      found: [1005, 1006, 1008],
    },
    { filter: is('email', 'IN', []), found: [] },
    { filter: is('mobilephone', '?', '70 174'), found: [1003] },
    { filter: is('mobilephone', '=?', '+46'), found: [1001, 1004] },
    { filter: is('email', '=?', 'example'), found: [] },
    { filter: is('lastname', '?', 'XAM'), found: [1001] },
    { filter: is('_id', '>', 1006), found: [1007, 1008] },
    { filter: is('_id', '>=', 1007), found: [1007, 1008] },
    { filter: is('_id', '<', 1003), found: [1001, 1002] },
    { filter: is('_id', '<=', 1002), found: [1001, 1002] },
    { filter: is('_id', 'IN', [1002, 1008]), found: [1002, 1008] },
    { filter: is('_timestamp', '>', '2999-01-01T00:00:00Z'), found: [] },
    { filter: is('inactive', '=', true), found: [1004] },
    { filter: is('company', '=', null), found: [1006, 1008] },
    { filter: is('company', 'IN', [1002]), found: [1002, 1005] },
    { filter: is('company.name', '=', 'Beispiel GmbH'), found: [1002, 1005] },
    { filter: is('company.coworker.office.name', '=?', 'stock'), found: [1001, 1002, 1003, 1004, 1005, 1007] },
    { filter: is('company.buyingstatus', '=', 'prospect'), found: [1002, 1005] },
    { filter: { op: 'AND', exp: [is('company', '=', 1001), is('inactive', '=', false)] }, found: [1001, 1003, 1007] },
    { filter: { op: 'OR', exp: [is('_id', '=', 1001), is('inactive', '=', true)] }, found: [1001, 1004] },
    { filter: { op: '!', exp: { op: 'OR', exp: [is('_id', '>', 1002), is('_id', '=', 1001)] } }, found: [1002] },
    { filter: {}, found: [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008] },
    { filter: undefined, found: [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008] },
  ])('$filter finds $found', async ({ filter, found }) => {
    await using lime = await aSandbox();
    const answer = await lime.query(persons(filter));
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ objects: found.map((_id) => ({ _id })) });
  });
});

describe('the objects of a query', () => {
  it.each([
    { object: { email: null, name: '' }, first: { email: 'ada@example.org', name: 'Ada Example' } },
    { object: { name: { _alias: 'fullname' } }, first: { fullname: 'Ada Example' } },
    { object: { company: null }, first: { company: 1001 } },
    {
      object: { company: { name: null, coworker: { name: null } } },
      first: { company: { name: 'Example AB', coworker: { name: 'Peter Testman' } } },
    },
    { object: { company: { _alias: 'firm', name: { _alias: 'called' } } }, first: { firm: { called: 'Example AB' } } },
    { object: { company: { buyingstatus: null } }, first: { company: { buyingstatus: 'active' } } },
    { object: { _createdtime: null }, first: { _createdtime: '2024-01-01T01:00:00.000000+01:00' } },
  ])('are shown as $object asks', async ({ object, first }) => {
    await using lime = await aSandbox({ now: () => Date.UTC(2024, 0, 1) });
    const answer = await lime.query({ limetype: 'person', responseFormat: { object }, filter: is('_id', '=', 1001) });
    expect(answer.body).toEqual({ objects: [first] });
  });

  it('have nothing where a relation is empty', async () => {
    await using lime = await aSandbox();
    const object = { company: { name: null } };
    const answer = await lime.query({ limetype: 'person', responseFormat: { object }, filter: is('_id', '=', 1006) });
    expect(answer.body).toEqual({ objects: [{ company: null }] });
  });

  it('show options whole where the tenant does so', async () => {
    await using lime = await aSandbox({ settings: { queryOptions: 'object' } });
    const answer = await lime.query({ limetype: 'helpdesk', responseFormat: { object: { statuscolor: null } } });
    expect(answer.body).toEqual({
      objects: [{ statuscolor: { id: expect.any(Number), key: 'ongoing', text: 'Ongoing' } }],
    });
  });

  it.each([
    { orderBy: [{ _id: 'DESC' }], limit: 2, offset: 0, found: [1008, 1007] },
    { orderBy: [{ inactive: 'DESC' }, { firstname: 'DESC' }], limit: 3, offset: 0, found: [1004, 1008, 1007] },
    { orderBy: [{ 'company.name': 'ASC' }], limit: 3, offset: 1, found: [1008, 1002, 1005] },
    { orderBy: [], limit: 3, offset: 6, found: [1007, 1008] },
  ])('come in the order $orderBy from $offset, $limit at most', async ({ found, ...page }) => {
    await using lime = await aSandbox();
    const answer = await lime.query({ limetype: 'person', responseFormat: ids, ...page });
    expect(answer.body).toEqual({ objects: found.map((_id) => ({ _id })) });
  });
});

describe('a query that Lime would not take', () => {
  it.each([
    { title: 'no responseFormat', q: { limetype: 'person' }, status: 400 },
    { title: 'an unknown limetype', q: { limetype: 'nosuch', responseFormat: ids }, status: 404 },
    { title: 'an unknown key', q: persons(is('mail', '=', 'x')), status: 400 },
    { title: 'a hasmany key', q: persons(is('history', '=', 1001)), status: 400 },
    { title: 'a path over a text', q: persons(is('email.name', '=', 'x')), status: 400 },
    { title: 'an unknown operator', q: persons(is('email', 'LIKE', 'x')), status: 400 },
    { title: 'a text where a number belongs', q: persons(is('company', '=', '1001')), status: 400 },
    { title: 'a number where a text belongs', q: persons(is('email', 'IN', ['x', 5])), status: 400 },
    { title: 'IN without a list', q: persons(is('email', 'IN', 'x')), status: 400 },
    {
      title: 'a hasmany in the output',
      q: { limetype: 'person', responseFormat: { object: { history: null } } },
      status: 400,
    },
    {
      title: 'an unknown property in the output',
      q: { limetype: 'person', responseFormat: { object: { mail: null } } },
      status: 400,
    },
    {
      title: 'an aggregate, which the sandbox has not',
      q: { limetype: 'person', responseFormat: { object: {}, aggregates: {} } },
      status: 400,
    },
    { title: 'more than 200 at once', q: { limetype: 'person', responseFormat: ids, limit: 201 }, status: 400 },
  ])('is refused for $title', async ({ q, status }) => {
    await using lime = await aSandbox();
    expect(await lime.query(q)).toMatchObject({ status, body: { message: expect.any(String) } });
  });

  it.each(['', '?q=', '?q={'])('is refused as "%s"', async (search) => {
    await using lime = await aSandbox();
    expect(await lime.call('GET', `/api/v1/query/${search}`)).toMatchObject({ status: 400 });
  });

  it('is refused with 414 above the address length, whatever the method', async () => {
    await using lime = await aSandbox({ settings: { maxUrlLength: 300 } });
    const emails = (count: number) =>
      persons(
        is(
          'email',
          'IN',
          Array.from({ length: count }, (_, n) => `a${n}@example.org`),
        ),
      );
    expect((await lime.query(emails(1))).status).toBe(200);
    expect((await lime.query(emails(20))).status).toBe(414);
    lime.sandbox.changeSettings({ maxUrlLength: 8192 });
    expect((await lime.query(emails(200))).status).toBe(200);
    expect((await lime.query(emails(400))).status).toBe(414);
  });
});
