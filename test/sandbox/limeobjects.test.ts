import { describe, expect, it } from '@jest/globals';
import { aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const helpdesk = '/api/v1/limeobject/helpdesk/';
const summer = Date.parse('2023-05-17T09:21:12.507Z');

describe('a limeobject', () => {
  it('is created with 201 and answered whole, with the links of its limetype', async () => {
    await using lime = await aSandbox({ now: () => summer });
    const answer = await lime.call('POST', helpdesk, aTicket({ person: 1001, statuscolor: 'new' }));
    expect(answer.status).toBe(201);
    const self = `${lime.sandbox.url}${helpdesk}1002/`;
    expect(answer.body).toEqual({
      title: 'Chat 63741936',
      description: '',
      startdate: null,
      enddate: null,
      nextactiondate: null,
      person: 1001,
      company: null,
      coworker: null,
      helpdesktype: null,
      email: '',
      helpdeskno: null,
      statuscolor: { id: expect.any(Number), key: 'new', text: 'New' },
      _id: 1002,
      _descriptive: 'Chat 63741936',
      _timestamp: '2023-05-17T11:21:12.507000+02:00',
      _updateduser: 3701,
      _createdtime: '2023-05-17T11:21:12.507000+02:00',
      _createduser: 3701,
      _links: {
        limetype: { href: `${lime.sandbox.url}/api/v1/limetype/helpdesk/`, name: 'helpdesk' },
        self: { href: self },
        ...Object.fromEntries(
          ['person', 'company', 'coworker', 'helpdesktype', 'history', 'todo', 'document'].map((name) => [
            `relation_${name}`,
            { href: `${self}${name}/`, name },
          ]),
        ),
        ...Object.fromEntries(
          ['history', 'todo', 'document'].map((name) => [`new_${name}`, { href: `${self}${name}/new/`, name }]),
        ),
      },
    });
  });

  it('is read, changed in part and removed', async () => {
    let at = summer;
    await using lime = await aSandbox({ now: () => at });
    await lime.call('POST', helpdesk, aTicket({ description: 'before', email: 'ada@example.org' }));
    at += 60_000;
    const changed = await lime.call('PUT', `${helpdesk}1002/`, { description: 'after' });
    expect(changed).toMatchObject({
      status: 200,
      body: {
        title: 'Chat 63741936',
        description: 'after',
        email: 'ada@example.org',
        _createdtime: '2023-05-17T11:21:12.507000+02:00',
        _timestamp: '2023-05-17T11:22:12.507000+02:00',
      },
    });
    expect((await lime.call('GET', `${helpdesk}1002/`)).body).toEqual(changed.body);
    expect(await lime.call('DELETE', `${helpdesk}1002/`)).toMatchObject({ status: 204, text: '' });
    for (const method of ['GET', 'DELETE']) {
      expect(await lime.call(method, `${helpdesk}1002/`)).toMatchObject({
        status: 404,
        body: { message: 'Object not found' },
      });
    }
    expect((await lime.call('PUT', `${helpdesk}1002/`, { description: 'late' })).status).toBe(404);
  });

  it('never gets an id that another one had', async () => {
    await using lime = await aSandbox();
    await lime.call('POST', helpdesk, aTicket());
    await lime.call('DELETE', `${helpdesk}1002/`);
    for (const _id of [1003, 1004]) {
      expect((await lime.call('POST', helpdesk, aTicket())).body).toMatchObject({ _id });
    }
  });

  it('loses its relation to one that is removed', async () => {
    await using lime = await aSandbox();
    await lime.call('POST', helpdesk, aTicket({ person: 1002, company: 1001 }));
    await lime.call('DELETE', '/api/v1/limeobject/person/1002/');
    expect((await lime.call('GET', `${helpdesk}1002/`)).body).toMatchObject({ person: null, company: 1001 });
  });

  it('always has a name composed of its parts', async () => {
    await using lime = await aSandbox();
    const person = { firstname: 'Ida', lastname: 'Sample', name: 'Somebody Else' };
    const created = await lime.call('POST', '/api/v1/limeobject/person/', person);
    expect(created.body).toMatchObject({ name: 'Ida Sample', _descriptive: 'Ida Sample' });
    const changed = await lime.call('PUT', '/api/v1/limeobject/person/1009/', { lastname: '' });
    expect(changed.body).toMatchObject({ name: 'Ida' });
  });

  it('is HAL for clients that ask for it', async () => {
    await using lime = await aSandbox();
    const type = async (accept: string) =>
      (await lime.call('GET', `${helpdesk}1001/`, undefined, { accept })).headers.get('content-type');
    expect(await type('application/hal+json')).toBe('application/hal+json');
    expect(await type('application/json')).toBe('application/json');
  });
});
