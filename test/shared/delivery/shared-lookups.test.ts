import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

let mapper: SandboxMapper;
afterEach(() => mapper.sandbox.close());

function settingsWith(rules: unknown) {
  return settingsOf({
    instances: [
      anInstance({
        relations: { person: { property: 'person', limetype: 'person', rules } },
        history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
      }),
    ],
  });
}
const byEmail = { path: 'contact.email', properties: ['email'], as: 'email' };
const byMobile = { path: 'contact.mobile_number', properties: ['mobilephone'], as: 'phone' };
const byPhone = { path: 'contact.phone_number', properties: ['phone'], as: 'phone' };

/** Starts a mapper whose Lime has one more person; its id. */
async function start(rules: unknown, person: Record<string, unknown>): Promise<number> {
  mapper = await startSandboxMapper(settingsWith(rules));
  const response = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/person/`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    body: JSON.stringify({ firstname: 'Mo', ...person }),
  });
  const { _id } = JSON.parse(await response.text());
  return Number(_id);
}

/** Who is linked, by conversation. */
function linked(): Record<string, unknown> {
  return Object.fromEntries(
    mapper.sandbox
      .objects('helpdesk')
      .filter(({ title }) => String(title).startsWith('Userlike'))
      .map(({ title, person }) => [String(title).split(' ')[2], person ?? 'nobody']),
  );
}

function chat(id: number, contact: Record<string, unknown>) {
  return aConversation({ id, contact });
}

describe('conversations of one batch', () => {
  const number = '+46705550123';
  const one = chat(1, { phone_number: number });
  const other = chat(2, { mobile_number: number });

  it.each([
    { title: 'together', batches: [[one, other]] },
    { title: 'in the other order', batches: [[other, one]] },
    { title: 'each alone', batches: [[one], [other]] },
  ])('with one number under two rules are linked by their own: $title', async ({ batches }) => {
    const id = await start([byMobile, byPhone], { mobilephone: number });
    for (const batch of batches) await mapper.send(batch);
    expect(linked()).toEqual({ 1: 'nobody', 2: id });
  });

  it('are delivered and linked beside one whose value is longer than any query', async () => {
    const id = await start([byEmail], { email: 'mo@example.org' });
    const long = chat(1, { email: `${'a'.repeat(9_000)}@example.org` });
    await mapper.send([long, chat(2, { email: 'mo@example.org' })]);
    expect(mapper.parked).toEqual([]);
    expect(linked()).toEqual({ 1: 'nobody', 2: id });
  });

  it('are looked up one by one where Lime refuses to look them up together', async () => {
    const id = await start([byEmail], { email: 'mo@example.org' });
    mapper.sandbox.setFaults([{ kind: 'error', status: 422, match: { path: '/query/' }, times: 1 }]);
    await mapper.send([1, 2, 3].map((conversation) => chat(conversation, { email: 'mo@example.org' })));
    expect(mapper.parked).toEqual([]);
    expect(linked()).toEqual({ 1: id, 2: id, 3: id });
  });

  it('are delivered and linked where a rule names a property that holds no text', async () => {
    const byFlag = { path: 'contact.external_customer_id', properties: ['inactive'], as: 'text' };
    const id = await start([byFlag, byEmail], { email: 'mo@example.org' });
    await mapper.send([chat(1, { external_customer_id: '4711' }), chat(2, { email: 'mo@example.org' })]);
    expect(mapper.parked).toEqual([]);
    expect(linked()).toEqual({ 1: 'nobody', 2: id });
  });
});

it('a number that has moved from one field to another is searched again by a re-send', async () => {
  const id = await start([byMobile, byPhone], { mobilephone: '+46705550123' });
  await mapper.send([chat(1, { phone_number: '+46705550123' })]);
  expect(linked()).toEqual({ 1: 'nobody' });
  await mapper.send([{ ...chat(1, { mobile_number: '+46705550123' }), updated_at: '2024-03-01T00:00:00Z' }]);
  expect(linked()).toEqual({ 1: id });
});
