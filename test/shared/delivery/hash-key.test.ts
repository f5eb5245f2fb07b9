import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MapperDeps } from '../../../shared/delivery/mapper-deps.ts';
import { creationKey } from '../../../shared/delivery/relations/creation-key.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { lease, organization, type SandboxMapper, startSandboxMapper } from '../../support/sandbox-mapper.ts';

const hashKey = 'the hash key of the tests';
const phone = '+46701740605';
const rules = [{ path: 'contact.phone_number', properties: ['phone'], as: 'phone' }];
const properties = { firstname: { value: 'Nina' }, phone: { value: 'not what is searched' } };
const settings = settingsOf({
  instances: [
    anInstance({
      relations: { person: { property: 'person', limetype: 'person', rules, create: { properties } } },
      history: { relation: 'helpdesk', properties: { type: { value: 'comment' } } },
    }),
  ],
});
const term = { rule: { as: 'phone' as const }, normal: phone };
const former = creationKey('person', 'person', term);
const present = creationKey('person', 'person', term, hashKey);

let mapper: SandboxMapper;
beforeEach(async () => {
  mapper = await startSandboxMapper(settings);
});
afterEach(async () => mapper.sandbox.close());

function containerWith(key: string | undefined): MapperDeps {
  const container = mapper.openContainer();
  const openTenant: MapperDeps['openTenant'] = async (asked) => ({
    ...(await container.openTenant(asked)),
    hashKey: key,
  });
  return { ...container, openTenant };
}
function send(id: number, key: string | undefined, messages = 1) {
  const transcript = Array.from({ length: messages }, (_, n) =>
    aMessage({ id: `${id}.1.${n}`, body: `Message ${n}.` }),
  );
  const updated_at = `2024-02-22T16:0${messages}:00.000Z`;
  const conversation = aConversation({ id, contact: { phone_number: phone }, transcript, updated_at });
  return mapper.send([conversation], 1, containerWith(key));
}
function people() {
  return mapper.sandbox.objects('person').filter(({ firstname }) => firstname === 'Nina');
}
function read(conversation: string) {
  return mapper.ledger.read({ organization, conversation });
}

describe('a person whom the ledger knows', () => {
  it('is known by a hash that nobody makes without the key', async () => {
    const searched = JSON.stringify(['person', 'phone', phone]);
    const hmac = createHmac('sha256', hashKey).update(searched).digest('base64url');
    expect(present).toBe(`person:${hmac}`);
    expect(former).toBe(`person:${createHash('sha256').update(searched).digest('base64url')}`);

    await send(1, hashKey);
    expect(await read(present)).toMatchObject({ outcome: 'delivered', object: { id: people()[0]?._id } });
    expect(await read(former)).toBeUndefined();
  });

  it('from before there was a hash key is the same one, and read there once', async () => {
    await send(1, undefined);
    await send(2, hashKey);
    expect(people()).toHaveLength(1);
    expect((await read(present))?.object?.id).toBe((await read(former))?.object?.id);

    const asked: string[] = [];
    const container = containerWith(hashKey);
    const ledger: MapperDeps['ledger'] = {
      ...container.ledger,
      read: (key) => {
        asked.push(key.conversation);
        return container.ledger.read(key);
      },
    };
    await mapper.send([aConversation({ id: 3, contact: { phone_number: phone } })], 1, { ...container, ledger });
    expect(people()).toHaveLength(1);
    expect(asked).not.toContain(former);
  });

  it('is awaited where a mapper without the hash key is making it', async () => {
    const attempt = { fingerprint: 'made', recency: { messages: 0 } };
    await mapper.ledger.claim({ organization, conversation: former }, attempt);
    expect(await send(1, hashKey)).toBe(1);
    expect(people()).toEqual([]);
    mapper.pass(lease + 1);
    expect(await send(1, hashKey)).toBe(0);
    expect(people()).toHaveLength(1);
  });
});

describe('the search of a conversation', () => {
  it('is kept as a hash that nobody makes without the key', async () => {
    await send(1, undefined);
    await send(2, hashKey);
    const [plain, keyed] = [await read('1'), await read('2')].map((entry) => entry?.object?.found?.search);
    expect(plain).toHaveLength(43);
    expect(keyed).toHaveLength(43);
    expect(keyed).not.toBe(plain);
  });

  it('is the same with the hash key as before: a re-send looks nobody up', async () => {
    await send(1, undefined);
    const before = await read('1');
    mapper.requests();
    expect(await send(1, hashKey, 2)).toBe(0);
    expect(mapper.requests()).toEqual(['POST history']);
    expect((await read('1'))?.object?.found).toEqual({ ...before?.object?.found, search: expect.any(String) });
  });
});
