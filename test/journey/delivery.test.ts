import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aConversation, aMessage, documentedExample } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

async function noteTexts(helpdesk: unknown): Promise<unknown[]> {
  return (await journey.notes()).filter((note) => note.helpdesk === helpdesk).map(({ note }) => note);
}
async function helpdeskOf(conversation: number) {
  const found = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${conversation}`));
  expect(found).toHaveLength(1);
  const [helpdesk] = found;
  if (helpdesk === undefined) throw new Error('no helpdesk');
  return helpdesk;
}

describe('the documented conversation', () => {
  it('becomes a helpdesk with its messages in one note, and the link opens it', async () => {
    const { url = '' } = await journey.send(documentedExample);
    expect((await journey.link(url)).state).toMatch(/queued|delivering|delivered/);
    await journey.ended(63741936);

    const helpdesk = await helpdeskOf(63741936);
    expect(helpdesk).toMatchObject({
      description: 'Hello, I have a question.',
      statuscolor: { key: 'new' },
      person: null,
    });
    const [note, ...others] = await noteTexts(helpdesk._id);
    expect(others).toEqual([]);
    expect(String(note).split('\n').slice(-2)).toEqual([
      '[2024-02-22 16:49:07] Contact: Hello, I have a question.',
      '[2024-02-22 16:49:23] Peter Testman: Hello, how can I help you?',
    ]);

    const opens = `${journey.sandboxUrl}/client/object/helpdesk/${helpdesk._id}`;
    expect(await journey.link(url)).toEqual({ state: 'delivered', url: opens });
    const redirect = await fetch(url, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, opens]);
    expect((await fetch(opens)).status).toBe(200);
  });

  it('sent again changes nothing and asks Lime nothing', async () => {
    await journey.forgetRequests();
    await journey.send({
      ...JSON.parse(documentedExample),
      marked_read_contact: true,
      updated_at: '2024-03-01T08:00:00Z',
    });
    expect(await journey.ended(63741936, 2)).toMatchObject({ outcome: 'unchanged' });
    expect(await journey.limeRequests()).toEqual([]);
  });
});

describe('a conversation of a known contact', () => {
  it.each([
    { title: 'by e-mail, in any case', id: 501, contact: { email: ' ADA@Example.org ' } },
    { title: 'by mobile number, in another spelling', id: 502, contact: { mobile_number: '+46 (70) 174-06-05' } },
  ])('is linked to the person $title, and to the person’s company', async ({ id, contact }) => {
    await journey.send(aConversation({ id, contact, operator_assigned_to_email: 'peter.testman@example.com' }));
    await journey.ended(id);
    const helpdesk = await helpdeskOf(id);
    expect(helpdesk.person).toEqual(expect.any(Number));
    expect(helpdesk.company).toEqual(expect.any(Number));
    expect(helpdesk.coworker).toEqual(expect.any(Number));
    const [note] = (await journey.notes()).filter((candidate) => candidate.helpdesk === helpdesk._id);
    expect(note).toMatchObject({ person: helpdesk.person, company: helpdesk.company, coworker: helpdesk.coworker });
  });
});

describe('a re-send with something new', () => {
  it('updates the same limeobject and adds a note with only what is new', async () => {
    const first = aConversation({ id: 601, contact: null });
    await journey.send(first);
    await journey.ended(601);
    await journey.send({
      ...first,
      contact: { email: 'nobody@example.org' },
      transcript: [aMessage(), aMessage({ id: '601.2.9', sent_at: '2024-02-23T10:00:00Z', body: 'One more thing.' })],
      updated_at: '2024-02-23T10:00:00Z',
    });
    expect(await journey.ended(601, 2)).toMatchObject({ outcome: 'updated' });

    const helpdesk = await helpdeskOf(601);
    expect(helpdesk.email).toBe('nobody@example.org');
    const [, second, ...others] = await noteTexts(helpdesk._id);
    expect(others).toEqual([]);
    expect(second).toContain('One more thing.');
    expect(second).not.toContain('Hello, I have a question.');
  });

  it('that is older than what was delivered is left alone', async () => {
    const newer = aConversation({ id: 602, updated_at: '2024-02-23T10:00:00Z' });
    await journey.send(newer);
    await journey.ended(602);
    await journey.forgetRequests();
    await journey.send({
      ...newer,
      transcript: [aMessage({ body: 'Before that.' })],
      updated_at: '2024-02-22T10:00:00Z',
    });
    expect(await journey.ended(602, 2)).toMatchObject({ outcome: 'stale' });
    expect(await journey.limeRequests()).toEqual([]);
  });
});

describe('a bulk call', () => {
  it('of 200 conversations becomes 200 limeobjects for 2 requests each, and at most 6 look-ups for each batch', async () => {
    await journey.forgetRequests();
    const ids = Array.from({ length: 200 }, (_, index) => 10_000 + index);
    const answer = await journey.send(
      ids.map((id) => aConversation({ id, contact: { email: `visitor${id}@example.org` } })),
    );
    expect(answer.accepted.map(({ id }) => id)).toEqual(ids);
    expect(answer.url).toBeUndefined();
    await journey.ended(ids);

    const titles = (await journey.helpdesks()).map(({ title }) => title);
    expect(titles.filter((title) => ids.some((id) => String(title).endsWith(` · #${id}`)))).toHaveLength(200);
    expect(new Set(titles).size).toBe(titles.length);
    const requests = await journey.limeRequests();
    expect(requests.filter(({ method }) => method !== 'GET')).toHaveLength(2 * ids.length);
    // In full batches of 40 this makes 2.15 requests for each conversation. A busy machine makes smaller batches, and
    // what comes again is looked up again.
    const lookups = requests.filter(({ path }) => path.includes('/query/'));
    const lines = journey.logs().filter(({ service, callId }) => service === 'mapper' && callId === answer.callId);
    const batches = new Set(lines.map((line) => line.xray_trace_id)).size;
    const again = lines.filter(({ message }) => message !== 'delivered').length;
    expect(batches).toBeGreaterThanOrEqual(5);
    expect(lookups.length).toBeLessThanOrEqual(6 * (batches + again));
  });

  it('that holds one conversation many times makes one limeobject', async () => {
    await journey.send({ conversations: Array.from({ length: 12 }, () => aConversation({ id: 701 })) });
    await journey.ended(701, 12);
    const helpdesk = await helpdeskOf(701);
    expect(await noteTexts(helpdesk._id)).toHaveLength(1);
  });
});

describe('a long conversation', () => {
  it('becomes numbered notes that hold every message in order', async () => {
    const messages = Array.from({ length: 260 }, (_, index) =>
      aMessage({ id: `801.1.${index}`, body: `Message ${index} ${'– long story 🙂 '.repeat(index % 9)}.` }),
    );
    await journey.send(aConversation({ id: 801, transcript: messages.toReversed() }));
    await journey.ended(801);
    const notes = (await noteTexts((await helpdeskOf(801))._id)).map(String);
    expect(notes.length).toBeGreaterThan(2);
    for (const [index, note] of notes.entries()) {
      expect(note.length).toBeLessThanOrEqual(4_000);
      expect(note.split('\n')[0]).toContain(`(${index + 1}/${notes.length})`);
    }
    const places = messages.map(({ body }) => notes.join('\n').indexOf(String(body)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});
