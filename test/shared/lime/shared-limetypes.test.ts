import { describe, expect, it } from '@jest/globals';
import { createMetadata, METADATA_LIFETIME_MS, METADATA_REFRESH_MS } from '../../../shared/lime/metadata.ts';
import { type LimetypeTexts, shareLimetypes } from '../../../shared/lime/shared-limetypes.ts';
import { LimetypeAnswer } from '../../../shared/lime/wire.ts';
import { aLime, aServer } from '../../support/a-server.ts';
import { eventually } from '../../support/eventually.ts';

const answer = {
  name: 'helpdesk',
  label: 'cases',
  localname: { singular: 'Case' },
  _embedded: {
    properties: [
      { name: 'title', type: 'string', required: true, length: 64, label: 'title', defaultvalue: '' },
      {
        name: 'status',
        type: 'option',
        options: [
          { key: 'new', text: 'New' },
          { id: 7, inactive: true },
        ],
      },
      { name: 'person', type: 'belongsto', has_sql: true, _links: { related_type: { name: 'person' } } },
    ],
  },
};

/** A table in memory, and a clock of all mappers. */
function aTable() {
  const items = new Map<string, { at: number; text: string }>();
  const clock = { now: 1_000_000 };
  const texts: LimetypeTexts = {
    read: async (tenant, limetype) => items.get(`${tenant} ${limetype}`),
    write: async (tenant, limetype, described) => void items.set(`${tenant} ${limetype}`, described),
  };
  return { items, clock, texts };
}

type Shared = ReturnType<typeof aTable>;

function aMapper({ texts, clock }: Pick<Shared, 'texts' | 'clock'>, origin: string, tenant = 'acme') {
  const metadata = createMetadata(aLime(origin), () => clock.now, shareLimetypes(texts, tenant));
  return async () => (await metadata(['helpdesk'])).get('helpdesk');
}

describe('a limetype that another mapper has read', () => {
  it('is used as Lime has described it, without a request', async () => {
    await using server = await aServer({ json: answer });
    const shared = aTable();
    await aMapper(shared, server.origin)();
    const [first, ...others] = await Promise.all(Array.from({ length: 7 }, () => aMapper(shared, server.origin)()));
    for (const other of others) expect(other).toEqual(first);
    expect(first).toEqual(LimetypeAnswer.parse(answer));
    expect(server.asked).toHaveLength(1);
  });

  it("is another tenant's and is not used", async () => {
    await using server = await aServer({ json: answer });
    const shared = aTable();
    await aMapper(shared, server.origin)();
    await aMapper(shared, server.origin, 'other')();
    expect(server.asked).toHaveLength(2);
  });

  it('is read again from half its lifetime on by one mapper for all', async () => {
    await using server = await aServer({ json: answer });
    const shared = aTable();
    const mappers = [aMapper(shared, server.origin), aMapper(shared, server.origin)];
    for (const mapper of mappers) await mapper();
    shared.clock.now += METADATA_REFRESH_MS;
    for (const mapper of mappers) {
      await mapper();
      await eventually(() => expect(shared.items.get('acme helpdesk')?.at).toBe(shared.clock.now));
      expect(server.asked).toHaveLength(2);
    }
    shared.clock.now += METADATA_LIFETIME_MS - METADATA_REFRESH_MS;
    await mappers[1]?.();
    expect(server.asked).toHaveLength(2);
  });

  it('counts from when Lime described it, so that none is used beyond its lifetime', async () => {
    await using server = await aServer({ json: answer });
    const shared = aTable();
    await aMapper(shared, server.origin)();
    shared.clock.now += METADATA_REFRESH_MS - 1;
    const second = aMapper({ ...shared, texts: { ...shared.texts, write: async () => undefined } }, server.origin);
    await second();
    expect(server.asked).toHaveLength(1);
    shared.clock.now += METADATA_LIFETIME_MS - METADATA_REFRESH_MS + 1;
    await second();
    expect(server.asked).toHaveLength(2);
  });

  it.each([
    { title: 'cannot be read', read: async () => Promise.reject(new Error('the table is out of reach')) },
    { title: 'is of another version', read: async () => ({ at: 1_000_000, text: '{"name":"helpdesk"}' }) },
    { title: 'is no JSON', read: async () => ({ at: 1_000_000, text: '{' }) },
    { title: 'is from the future', read: async () => ({ at: 2_000_000, text: '{"name":"helpdesk","properties":[]}' }) },
  ])('is read from Lime where it $title', async ({ read }) => {
    await using server = await aServer({ json: answer });
    const write = async () => Promise.reject(new Error('the table is out of reach'));
    const limetype = await aMapper({ ...aTable(), texts: { read, write } }, server.origin)();
    expect(limetype?.properties.has('title')).toBe(true);
    expect(server.asked).toHaveLength(1);
  });
});
