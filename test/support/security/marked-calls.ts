import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import { aMessage } from '../conversations.ts';
import type { Journey } from '../journey.ts';
import { aMarkedConversation, marks } from './marked.ts';
import type { QuotingLime } from './quoting-lime.ts';

/** Collects texts that could contain a mark, by source. */
export type See = (where: string, ...texts: string[]) => void;

async function seeAnswer(response: Response, see: See): Promise<number> {
  see('answers', JSON.stringify([...response.headers]), await response.text());
  return response.status;
}

export async function personsInLime(lime: QuotingLime): Promise<void> {
  for (const firstname of ['One', 'Two']) {
    const response = await fetch(`${lime.url}/api/v1/limeobject/person/`, {
      method: 'POST',
      headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
      body: JSON.stringify({ firstname, lastname: marks.person, email: marks.secondEmail }),
    });
    expect(response.status).toBe(201);
  }
}

/** Conversations that are delivered, have several matches, fail in every way, are updated, unchanged and parked. */
export async function deliveries(lime: QuotingLime, journey: Journey): Promise<void> {
  const create = (id: number) => ({ method: 'POST', fits: new RegExp(`/helpdesk/ .*#${id}`) });
  const note = (id: number) => ({ method: 'POST', fits: new RegExp(`/history/ .*conversation ${id}`) });
  const page = 'text/html';
  lime.quote({ ...create(103), status: 422 });
  lime.quote({ ...create(104), status: 500, type: page });
  lime.quote({ ...note(105), status: 400 });
  lime.quote({ ...create(106), status: 201 });
  lime.quote({ ...create(107), status: 403 });
  lime.quote({ ...create(108), status: 403, type: page });
  // A look-up of every spelling that is refused is followed by one of the given spelling.
  for (const status of [400, 400]) lime.quote({ method: 'GET', fits: /query.*qz-lookup/, status });
  lime.quote({ ...note(110), status: 302 });
  for (const id of [101, 103, 104, 105, 106, 107, 108, 110]) {
    await journey.send(aMarkedConversation(id));
    await journey.ended(id);
  }
  await journey.send(aMarkedConversation(102, { contact: { name: marks.name, email: marks.secondEmail } }));
  await journey.ended(102);
  await journey.send(aMarkedConversation(109, { contact: { email: `qz-lookup-${marks.email}` } }));
  await journey.ended(109);
  await journey.send(aMarkedConversation(101));
  await journey.ended(101, 2);
  await journey.send(
    aMarkedConversation(101, { transcript: [aMessage({ id: '101.1.9', body: `${marks.body} again` })] }),
  );
  await journey.ended(101, 3);
}

/** Invalid calls, wrong keys, wrong encodings, and an unavailable queue. */
export async function refusedCalls(journey: Journey, see: See): Promise<void> {
  const broken = [
    { id: 201, transcript: [{ sent_at: marks.garbage, body: { text: marks.garbage } }, marks.garbage] },
    { id: 202, transcript: { [marks.garbage]: marks.garbage } },
    { id: 203, contact: marks.garbage },
    { id: 204, organization_id: marks.garbage },
    { id: marks.garbage },
    marks.garbage,
  ];
  const operator = { _type: 'operator', _event: 'online', name: marks.name };
  const one = JSON.stringify(aMarkedConversation(205));
  const noise = { noise: marks.body + randomBytes(2 * 1_024 * 1_024).toString('base64') };
  const calls: [number, Promise<Response>][] = [
    [422, journey.post(broken)],
    [200, journey.post([...broken, operator, aMarkedConversation(206)])],
    [400, journey.post(`{"name": "${marks.name}"`)],
    [400, journey.post(JSON.stringify({ [marks.garbage]: marks.garbage }))],
    [401, journey.post(one, { 'x-api-key': marks.key })],
    [401, journey.post(one, { 'x-api-key': '', authorization: `Basic ${btoa(`${marks.email}:${marks.key}`)}` })],
    [413, journey.post(JSON.stringify({ ...aMarkedConversation(207), ...noise }))],
    [415, journey.post(one, { 'content-type': `text/${marks.garbage}` })],
    [415, journey.post(one, { 'content-encoding': marks.garbage })],
    [400, journey.post(one, { 'content-encoding': 'gzip' })],
  ];
  for (const [status, call] of calls) expect(await seeAnswer(await call, see)).toBe(status);
  await journey.ended(206);
  const faults = `${journey.awsEndpoint}/_emulator/faults`;
  await fetch(faults, {
    method: 'POST',
    body: JSON.stringify({ service: 'sqs', action: 'SendMessageBatch', times: 20 }),
  });
  expect(await seeAnswer(await journey.post(aMarkedConversation(208)), see)).toBe(503);
  await fetch(faults, { method: 'DELETE' });
}

/** Links of a delivered and an undelivered conversation, and a forged one. */
export async function links(journey: Journey, see: See): Promise<void> {
  const { url = '' } = await journey.send(aMarkedConversation(101));
  const { url: refused = '' } = await journey.send(aMarkedConversation(401, { updated_at: '2024-02-23T10:00:00Z' }));
  await journey.ended(401);
  for (const link of [url, refused, url.replace(/signature=.*/, `signature=${marks.garbage}`)]) {
    for (const accept of ['text/html', 'application/json']) {
      await seeAnswer(await fetch(link, { headers: { accept }, redirect: 'manual' }), see);
    }
  }
}
