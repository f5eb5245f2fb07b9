import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLimetypeTexts } from '../../../shared/ledger/limetype-texts.ts';
import { aTable, type Table } from '../../support/a-table.ts';

const tenant = '108905 https://acme.lime-crm.com/acme';

let table: Table;
let texts: ReturnType<typeof createLimetypeTexts>;
beforeAll(async () => {
  table = await aTable();
  texts = createLimetypeTexts({ client: table.client, table: table.name });
});
afterAll(() => table[Symbol.asyncDispose]());

it('a text is read as it was written, by its tenant and limetype', async () => {
  await texts.write(tenant, 'helpdesk', { at: 5, text: 'größer 🙂' });
  expect(await texts.read(tenant, 'helpdesk')).toEqual({ at: 5, text: 'größer 🙂' });
  expect(await texts.read(tenant, 'history')).toBeUndefined();
  expect(await texts.read('108905 https://other.lime-crm.com/acme', 'helpdesk')).toBeUndefined();
});

it('a later text replaces the former, and expires after a day', async () => {
  await texts.write(tenant, 'person', { at: 5_000, text: 'former' });
  await texts.write(tenant, 'person', { at: 7_000, text: 'later' });
  expect(await texts.read(tenant, 'person')).toEqual({ at: 7_000, text: 'later' });
  expect(JSON.stringify(table.sent.at(-2)?.input)).toContain(String(7 + 24 * 3_600));
});

it('a large text is compressed, and one that does not fit into an item is not kept', async () => {
  await texts.write(tenant, 'wide', { at: 5, text: 'property '.repeat(200_000) });
  expect((await texts.read(tenant, 'wide'))?.text).toHaveLength(1_800_000);
  await texts.write(tenant, 'random', { at: 5, text: randomBytes(500_000).toString('base64') });
  expect(await texts.read(tenant, 'random')).toBeUndefined();
});
