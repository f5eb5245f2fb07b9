import { describe, expect, it } from '@jest/globals';
import { MappingError } from '../../../shared/errors.ts';
import { createMetadata, METADATA_LIFETIME_MS, METADATA_REFRESH_MS } from '../../../shared/lime/metadata.ts';
import { aLime, aServer, failureOf, type Reply } from '../../support/a-server.ts';
import { eventually } from '../../support/eventually.ts';

function described(name: string, ...properties: string[]): Reply {
  return {
    json: { name, _embedded: { properties: properties.map((property) => ({ name: property, type: 'string' })) } },
  };
}

/** Answers for whatever limetype is asked for. */
const anyLimetype: Reply = (request, response) => {
  const name = request.url?.split('/')[4] ?? '';
  response.end(JSON.stringify({ name, _embedded: { properties: [{ name: 'title', type: 'string' }] } }));
};

describe('metadata', () => {
  it('are read once for each limetype, also when asked for twice at once', async () => {
    await using server = await aServer(anyLimetype);
    const metadata = createMetadata(aLime(server.origin));
    const [both] = await Promise.all([metadata(['helpdesk', 'history', 'helpdesk']), metadata(['history'])]);
    await metadata(['helpdesk']);
    expect([...both.keys()]).toEqual(['helpdesk', 'history']);
    expect(both.get('history')?.properties.has('title')).toBe(true);
    expect(server.asked.map(({ url }) => url).sort()).toEqual([
      '/api/v1/limetype/helpdesk/?_embed=properties',
      '/api/v1/limetype/history/?_embed=properties',
    ]);
  });

  it('are asked for through the Lime of the caller, and remembered for all', async () => {
    await using server = await aServer(anyLimetype);
    const metadata = createMetadata(async () => Promise.reject(new Error('not this one')));
    await metadata(['helpdesk'], aLime(server.origin));
    expect([...(await metadata(['helpdesk'])).keys()]).toEqual(['helpdesk']);
    expect(server.asked).toHaveLength(1);
  });

  it('leave no request under way where one of them fails', async () => {
    await using server = await aServer({ status: 503, json: {} }, anyLimetype);
    let answered = 0;
    const lime = aLime(server.origin, {
      onResponse: () => {
        answered += 1;
      },
    });
    await expect(createMetadata(lime)(['helpdesk', 'history', 'person'])).rejects.toThrow();
    expect(answered).toBe(3);
  });

  it('are read again when they have expired', async () => {
    await using server = await aServer(described('helpdesk', 'title'), described('helpdesk', 'subject'));
    const clock = { now: 0 };
    const metadata = createMetadata(aLime(server.origin), () => clock.now);
    const names = async () => [...((await metadata(['helpdesk'])).get('helpdesk')?.properties.keys() ?? [])];
    expect(await names()).toEqual(['title']);
    clock.now = METADATA_REFRESH_MS - 1;
    expect(await names()).toEqual(['title']);
    clock.now = METADATA_LIFETIME_MS;
    expect(await names()).toEqual(['subject']);
    expect(server.asked).toHaveLength(2);
  });

  it('are read again beside the work from half their lifetime on', async () => {
    await using server = await aServer(described('helpdesk', 'title'), described('helpdesk', 'subject'));
    const clock = { now: 0 };
    const metadata = createMetadata(aLime(server.origin), () => clock.now);
    const names = async () => [...((await metadata(['helpdesk'])).get('helpdesk')?.properties.keys() ?? [])];
    await names();
    clock.now = METADATA_REFRESH_MS;
    expect(await names()).toEqual(['title']);
    await eventually(async () => expect(await names()).toEqual(['subject']));
    expect(server.asked).toHaveLength(2);
  });

  it('stay until their end where they cannot be read again', async () => {
    await using server = await aServer(
      described('helpdesk', 'title'),
      { status: 503 },
      described('helpdesk', 'subject'),
    );
    const clock = { now: 0 };
    const answered: (number | undefined)[] = [];
    const lime = aLime(server.origin, { onResponse: (status) => void answered.push(status) });
    const metadata = createMetadata(lime, () => clock.now);
    const names = async () => [...((await metadata(['helpdesk'])).get('helpdesk')?.properties.keys() ?? [])];
    await names();
    clock.now = METADATA_REFRESH_MS;
    await names();
    await eventually(() => expect(answered).toEqual([200, 503]));
    clock.now = METADATA_LIFETIME_MS - 1;
    expect(await names()).toEqual(['title']);
    clock.now = METADATA_LIFETIME_MS;
    expect(await names()).toEqual(['subject']);
  });

  it('are asked for again after a failure, which is not remembered', async () => {
    await using server = await aServer({ status: 503 }, described('helpdesk', 'title'));
    const metadata = createMetadata(aLime(server.origin));
    expect(await failureOf(metadata(['helpdesk']))).toMatchObject({ failure: 'unavailable', status: 503 });
    expect((await metadata(['helpdesk'])).size).toBe(1);
  });

  it('of a limetype that the tenant does not have cannot be had, now, and are asked for again', async () => {
    await using server = await aServer({ status: 404, json: { message: 'no' } }, described('helpdesk', 'title'));
    const metadata = createMetadata(aLime(server.origin));
    const asking = metadata(['helpdesk']);
    await expect(asking).rejects.toBeInstanceOf(MappingError);
    await expect(asking).rejects.toThrow('the tenant has no limetype helpdesk');
    expect((await metadata(['helpdesk'])).size).toBe(1);
  });

  it("are not missing because of somebody else's 404", async () => {
    await using server = await aServer({ status: 404, text: '<html>' });
    expect((await failureOf(createMetadata(aLime(server.origin))(['helpdesk']))).failure).toBe('unavailable');
  });

  it('that come without properties are not understood', async () => {
    await using server = await aServer({ json: { name: 'helpdesk' } });
    expect(await failureOf(createMetadata(aLime(server.origin))(['helpdesk']))).toMatchObject({
      failure: 'unavailable',
      message: 'GET /api/v1/limetype/helpdesk/: the answer was not understood at _embedded',
    });
  });
});
