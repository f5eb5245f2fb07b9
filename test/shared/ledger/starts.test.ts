import { expect, it } from '@jest/globals';
import { ledgers } from '../../support/a-table.ts';

it.each(ledgers)('the starts of a record are counted until it ends, $title', async ({ open }) => {
  await using table = await open();
  const { ledger } = table;
  const key = { organization: '108905', record: crypto.randomUUID() };
  expect(await ledger.startsOf(key)).toBe(0);
  expect(await ledger.start(key)).toBe(0);
  expect(await ledger.start(key)).toBe(1);
  expect(await ledger.startsOf(key)).toBe(2);
  expect(await ledger.startsOf({ ...key, organization: '222' })).toBe(0);
  await ledger.end(key);
  expect(await ledger.startsOf(key)).toBe(0);
  expect(await ledger.start(key)).toBe(0);
});
