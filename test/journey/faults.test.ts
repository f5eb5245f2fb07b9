import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ variables: { TIME_SCALE: '0.002' } });
});
afterEach(() => journey.faults([]));
afterAll(() => journey.stop());

let ids = 900_000;
function nextId(): number {
  ids += 1;
  return ids;
}

const create = { method: 'POST', limetype: 'helpdesk' };
const note = { method: 'POST', limetype: 'history' };
const lookUp = { path: '^/api/v1/query/' };

async function delivered(id: number): Promise<{ titles: unknown[]; notes: number }> {
  const helpdesks = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${id}`));
  const notes = (await journey.notes()).filter((one) => helpdesks.some(({ _id }) => _id === one.helpdesk));
  return { titles: helpdesks.map(({ title }) => title), notes: notes.length };
}

describe('exactly one limeobject and one note', () => {
  const cases = [
    { title: 'the data model cannot be read', fault: { kind: 'error', status: 503, match: { path: '/limetype/' } } },
    { title: 'Lime fails before the object is made', fault: { kind: 'error', status: 500, match: create } },
    {
      title: 'Lime fails after the object was made',
      fault: { kind: 'error', status: 502, commit: true, match: create },
    },
    { title: 'the connection breaks before the object is made', fault: { kind: 'reset', match: create } },
    { title: 'the connection breaks after the object was made', fault: { kind: 'reset', commit: true, match: create } },
    { title: 'the connection breaks before the note is written', fault: { kind: 'reset', match: note } },
    { title: 'the connection breaks after the note was written', fault: { kind: 'reset', commit: true, match: note } },
    { title: 'Lime throttles', fault: { kind: 'throttle', answer: 'retry-after', match: create } },
    { title: 'Lime throttles without a Retry-After', fault: { kind: 'throttle', answer: 'bare', match: note } },
    { title: 'a firewall shows its page', fault: { kind: 'throttle', answer: 'waf', match: create } },
    { title: 'a lookup is lost', fault: { kind: 'reset', match: lookUp } },
  ].map((one) => ({ ...one, id: nextId() }));
  const urls = new Map<number, string>();
  // One after the other, but all of them wait together until Lime has to be done.
  beforeAll(async () => {
    for (const { id, fault } of cases) {
      await journey.faults([{ ...fault, times: 1 }]);
      const { url = '' } = await journey.send(aConversation({ id, contact: { email: `visitor${id}@example.org` } }));
      urls.set(id, url);
      await journey.log(({ message, conversation }) => message === 'retrying' && conversation === String(id));
      // After a read, the next try comes at once, and must not meet the fault of the next case.
      if ('path' in fault.match) await journey.ended(id);
    }
  });

  it.each(cases)('where $title', async ({ id }) => {
    await journey.ended(id);
    expect(await delivered(id)).toEqual({ titles: [expect.stringMatching(` · #${id}$`)], notes: 1 });
    expect(await journey.link(urls.get(id) ?? '')).toMatchObject({ state: 'delivered' });
  });

  it('for each of many conversations, while one request in five fails', async () => {
    const ids = Array.from({ length: 60 }, nextId);
    await journey.faults([
      { kind: 'reset', commit: true, probability: 0.05, times: 5 },
      { kind: 'reset', probability: 0.05, times: 5 },
      { kind: 'error', status: 502, probability: 0.05, times: 5 },
      { kind: 'throttle', answer: 'waf', probability: 0.05, times: 2 },
    ]);
    await journey.send(ids.map((id) => aConversation({ id })));
    await journey.ended(ids);
    for (const id of ids) {
      expect(await delivered(id)).toEqual({ titles: [expect.stringMatching(` · #${id}$`)], notes: 1 });
    }
  });
});

describe('a throttling Lime', () => {
  it('gets one request from each mapper until it recovers, and all conversations afterwards', async () => {
    const ids = Array.from({ length: 4 }, nextId);
    await journey.forgetRequests();
    await journey.faults([{ kind: 'throttle', answer: 'retry-after', retryAfter: 3_600, match: create }]);
    for (const id of ids) {
      await journey.send(aConversation({ id }));
      await journey.log(({ message, conversation }) => message === 'retrying' && conversation === String(id));
    }
    const throttled = (await journey.limeRequests()).filter(({ status }) => status === 429);
    await journey.faults([]);
    await journey.ended(ids);
    expect([1, 2]).toContain(throttled.length);
    for (const id of ids) expect(await delivered(id)).toMatchObject({ titles: [expect.stringMatching(` · #${id}$`)] });
  });
});

describe('a limeobject that was deleted in Lime', () => {
  it('is created again, with the whole transcript, by the next re-send', async () => {
    const id = nextId();
    const first = aConversation({ id });
    await journey.send(first);
    await journey.ended(id);
    const [helpdesk] = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${id}`));
    await fetch(`${journey.limeUrl}/api/v1/limeobject/helpdesk/${helpdesk?._id}/`, {
      method: 'DELETE',
      headers: { 'x-api-key': 'local-lime-key' },
    });
    const later = aMessage({ id: '63741936.108109315.999999999', body: 'Are you there?' });
    await journey.send({ ...first, transcript: [aMessage(), later], updated_at: '2024-03-01T00:00:00Z' });
    await journey.ended(id, 2);
    const [again] = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${id}`));
    const notes = (await journey.notes()).filter((one) => one.helpdesk === again?._id);
    expect(notes.map((one) => one.note).join('\n')).toMatch(/Hello, I have a question.*Are you there/s);
  });
});

describe('a conversation that Lime refuses', () => {
  it('is parked with its reason, which the link shows', async () => {
    const id = nextId();
    await journey.faults([{ kind: 'error', status: 422, match: create, times: 1 }]);
    const { url = '' } = await journey.send(aConversation({ id }));
    expect(await journey.ended(id)).toMatchObject({
      message: 'parked',
      step: 'object',
      status: 422,
      limetype: 'helpdesk',
    });
    const reason = 'POST /api/v1/limeobject/helpdesk/ was answered 422';
    expect(await journey.link(url)).toEqual({ state: 'parked', reason });
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('can be sent again')]);
  });

  it('is parked with its limeobject if only the note was refused', async () => {
    const id = nextId();
    await journey.faults([{ kind: 'error', status: 400, match: note, times: 1 }]);
    const { url = '' } = await journey.send(aConversation({ id }));
    expect(await journey.ended(id)).toMatchObject({ message: 'parked', step: 'note' });
    expect(await journey.link(url)).toMatchObject({ state: 'parked', url: expect.stringContaining('/helpdesk/') });
  });
});
