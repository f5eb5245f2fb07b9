import { afterEach, describe, expect, it } from '@jest/globals';
import { aConversation } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

function history(relation: string) {
  return { relation, properties: { type: { value: 'comment' } } };
}
function tickets(overrides = {}) {
  return anInstance({ history: history('helpdesk'), ...overrides });
}
function deals(overrides = {}) {
  return anInstance({
    name: 'Deals',
    limetype: 'deal',
    identify: 'name',
    properties: {
      name: { template: 'Userlike conversation {{ id }}' },
      dealstatus: { value: 'contact', onResend: 'update' },
      value: { value: 0 },
      probability: { value: 0.1 },
      weightedvalue: { value: 0 },
    },
    history: history('deal'),
    ...overrides,
  });
}
/** Has something to write, and a note that nothing in Lime relates to the limeobject. */
function brokenTickets() {
  return tickets({
    properties: {
      title: { template: 'Userlike conversation {{ id }}' },
      description: { value: 'from a chat', onResend: 'update' },
    },
    history: history('ticket'),
  });
}
function settingsWith(...instances: ReturnType<typeof anInstance>[]) {
  return settingsOf({ instances });
}

const key = { organization, conversation: '63741936' };

let mapper: SandboxMapper;
afterEach(async () => mapper.sandbox.close());

/** A mapper whose settings can be changed between two batches. */
async function aMapper(first: ReturnType<typeof settingsOf>) {
  mapper = await startSandboxMapper(first);
  let current = first;
  const container = { ...mapper.openContainer(), settingsFor: () => current };
  return {
    change: (settings: typeof first) => {
      current = settings;
    },
    send: (conversation: unknown) => mapper.send([conversation], 1, container),
  };
}

async function aDeal(): Promise<number> {
  const response = await fetch(`${mapper.sandbox.url}/api/v1/limeobject/deal/`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-lime-key', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Big', dealstatus: 'agreement', value: 1, probability: 1, weightedvalue: 1 }),
  });
  expect(response.status).toBe(201);
  return Number(mapper.sandbox.objects('deal').at(-1)?._id);
}

describe('an instance that makes another limetype under its old name', () => {
  it('leaves the limeobject of that limetype alone that has the id of the old one', async () => {
    const { change, send } = await aMapper(settingsWith(tickets()));
    await send(aConversation({ contact: null }));
    const helpdesk = Number(mapper.sandbox.objects('helpdesk').at(-1)?._id);
    while ((await aDeal()) < helpdesk);
    const foreign = structuredClone(mapper.sandbox.objects('deal').find(({ _id }) => _id === helpdesk));
    expect(foreign).toMatchObject({ dealstatus: { key: 'agreement' } });
    change(settingsWith(deals({ name: 'Tickets' })));

    expect(await send(aConversation({ contact: null, updated_at: '2024-03-01T00:00:00Z' }))).toBe(0);
    const reason = `the conversation is helpdesk ${helpdesk}, which no instance writes to any more`;
    expect(mapper.parked).toMatchObject([{ step: 'plan', reason }]);
    expect(mapper.sandbox.objects('deal').find(({ _id }) => _id === helpdesk)).toEqual(foreign);
    expect(mapper.sandbox.objects('history').filter(({ deal }) => deal === helpdesk)).toEqual([]);
  });
});

describe('a delivered conversation that is sent again unchanged', () => {
  const conversation = aConversation({ contact: null });

  it.each([
    { title: 'no instance takes it', broken: tickets({ topics: ['Orders'], name: 'Orders' }) },
    { title: 'its instance does not fit Lime', broken: brokenTickets() },
  ])('while $title is parked, and delivered again once that is mended, without a request', async ({ broken }) => {
    const good = settingsWith(tickets());
    const { change, send } = await aMapper(good);
    await send(conversation);
    change(settingsWith(broken));
    expect(await send(conversation)).toBe(0);
    expect(mapper.parked).toHaveLength(1);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'parked', object: { limetype: 'helpdesk' } });

    change(good);
    mapper.requests();
    expect(await send(conversation)).toBe(0);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered' });
    expect(mapper.requests()).toEqual([]);
  });

  it('and given up before it was tried is delivered when it comes from the DLQ', async () => {
    const { send } = await aMapper(settingsWith(tickets()));
    await send(conversation);
    await mapper.send([conversation], 10, undefined, () => 1);
    expect(mapper.parked).toMatchObject([{ step: 'start' }]);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'parked' });
    expect(await send(conversation)).toBe(0);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered' });
  });

  it('stays delivered where an older version of it is given up', async () => {
    const { send } = await aMapper(settingsWith(tickets()));
    await send(conversation);
    const before = await mapper.ledger.read(key);
    await mapper.send([{ ...conversation, updated_at: '2024-02-22T15:00:00Z' }], 10, undefined, () => 1);
    expect(mapper.parked).toHaveLength(1);
    expect(await mapper.ledger.read(key)).toEqual(before);
  });
});

describe('an instance that becomes an additional one', () => {
  const after = settingsWith(deals(), tickets({ additional: true }));
  const made = () =>
    ['helpdesk', 'deal'].map(
      (limetype) =>
        mapper.sandbox.objects(limetype).filter((one) => JSON.stringify(one).includes('Userlike conversation')).length,
    );
  const aVersion = (day: number, email = 'first@example.org') =>
    aConversation({ contact: { email }, rate: day, updated_at: `2024-03-0${day}T00:00:00Z` });

  it.each([
    { title: 'the same version', next: aVersion(2) },
    { title: 'a newer version', next: aVersion(3) },
    { title: 'an older version', next: aVersion(1) },
  ])('leaves $title of a conversation that it took the one limeobject it is', async ({ next }) => {
    const { change, send } = await aMapper(settingsWith(tickets()));
    await send(aVersion(2));
    change(after);
    expect(await send(next)).toBe(0);
    expect(await send(aVersion(4))).toBe(0);
    expect(made()).toEqual([1, 0]);
    expect(await mapper.ledger.read(key)).toMatchObject({ outcome: 'delivered', object: { limetype: 'helpdesk' } });
  });

  it('is made beside the main one for a conversation that is new', async () => {
    const { send } = await aMapper(after);
    await send(aVersion(1));
    await send(aVersion(2));
    expect(made()).toEqual([1, 1]);
  });
});
