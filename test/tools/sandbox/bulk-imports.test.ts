import { describe, expect, it } from '@jest/globals';
import { aSandbox, type TestSandbox } from './a-sandbox.ts';

const path = '/limepkg-mbeku-bulk-import/bulk-imports';
function metadata(overrides: object = {}) {
  return {
    mode: 'create',
    limetype: 'helpdesk',
    properties: ['title'],
    ...overrides,
  };
}

async function send(lime: TestSandbox, id: number, rows: unknown, name = 'file'): Promise<Response> {
  const form = new FormData();
  form.append(name, new File([JSON.stringify(rows)], 'import-data.json', { type: 'application/json' }));
  const headers = { 'x-api-key': 'local-lime-key' };
  return fetch(`${lime.sandbox.url}${path}/${id}`, { method: 'POST', headers, body: form });
}

describe('a bulk import', () => {
  it('walks through its states, one at each look', async () => {
    await using lime = await aSandbox();
    const created = await lime.call('POST', `${path}/`, metadata());
    expect(created).toMatchObject({
      status: 201,
      body: { id: 1001, status: 'waiting_for_data', fileId: null, result: null },
    });
    const status = async () => (await lime.call('GET', `${path}/1001`)).body;
    expect(await status()).toMatchObject({ status: 'waiting_for_data' });
    const taken = await send(lime, 1001, [{ values: { title: 'Chat 1' } }]);
    expect(await taken.json()).toMatchObject({ status: 'ready', fileId: 1001 });
    expect(await status()).toMatchObject({ status: 'ready', startedAt: null });
    expect(await status()).toMatchObject({ status: 'running', extras: { task_id: expect.any(String) } });
    const end = { status: 'succeeded', result: { total: 1, created: 1, updated: 0, skipped: 0, failed: 0 } };
    expect(await status()).toMatchObject(end);
    expect(await status()).toMatchObject(end);
    expect(lime.sandbox.objects('helpdesk')).toMatchObject([{}, { title: 'Chat 1' }]);
    expect((await send(lime, 1001, [])).status).toBe(409);
  });

  it.each([
    {
      mode: 'create',
      result: { created: 1, updated: 0, skipped: 1, failed: 2 },
      description: 'Password mail does not arrive.',
    },
    { mode: 'update', result: { created: 0, updated: 1, skipped: 2, failed: 1 }, description: 'changed' },
    { mode: 'create_or_update', result: { created: 1, updated: 1, skipped: 0, failed: 2 }, description: 'changed' },
  ])('in mode $mode gives $result', async ({ mode, result, description }) => {
    await using lime = await aSandbox();
    const properties = ['title', 'description', 'person.email'];
    await lime.call('POST', `${path}/`, metadata({ mode, properties, matchingProperty: 'title' }));
    await send(lime, 1001, [
      { values: { title: 'cannot LOG in', description: 'changed' } },
      { values: { title: 'Chat 1', person: 'ada@example.org' } },
      { values: { title: 'Chat 2', person: 'double@example.com' } },
      { values: { title: 'Chat 3', description: 'x'.repeat(1025) } },
    ]);
    for (let look = 0; look < 3; look += 1) await lime.call('GET', `${path}/1001`);
    const { body } = await lime.call('GET', `${path}/1001`);
    expect(body).toMatchObject({ status: 'succeeded', result: { total: 4, ...result } });
    expect(lime.sandbox.objects('helpdesk')[0]).toMatchObject({ description });
    expect(lime.sandbox.objects('helpdesk').slice(1)).toMatchObject(
      result.created ? [{ title: 'Chat 1', person: 1001 }] : [],
    );
  });

  it('fails when no row could be taken', async () => {
    await using lime = await aSandbox();
    await lime.call('POST', `${path}/`, metadata());
    await send(lime, 1001, [{ values: { titel: 'x' } }]);
    for (let look = 0; look < 3; look += 1) await lime.call('GET', `${path}/1001`);
    expect((await lime.call('GET', `${path}/1001`)).body).toMatchObject({ status: 'failed', result: { failed: 1 } });
  });

  it.each([
    { title: 'an unknown limetype', body: metadata({ limetype: 'nosuch' }), status: 404 },
    { title: 'an unknown mode', body: metadata({ mode: 'upsert' }), status: 400 },
    { title: 'an update without matching property', body: metadata({ mode: 'update' }), status: 400 },
  ])('is refused for $title', async ({ body, status }) => {
    await using lime = await aSandbox();
    expect((await lime.call('POST', `${path}/`, body)).status).toBe(status);
  });

  it('is refused data that are none', async () => {
    await using lime = await aSandbox();
    await lime.call('POST', `${path}/`, metadata());
    expect((await send(lime, 1001, [{ title: 'x' }])).status).toBe(400);
    expect((await send(lime, 1001, [], 'data')).status).toBe(400);
    expect((await lime.call('POST', `${path}/1001`, [])).status).toBe(400);
    expect((await lime.call('GET', `${path}/1002`)).status).toBe(404);
  });

  it('is not there in a tenant without the package', async () => {
    await using lime = await aSandbox({ settings: { bulkImport: false } });
    expect((await lime.call('POST', `${path}/`, metadata())).status).toBe(404);
    expect((await lime.call('GET', `${path}/1001`)).status).toBe(404);
  });
});
