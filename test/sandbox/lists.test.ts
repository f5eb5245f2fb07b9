import { describe, expect, it } from '@jest/globals';
import { aSandbox, aTicket, pageOf } from '../support/tools/a-sandbox.ts';

const person = '/api/v1/limeobject/person/';
const helpdesk = '/api/v1/limeobject/helpdesk/';

describe('a list', () => {
  it.each([
    { query: '', ids: [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008] },
    { query: 'email=ada%40example.org', ids: [1001] },
    { query: 'email=ADA%40EXAMPLE.ORG', ids: [1001] },
    { query: 'email=double%40example.com', ids: [1005, 1006] },
    { query: 'email=double%40example.com&company=1002', ids: [1005] },
    { query: 'inactive=true', ids: [1004] },
    { query: 'not-inactive=false', ids: [1004] },
    { query: 'min-_id=1007', ids: [1007, 1008] },
    { query: 'max-_id=1002', ids: [1001, 1002] },
    { query: 'min-_timestamp=2999-01-01', ids: [] },
    { query: 'max-_timestamp=2999-01-01T00:00Z&_limit=1', ids: [1001] },
    { query: '_sort=firstname&_limit=3', ids: [1001, 1002, 1003] },
    { query: '_sort=-firstname&_limit=3', ids: [1008, 1007, 1005] },
    { query: '_sort=company&_sort=-_id&_limit=3', ids: [1008, 1006, 1007] },
  ])('of persons with "$query" holds $ids', async ({ query, ids }) => {
    await using lime = await aSandbox();
    expect(pageOf(await lime.call('GET', `${person}?${query}`)).ids).toEqual(ids);
  });

  it.each(['statuscolor=ongoing', 'startdate=2024-02-20T08:00:00Z', 'max-startdate=2024-02-21', 'person=1001'])(
    'of helpdesks is filtered by %s',
    async (query) => {
      await using lime = await aSandbox();
      await lime.call('POST', helpdesk, aTicket());
      expect(pageOf(await lime.call('GET', `${helpdesk}?${query}`)).ids).toEqual([1001]);
      expect(pageOf(await lime.call('GET', `${helpdesk}?_sort=_id`)).ids).toEqual([1001, 1002]);
    },
  );

  it.each([
    { query: 'nosuch=1', field: 'nosuch' },
    { query: 'history=1001', field: 'history' },
    { query: 'company=Example', field: 'company' },
    { query: '_limit=0', field: '_limit' },
    { query: '_embed=helpdesk', field: '_embed' },
    { query: '_sort=nosuch', field: '_sort' },
    { query: 'sort=firstname', field: 'sort' },
  ])('with "$query" is refused', async ({ query, field }) => {
    await using lime = await aSandbox({ settings: { errors: 422 } });
    expect(await lime.call('GET', `${person}?${query}`)).toMatchObject({
      status: 422,
      body: { message: { [field]: [expect.any(String)] } },
    });
  });

  it.each([
    {
      title: 'ten by default',
      query: '',
      cursors: ['_offset_id=1010&_limit=10', '_offset_id=1020&_limit=10'],
      sizes: [10, 10, 5],
    },
    { title: 'at most fifty', query: '?_limit=1000', cursors: [], sizes: [25] },
    {
      title: 'by offset when it is filtered',
      query: '?_limit=9&statuscolor=new',
      cursors: ['_offset=9&_limit=9&statuscolor=new', '_offset=18&_limit=9&statuscolor=new'],
      sizes: [9, 9, 6],
    },
    {
      title: 'by offset when it is sorted',
      query: '?_limit=20&_sort=-_id',
      cursors: ['_offset=20&_limit=20&_sort=-_id'],
      sizes: [20, 5],
    },
    {
      title: 'with what is embedded',
      query: '?_embed=person&_limit=20',
      cursors: ['_offset_id=1020&_limit=20&_embed=person'],
      sizes: [20, 5],
    },
  ])('is paged $title', async ({ query, cursors, sizes }) => {
    await using lime = await aSandbox();
    for (let count = 0; count < 24; count += 1) await lime.call('POST', helpdesk, aTicket({ statuscolor: 'new' }));
    const pages: number[][] = [];
    const followed: string[] = [];
    let next: string | undefined = `${lime.sandbox.url}${helpdesk}${query}`;
    while (next !== undefined) {
      const page = pageOf(await lime.call('GET', next));
      pages.push(page.ids);
      next = page.next;
      if (next !== undefined) followed.push(next);
    }
    expect(pages.map(({ length }) => length)).toEqual(sizes);
    expect(new Set(pages.flat()).size).toBe(pages.flat().length);
    expect(followed).toEqual(cursors.map((cursor) => `${lime.sandbox.url}${helpdesk}?${cursor}`));
  });

  it('never holds more than fifty', async () => {
    await using lime = await aSandbox();
    for (let count = 0; count < 50; count += 1) await lime.call('POST', helpdesk, aTicket());
    const page = pageOf(await lime.call('GET', `${helpdesk}?_limit=200`));
    expect(page.ids).toHaveLength(50);
    expect(page.next).toBe(`${lime.sandbox.url}${helpdesk}?_offset_id=1050&_limit=50`);
  });

  it.each([
    { emptyLists: 'list', embedded: { limeobjects: [] } },
    { emptyLists: 'absent', embedded: undefined },
  ] as const)('that is empty has "$emptyLists" in _embedded', async ({ emptyLists, embedded }) => {
    await using lime = await aSandbox({ settings: { emptyLists } });
    const { body } = await lime.call('GET', `${person}?email=nobody@example.org`);
    expect(body).toEqual({ _links: expect.anything(), ...(embedded ? { _embedded: embedded } : {}) });
  });
});

describe('a related limeobject', () => {
  it('is embedded whole under the name of its link, and not at all where there is none', async () => {
    await using lime = await aSandbox();
    expect((await lime.call('GET', `${person}1001/?_embed=company`)).body).toMatchObject({
      company: 1001,
      _embedded: { relation_company: { _id: 1001, name: 'Example AB' } },
    });
    expect((await lime.call('GET', `${person}1006/?_embed=company`)).body).not.toHaveProperty('_embedded');
  });

  it('is listed below its owner, page by page', async () => {
    await using lime = await aSandbox();
    const first = await lime.call('GET', '/api/v1/limeobject/company/1001/person/?_limit=3');
    expect(pageOf(first)).toEqual({
      ids: [1001, 1003, 1004],
      next: `${lime.sandbox.url}/api/v1/limeobject/company/1001/person/?_offset=3&_limit=3`,
    });
    expect(pageOf(await lime.call('GET', pageOf(first).next ?? ''))).toEqual({ ids: [1007], next: undefined });
  });

  it('is read through its belongsto', async () => {
    await using lime = await aSandbox();
    expect((await lime.call('GET', `${person}1001/company/`)).body).toMatchObject({ _id: 1001, name: 'Example AB' });
    for (const path of [`${person}1006/company/`, `${person}1001/firstname/`, `${person}1999/company/`]) {
      expect((await lime.call('GET', path)).status).toBe(404);
    }
  });
});
