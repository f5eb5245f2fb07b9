import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aSandbox, aTicket } from './a-sandbox.ts';

const path = '/api/v1/subscription/';
const helpdesk = '/api/v1/limeobject/helpdesk/';
function subscription(overrides: object = {}) {
  return {
    events: ['helpdesk.new', 'helpdesk.update', 'helpdesk.delete'],
    target_url: 'https://hooks.example.org/lime',
    name: 'test',
    secret: 's3cret',
    ...overrides,
  };
}

type Delivery = { url: string; signature: string | null; text: string };

function aReceiver() {
  const received: Delivery[] = [];
  const receive: typeof fetch = async (input, init) => {
    received.push({
      url: String(input),
      signature: new Headers(init?.headers).get('x-lime-signature'),
      text: String(init?.body),
    });
    return new Response(null, { status: 202 });
  };
  return { received, receive };
}

describe('a subscription', () => {
  it('is created, found, changed and removed, and its secret is never read out', async () => {
    await using lime = await aSandbox();
    const shown = {
      id: 1,
      name: 'test',
      enabled: true,
      events: subscription().events,
      target_url: subscription().target_url,
    };
    expect(await lime.call('POST', path, subscription())).toMatchObject({ status: 201, body: shown });
    expect((await lime.call('GET', `${path}1`)).body).toEqual(shown);
    expect((await lime.call('PUT', `${path}1`, { enabled: false })).body).toEqual({ ...shown, enabled: false });
    expect((await lime.call('DELETE', `${path}1/`)).status).toBe(204);
    expect((await lime.call('GET', `${path}1`)).status).toBe(404);
    expect((await lime.call('GET', path)).body).toEqual([]);
  });

  it.each([
    { query: 'events=person.new,deal.new', ids: [2] },
    { query: 'enabled=false', ids: [2] },
    { query: `target_url=${encodeURIComponent('https://hooks.example.org/lime')}`, ids: [1] },
    { query: '', ids: [1, 2] },
  ])('is listed by "$query"', async ({ query, ids }) => {
    await using lime = await aSandbox();
    await lime.call('POST', path, subscription());
    const other = { events: ['person.new'], enabled: false, target_url: 'https://other.example.org/' };
    await lime.call('POST', path, subscription(other));
    expect((await lime.call('GET', `${path}?${query}`)).body).toMatchObject(ids.map((id) => ({ id })));
  });

  it.each([{ events: ['nosuch.new'] }, { events: [] }, { target_url: 'ftp://example.org' }, { target_url: 'x' }])(
    'is refused with %j',
    async (overrides) => {
      await using lime = await aSandbox();
      expect((await lime.call('POST', path, subscription(overrides))).status).toBe(400);
      expect((await lime.call('GET', `${path}available/`)).body).toContain('history.new');
    },
  );
});

describe('a delivery', () => {
  it('is signed and carries what happened', async () => {
    const { received, receive } = aReceiver();
    await using lime = await aSandbox({ fetch: receive });
    await lime.call('POST', path, subscription());
    await lime.call('POST', helpdesk, aTicket({ statuscolor: 'new' }));
    await lime.call('PUT', `${helpdesk}1002/`, { statuscolor: 'finished', title: 'Chat 63741936' });
    await lime.call('DELETE', `${helpdesk}1002/`);
    expect(received.map(({ url }) => url)).toEqual(Array(3).fill('https://hooks.example.org/lime'));
    for (const { signature, text } of received) {
      expect(signature).toBe(`sha256=${createHmac('sha256', 's3cret').update(text).digest('hex')}`);
    }
    const identity = { id: 1002, limetype: 'helpdesk' };
    expect(received.map(({ text }) => JSON.parse(text))).toEqual([
      {
        event: 'helpdesk.new',
        body: {
          ...identity,
          values: expect.objectContaining({ statuscolor: expect.objectContaining({ key: 'new' }) }),
          original_values: {},
        },
      },
      {
        event: 'helpdesk.update',
        body: {
          ...identity,
          values: expect.objectContaining({ title: 'Chat 63741936' }),
          original_values: { statuscolor: { id: expect.any(Number), key: 'new', text: 'New' } },
        },
      },
      { event: 'helpdesk.delete', body: identity },
    ]);
    expect((await lime.control('GET', '/_sandbox/deliveries')).body).toEqual(
      ['new', 'update', 'delete'].map((event) => ({
        event: `helpdesk.${event}`,
        target_url: 'https://hooks.example.org/lime',
        id: 1002,
        outcome: 202,
      })),
    );
  });

  it('is not made for other events, when it is switched off, or by a refused request', async () => {
    const { received, receive } = aReceiver();
    await using lime = await aSandbox({ fetch: receive });
    await lime.call('POST', path, subscription({ events: ['helpdesk.update'] }));
    await lime.call('POST', path, subscription({ enabled: false }));
    await lime.call('POST', helpdesk, aTicket());
    await lime.call('PUT', `${helpdesk}1002/`, { title: '' });
    await lime.call('POST', '/api/v1/limeobject/person/', { firstname: 'Ida' });
    expect(received).toEqual([]);
  });

  it('that fails troubles nobody but the list of deliveries', async () => {
    await using lime = await aSandbox({ fetch: () => Promise.reject(new Error('connect ECONNREFUSED')) });
    await lime.call('POST', path, subscription());
    expect((await lime.call('POST', helpdesk, aTicket())).status).toBe(201);
    expect((await lime.control('GET', '/_sandbox/deliveries')).body).toMatchObject([
      { event: 'helpdesk.new', outcome: 'Error: connect ECONNREFUSED' },
    ]);
  });
});
