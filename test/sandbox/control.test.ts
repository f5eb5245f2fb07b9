import { describe, expect, it } from '@jest/globals';
import { aNote, aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const helpdesk = '/api/v1/limeobject/helpdesk/';

describe('the log of requests', () => {
  it('has the requests in order, and never a key', async () => {
    await using lime = await aSandbox({ now: () => Date.UTC(2024, 0, 1) });
    const q = { limetype: 'person', responseFormat: { object: { _id: null } } };
    await lime.call('POST', helpdesk, aTicket());
    await lime.query(q);
    await lime.call('GET', `${helpdesk}9/?_embed=person`);
    const { body, text } = await lime.control('GET', '/_sandbox/requests');
    const at = '2024-01-01T00:00:00.000Z';
    expect(body).toEqual([
      {
        at,
        method: 'POST',
        path: `/lime${helpdesk}`,
        search: '',
        limetype: 'helpdesk',
        status: 201,
        faults: [],
        body: aTicket(),
      },
      {
        at,
        method: 'GET',
        path: '/lime/api/v1/query/',
        search: expect.stringMatching(/^q=/),
        q,
        limetype: 'person',
        status: 200,
        faults: [],
      },
      {
        at,
        method: 'GET',
        path: `/lime${helpdesk}9/`,
        search: '_embed=person',
        limetype: 'helpdesk',
        status: 404,
        faults: [],
      },
    ]);
    expect(text).not.toContain('local-lime-key');
  });

  it.each([
    { search: '?method=POST', count: 2 },
    { search: '?limetype=history', count: 1 },
    { search: '?status=404', count: 1 },
    { search: '?limetype=helpdesk&method=POST', count: 1 },
    { search: '?status=500', count: 0 },
  ])('is filtered by $search', async ({ search, count }) => {
    await using lime = await aSandbox();
    await lime.call('POST', helpdesk, aTicket());
    await lime.call('POST', '/api/v1/limeobject/history/', aNote());
    await lime.call('GET', `${helpdesk}9/`);
    expect((await lime.control('GET', `/_sandbox/requests${search}`)).body).toHaveLength(count);
  });

  it('keeps the newest requests, while the counts go on', async () => {
    await using lime = await aSandbox({ logSize: 2 });
    for (const id of [1, 2, 3]) await lime.call('GET', `${helpdesk}${id}/`);
    expect(lime.sandbox.requests().map(({ path }) => path)).toEqual([2, 3].map((id) => `/lime${helpdesk}${id}/`));
    expect(lime.sandbox.stats().requests).toBe(3);
    await lime.control('DELETE', '/_sandbox/requests');
    expect(lime.sandbox.requests()).toEqual([]);
    expect(lime.sandbox.stats()).toMatchObject({ requests: 0, mostWithin: { '300s': 0 } });
  });
});

describe('the counts', () => {
  it('are by status class, method and limetype', async () => {
    await using lime = await aSandbox({ faults: [{ kind: 'reset', match: { method: 'PUT' } }] });
    await lime.call('POST', helpdesk, aTicket());
    await lime.call('POST', helpdesk, {});
    await lime.call('PUT', `${helpdesk}1001/`, {}).catch(() => undefined);
    await lime.call('GET', '/api/v1/');
    expect((await lime.control('GET', '/_sandbox/stats')).body).toMatchObject({
      requests: 4,
      byStatusClass: { '2xx': 2, '4xx': 1, reset: 1 },
      byMethod: { GET: 1, POST: 2, PUT: 1 },
      byLimetype: { helpdesk: 3 },
    });
  });

  it('include the most requests within 1 second, 5 seconds and 5 minutes', async () => {
    let at = 0;
    await using lime = await aSandbox({ now: () => at });
    for (const seconds of [0, 0.5, 0.9, 1, 4, 100, 101, 299, 300, 301, 302, 303, 304]) {
      at = seconds * 1000;
      await lime.call('GET', '/api/v1/');
    }
    expect(lime.sandbox.stats().mostWithin).toEqual({ '1s': 3, '5s': 5, '300s': 8 });
  });
});

describe('the control surface', () => {
  it('shows limeobjects without links', async () => {
    await using lime = await aSandbox();
    const { body } = await lime.control('GET', '/_sandbox/objects/helpdesk');
    expect(body).toMatchObject([{ _id: 1001, title: 'Cannot log in', statuscolor: { key: 'ongoing' } }]);
    expect((await lime.control('GET', '/_sandbox/objects/nosuch')).status).toBe(404);
  });

  it('adds, replaces and removes faults', async () => {
    await using lime = await aSandbox();
    await lime.control('POST', '/_sandbox/faults', { kind: 'error', status: 502, times: 1 });
    await lime.control('POST', '/_sandbox/faults', [{ kind: 'error', status: 503 }]);
    expect((await lime.call('GET', '/api/v1/')).status).toBe(502);
    expect((await lime.call('GET', '/api/v1/')).status).toBe(503);
    expect((await lime.control('GET', '/_sandbox/faults')).body).toMatchObject([
      { status: 502, seen: 2, happened: 1 },
      { status: 503, seen: 1, happened: 1 },
    ]);
    await lime.control('PUT', '/_sandbox/faults', [{ kind: 'throttle', answer: 'bare' }]);
    expect((await lime.call('GET', '/api/v1/')).status).toBe(429);
    await lime.control('DELETE', '/_sandbox/faults');
    expect((await lime.call('GET', '/api/v1/')).status).toBe(200);
  });

  it('makes chance repeatable by a seed', async () => {
    await using lime = await aSandbox({ faults: [{ kind: 'error', status: 503, probability: 0.5 }] });
    const run = async () => {
      await lime.control('PUT', '/_sandbox/settings', { seed: 7 });
      const statuses: number[] = [];
      for (let count = 0; count < 20; count += 1) statuses.push((await lime.call('GET', '/api/v1/')).status);
      return statuses;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 503]));
  });

  it('forgets a seed at a reset', async () => {
    await using lime = await aSandbox({
      random: () => 0.9,
      faults: [{ kind: 'error', status: 503, probability: 0.5 }],
    });
    await lime.control('PUT', '/_sandbox/settings', { seed: 7 });
    await lime.control('POST', '/_sandbox/reset');
    const statuses = new Set<number>();
    for (let count = 0; count < 20; count += 1) statuses.add((await lime.call('GET', '/api/v1/')).status);
    expect(statuses).toEqual(new Set([200]));
  });

  it('changes settings one by one', async () => {
    await using lime = await aSandbox();
    expect((await lime.control('PUT', '/_sandbox/settings', { errors: 422 })).body).toMatchObject({
      errors: 422,
      readOnly: false,
    });
    await lime.control('PUT', '/_sandbox/settings', { readOnly: true });
    expect((await lime.control('GET', '/_sandbox/settings')).body).toMatchObject({ errors: 422, readOnly: true });
    expect((await lime.call('POST', helpdesk, aTicket())).status).toBe(403);
  });

  it('restores the state of the start', async () => {
    await using lime = await aSandbox({ settings: { errors: 422 } });
    await lime.call('POST', helpdesk, aTicket());
    await lime.control('PUT', '/_sandbox/settings', { errors: 400 });
    await lime.control('POST', '/_sandbox/faults', { kind: 'outage' });
    expect((await lime.control('POST', '/_sandbox/reset')).status).toBe(204);
    expect(lime.sandbox.requests()).toEqual([]);
    expect(lime.sandbox.objects('helpdesk')).toHaveLength(1);
    expect((await lime.call('POST', helpdesk, {})).status).toBe(422);
    expect((await lime.call('POST', helpdesk, aTicket())).body).toMatchObject({ _id: 1002 });
  });

  it.each([
    { method: 'PUT', path: '/_sandbox/settings', body: { errors: 418 }, status: 400, said: 'errors' },
    { method: 'PUT', path: '/_sandbox/settings', body: { colour: 'red' }, status: 400, said: 'colour' },
    { method: 'POST', path: '/_sandbox/faults', body: { kind: 'fire' }, status: 400, said: 'kind' },
    {
      method: 'POST',
      path: '/_sandbox/faults',
      body: [{ kind: 'reset', match: { path: '(' } }],
      status: 400,
      said: '0.match.path',
    },
    { method: 'POST', path: '/_sandbox/reset/', body: undefined, status: 204, said: '' },
    { method: 'PUT', path: '/_sandbox/faults', body: undefined, status: 400, said: 'JSON' },
    { method: 'GET', path: '/_sandbox/', body: undefined, status: 404, said: '/_sandbox/stats' },
    { method: 'DELETE', path: '/_sandbox/stats', body: undefined, status: 405, said: 'DELETE' },
  ])('answers $method $path $body with $status', async ({ method, path, body, status, said }) => {
    await using lime = await aSandbox();
    const answer = await lime.control(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(said);
  });
});

