import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { parseSchema } from '../../sandbox/data/schema.ts';
import { aSandbox } from '../support/tools/a-sandbox.ts';

describe('the metadata of a limetype', () => {
  it('has everything that a mapping is checked with', async () => {
    await using lime = await aSandbox();
    const { body } = await lime.call('GET', '/api/v1/limetype/history/?_embed=properties');
    const url = `${lime.sandbox.url}/api/v1/limetype`;
    expect(body).toMatchObject({
      name: 'history',
      label: 'history',
      localname: { singular: 'History note', plural: 'History notes' },
      _links: { self: { href: `${url}/history/` } },
      _embedded: {
        properties: expect.arrayContaining([
          { name: 'note', localname: 'Note', type: 'text', required: true, length: 4000, _links: {} },
          expect.objectContaining({
            name: 'type',
            required: true,
            options: expect.arrayContaining([
              { id: expect.any(Number), key: 'comment', text: 'Comment', inactive: false },
            ]),
          }),
          {
            name: 'helpdesk',
            localname: 'Helpdesk',
            type: 'belongsto',
            required: false,
            _links: { related_type: { href: `${url}/helpdesk/`, name: 'helpdesk' } },
          },
        ]),
      },
    });
  });

  it('has no properties unless they are requested', async () => {
    await using lime = await aSandbox();
    expect((await lime.call('GET', '/api/v1/limetype/history/')).body).not.toHaveProperty('_embedded');
    expect((await lime.call('GET', '/api/v1/limetype/history/?_embed=limetypes')).status).toBe(400);
  });

  it.each([
    { query: '', embedded: undefined },
    {
      query: '?_embed=limetypes.properties',
      embedded: { properties: expect.arrayContaining([expect.objectContaining({ name: 'title', length: 128 })]) },
    },
  ])('is in the list of all with "$query"', async ({ query, embedded }) => {
    await using lime = await aSandbox();
    const { body } = await lime.call('GET', `/api/v1/limetype/${query}`);
    const helpdesk = { name: 'helpdesk', label: 'sos', ...(embedded ? { _embedded: embedded } : {}) };
    expect(body).toMatchObject({
      _embedded: { limetypes: expect.arrayContaining([expect.objectContaining(helpdesk)]) },
    });
  });

  it('gives a single property', async () => {
    await using lime = await aSandbox();
    expect((await lime.call('GET', '/api/v1/limetype/person/email/')).body).toMatchObject({
      type: 'link',
      length: 100,
    });
    expect((await lime.call('GET', '/api/v1/limetype/person/mail/')).status).toBe(404);
    expect((await lime.call('GET', '/api/v1/limetype/nosuch/')).status).toBe(404);
  });
});

describe('a schema', () => {
  const person = { label: 'person', localname: { singular: 'Person', plural: 'Persons' }, descriptive: 'name' };
  it.each([
    { title: 'a relation to nowhere', properties: { company: { type: 'belongsto', relation: 'company' } } },
    {
      title: 'a list with no way back',
      properties: { friends: { type: 'hasmany', relation: 'person', through: 'friend' } },
    },
  ])('is refused for $title', ({ properties }) => {
    expect(() => parseSchema({ limetypes: { person: { ...person, properties } } })).toThrow('has no other end');
  });
});

const Options = z.object({ options: z.array(z.object({ id: z.int() })) });

describe('the customised tenant', () => {
  const helpdesk = '/api/v1/limeobject/helpdesk/';
  const aCase = (overrides: object = {}) => ({ subject: 'Chat 63741936', value: 0, vat: 0, discount: 0, ...overrides });

  it.each([
    { title: "Core's name of a property", body: aCase({ title: 'x' }), field: 'title' },
    { title: 'a required decimal without default', body: { subject: 'x', value: 0, vat: 0 }, field: 'discount' },
    { title: "Core's option key", body: aCase({ status: 'new' }), field: 'status' },
    { title: 'an inactive option', body: aCase({ status: 'waiting' }), field: 'status' },
    { title: 'an inactive option in a set', body: aCase({ tags: ['question', 'spam'] }), field: 'tags' },
    { title: 'a set that is no list', body: aCase({ tags: 'question' }), field: 'tags' },
  ])('refuses $title', async ({ body, field }) => {
    await using lime = await aSandbox({ schema: 'custom', settings: { errors: 422 } });
    expect(await lime.call('POST', helpdesk, body)).toMatchObject({
      status: 422,
      body: { message: { [field]: [expect.any(String)] } },
    });
  });

  it('takes its own properties, with its defaults and options without a key of their own', async () => {
    await using lime = await aSandbox({ schema: 'custom' });
    const channel = await lime.call('GET', '/api/v1/limetype/helpdesk/channel/');
    const id = Options.parse(channel.body).options[0]?.id;
    const created = await lime.call(
      'POST',
      helpdesk,
      aCase({ channel: String(id), tags: ['praise', 'question'], details: 'x'.repeat(100_000) }),
    );
    expect(created).toMatchObject({
      status: 201,
      body: {
        priority: 3,
        channel: { id, key: String(id), text: 'Chat' },
        tags: [{ key: 'praise' }, { key: 'question' }],
        details: expect.any(String),
      },
    });
  });

  it('has notes of 20,000 characters and texts without limit', async () => {
    await using lime = await aSandbox({ schema: 'custom' });
    const note = (length: number) => ({ date: '2024-02-22T16:49:23+01:00', type: 'chat', note: 'x'.repeat(length) });
    expect((await lime.call('POST', '/api/v1/limeobject/history/', note(20_000))).status).toBe(201);
    expect((await lime.call('POST', '/api/v1/limeobject/history/', note(20_001))).status).toBe(400);
    expect((await lime.call('GET', '/api/v1/limetype/helpdesk/details/')).body).toMatchObject({
      length: 1_073_741_823,
    });
  });

  it('ties conversations to their target', async () => {
    await using lime = await aSandbox({ schema: 'custom' });
    const conversation = {
      conversationid: 63741936,
      link: 'https://www.userlike.example.com/63741936',
      helpdesk: 1001,
    };
    expect((await lime.call('POST', '/api/v1/limeobject/ulconversation/', conversation)).status).toBe(201);
    const q = {
      limetype: 'ulconversation',
      responseFormat: { object: { helpdesk: { _id: null, contact: { fullname: null } } } },
      filter: { key: 'conversationid', op: '=', exp: 63741936 },
    };
    expect((await lime.query(q)).body).toEqual({
      objects: [{ helpdesk: { _id: 1001, contact: { fullname: 'Ada Example' } } }],
    });
    expect((await lime.call('GET', `${helpdesk}1001/ulconversation/`)).body).toMatchObject({
      _embedded: { limeobjects: [{ _id: 1001 }, { _id: 1002 }] },
    });
  });
});
