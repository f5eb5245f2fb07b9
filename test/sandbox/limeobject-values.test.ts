import { describe, expect, it } from '@jest/globals';
import { aNote, aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const helpdesk = '/api/v1/limeobject/helpdesk/';

describe('a value', () => {
  const deal = { name: 'Renewal', value: 0, probability: 0, weightedvalue: 0 };
  const cases = [
    { limetype: 'deal', body: { value: 12.5 }, read: { value: 12.5 } },
    { limetype: 'deal', body: { probability: 0.64 }, read: { probability: 0.64 } },
    { limetype: 'deal', body: { dealstatus: 'onhold' }, read: { dealstatus: { key: 'onhold', text: 'On hold' } } },
    { limetype: 'deal', body: { dealstatus: { key: 'tender' } }, read: { dealstatus: { key: 'tender' } } },
    { limetype: 'deal', body: {}, read: { dealstatus: { key: 'contact' }, quotesent: null, person: null } },
    {
      limetype: 'deal',
      body: { closeddate: '2024-07-14T00:00:00+02:00' },
      read: { closeddate: '2024-07-14T00:00:00+02:00' },
    },
    {
      limetype: 'deal',
      body: { closeddate: '2024-07-14T22:30:00Z' },
      read: { closeddate: '2024-07-15T00:00:00+02:00' },
    },
    {
      limetype: 'deal',
      body: { expecteddate: '2024-01-19T12:00:00Z' },
      read: { expecteddate: '2024-01-01T00:00:00+01:00' },
    },
    {
      limetype: 'todo',
      body: { starttime: '2024-02-22T15:49:23.146Z', done: true },
      read: { starttime: '2024-02-22T16:49:23.146000+01:00', done: true },
    },
    {
      limetype: 'todo',
      body: { starttime: '2024-07-22T15:49' },
      read: { starttime: '2024-07-22T15:49:00.000000+02:00' },
    },
    { limetype: 'helpdesk', body: { title: 'Chat', helpdeskno: 63741936 }, read: { helpdeskno: 63741936 } },
    { limetype: 'helpdesk', body: { title: 'Chat' }, read: { statuscolor: { key: 'empty', text: '' } } },
    { limetype: 'helpdesk', body: { title: 'x'.repeat(128) }, read: { title: 'x'.repeat(128) } },
    { limetype: 'helpdesk', body: { title: 'Chat', person: null }, read: { person: null } },
    { limetype: 'coworker', body: { firstname: 'Ulla', username: 3710 }, read: { username: 3710, inactive: false } },
    { limetype: 'person', body: { firstname: 'Ulla', position: 'Astronaut' }, read: { position: 'Astronaut' } },
  ];

  it.each(cases)('$body of $limetype is read as $read', async ({ limetype, body, read }) => {
    await using lime = await aSandbox();
    const path = `/api/v1/limeobject/${limetype}/`;
    const answer = await lime.call('POST', path, limetype === 'deal' ? { ...deal, ...body } : body);
    expect(answer).toMatchObject({ status: 201, body: read });
  });
});

describe('a body that does not fit', () => {
  const cases = [
    { title: 'an unknown property', limetype: 'helpdesk', body: aTicket({ titel: 'x' }), field: 'titel' },
    { title: 'a system field', limetype: 'helpdesk', body: aTicket({ _id: 7 }), field: '_id' },
    { title: 'a number in a text', limetype: 'helpdesk', body: aTicket({ title: 5 }), field: 'title' },
    { title: 'null in a text', limetype: 'helpdesk', body: aTicket({ description: null }), field: 'description' },
    { title: 'null in a link', limetype: 'helpdesk', body: aTicket({ email: null }), field: 'email' },
    { title: 'too long a text', limetype: 'helpdesk', body: aTicket({ title: 'x'.repeat(129) }), field: 'title' },
    { title: 'too long a note', limetype: 'history', body: aNote({ note: 'x'.repeat(4001) }), field: 'note' },
    { title: 'a missing required text', limetype: 'helpdesk', body: { description: 'x' }, field: 'title' },
    { title: 'an empty required text', limetype: 'helpdesk', body: aTicket({ title: '' }), field: 'title' },
    {
      title: 'a missing required number',
      limetype: 'deal',
      body: { name: 'x', value: 0, probability: 0 },
      field: 'weightedvalue',
    },
    { title: 'a missing required time', limetype: 'history', body: { type: 'comment', note: 'x' }, field: 'date' },
    { title: 'a required option that stays empty', limetype: 'document', body: { comment: 'x' }, field: 'type' },
    {
      title: 'a required option that is set to empty',
      limetype: 'history',
      body: aNote({ type: 'empty' }),
      field: 'type',
    },
    { title: 'an unknown option', limetype: 'helpdesk', body: aTicket({ statuscolor: 'green' }), field: 'statuscolor' },
    {
      title: "an option's text in place of its key",
      limetype: 'helpdesk',
      body: aTicket({ statuscolor: 'New' }),
      field: 'statuscolor',
    },
    { title: "an option's id", limetype: 'helpdesk', body: aTicket({ statuscolor: 108611 }), field: 'statuscolor' },
    { title: 'a dangling id', limetype: 'helpdesk', body: aTicket({ person: 1999 }), field: 'person' },
    { title: 'an id in a text', limetype: 'helpdesk', body: aTicket({ person: '1001' }), field: 'person' },
    {
      title: 'a relation on its wrong side',
      limetype: 'helpdesk',
      body: aTicket({ history: [1001] }),
      field: 'history',
    },
    {
      title: 'a fraction in an integer',
      limetype: 'helpdesk',
      body: aTicket({ helpdeskno: 1.5 }),
      field: 'helpdeskno',
    },
    {
      title: 'more than 32 bits in an integer',
      limetype: 'helpdesk',
      body: aTicket({ helpdeskno: 2 ** 31 }),
      field: 'helpdeskno',
    },
    {
      title: 'a number in a text where a number belongs',
      limetype: 'deal',
      body: { name: 'x', value: '1', probability: 0, weightedvalue: 0 },
      field: 'value',
    },
    { title: 'a time that is none', limetype: 'history', body: aNote({ date: 'yesterday' }), field: 'date' },
    { title: 'a day that is none', limetype: 'history', body: aNote({ date: '2023-02-30T10:00:00Z' }), field: 'date' },
    {
      title: 'a bare date, which nobody has seen Lime take',
      limetype: 'history',
      body: aNote({ date: '2024-02-22' }),
      field: 'date',
    },
    { title: 'a word for a truth', limetype: 'person', body: { firstname: 'x', inactive: 'no' }, field: 'inactive' },
    {
      title: 'a file that was not sent',
      limetype: 'document',
      body: { type: 'other', document: 1001 },
      field: 'document',
    },
  ];

  it.each(cases)('is refused for $title, and nothing is stored', async ({ limetype, body, field }) => {
    await using lime = await aSandbox({ settings: { errors: 422 } });
    const before = lime.sandbox.objects(limetype);
    const answer = await lime.call('POST', `/api/v1/limeobject/${limetype}/`, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ message: { [field]: [expect.stringContaining(`'${field}'`)] } });
    expect(lime.sandbox.objects(limetype)).toEqual(before);
  });

  it('is reported for a field that Lime sets', async () => {
    await using lime = await aSandbox();
    const answer = await lime.call('PUT', `${helpdesk}1001/`, { _timestamp: '2024-01-01T00:00:00Z' });
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('set by Lime') } });
  });

  it('leaves a limeobject as it was when it is a change', async () => {
    await using lime = await aSandbox();
    const before = lime.sandbox.objects('helpdesk');
    const answer = await lime.call('PUT', `${helpdesk}1001/`, { description: 'new', title: '' });
    expect(answer).toMatchObject({ status: 400, body: { message: "Field 'title' is required" } });
    expect(lime.sandbox.objects('helpdesk')).toEqual(before);
  });

  it.each([
    { errors: 400, type: 'application/json', body: { message: expect.stringMatching(/'titel'.*'title' is required/) } },
    {
      errors: 422,
      type: 'application/json',
      body: { message: { titel: [expect.any(String)], title: [expect.any(String)] } },
    },
    { errors: 500, type: 'text/html; charset=utf-8', body: undefined },
  ] as const)('is answered in the form $errors', async ({ errors, type, body }) => {
    await using lime = await aSandbox({ settings: { errors } });
    const answer = await lime.call('POST', helpdesk, { titel: 'x' });
    expect(answer).toMatchObject({ status: errors, body });
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it.each([
    { title: 'no JSON', body: '{', type: 'application/json', status: 400 },
    { title: 'no object', body: '[]', type: 'application/json', status: 400 },
    { title: 'another media type', body: 'title=x', type: 'application/x-www-form-urlencoded', status: 415 },
  ])('is refused as a whole when it is $title', async ({ body, type, status }) => {
    await using lime = await aSandbox();
    const headers = { 'x-api-key': 'local-lime-key', 'content-type': type };
    const answer = await fetch(`${lime.sandbox.url}${helpdesk}`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });
});