describe('the page of a limeobject', () => {
  it('shows its properties and its notes, escaped and as they were written', async () => {
    await using lime = await aSandbox();
    await lime.call(
      'POST',
      helpdesk,
      aTicket({ title: '<script>alert("1")</script>', person: 1001, statuscolor: 'parked' }),
    );
    await lime.call(
      'POST',
      '/api/v1/limeobject/history/',
      aNote({ helpdesk: 1002, note: 'one\n\n  <b>two</b>  &amp; three' }),
    );
    const { status, text, headers } = await lime.control('GET', '/client/object/helpdesk/1002');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(text).not.toMatch(/<script|<b>/);
    expect(text).toContain('<p>one\n\n  &lt;b&gt;two&lt;/b&gt;  &amp;amp; three</p>');
    expect(text).toMatch(/article p \{[^}]*white-space: pre-wrap/);
    expect(text).toContain('<a href="/client/object/person/1001">Ada Example</a>');
    expect(text).toContain('<td>Parked</td>');
  });

  it('lists what belongs to it', async () => {
    await using lime = await aSandbox({ schema: 'custom' });
    const { text } = await lime.control('GET', '/client/object/helpdesk/1001');
    expect(text).toContain('<p>Called back.\nAda will check the spam folder.</p>');
    expect(text).toContain('<a href="/client/object/ulconversation/1001">');
    const conversation = await lime.control('GET', '/client/object/ulconversation/1001/');
    expect(conversation.text).toContain('<a href="https://www.userlike.example.com/60000001" rel="noreferrer">');
  });

  it.each(['/client/', '/client/object/helpdesk/9', '/client/object/nosuch/1001', '/client/object/helpdesk/x'])(
    'is 404 at %s',
    async (path) => {
      await using lime = await aSandbox();
      expect((await lime.control('GET', path)).status).toBe(404);
    },
  );
});
