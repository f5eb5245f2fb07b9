import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createArrivalTimes } from '../../../shared/ledger/arrival-times.ts';
import { aTable, keyOf, type Table } from '../../support/a-table.ts';

const now = 1_700_000_000_000;

let table: Table;
let arrivalTimes: ReturnType<typeof createArrivalTimes>;
beforeAll(async () => {
  table = await aTable();
  arrivalTimes = createArrivalTimes({ client: table.client, table: table.name, now: () => now });
});
afterAll(() => table[Symbol.asyncDispose]());

it('a new budget has no arrival time', async () => {
  expect(await arrivalTimes.read('new.example.org')).toBeUndefined();
});

it('an arrival time is replaced only by a mapper that knows it', async () => {
  const budget = 'crm.example.org:8443';
  const first = now + 1_000 / 9;
  const second = first + 1_000 / 9;

  expect(await arrivalTimes.replace(budget, undefined, first)).toBe(true);
  expect(await arrivalTimes.replace(budget, undefined, second)).toBe(false);
  expect(await arrivalTimes.read(budget)).toBe(first);
  expect(await arrivalTimes.replace(budget, first, second)).toBe(true);
  expect(await arrivalTimes.replace(budget, first, second)).toBe(false);
  expect(await arrivalTimes.read(budget)).toBe(second);
});

it('of eight mappers that reserve at once, one has it', async () => {
  const tries = Array.from({ length: 8 }, (_, index) =>
    arrivalTimes.replace('contended.example.org', undefined, index),
  );
  expect((await Promise.all(tries)).filter((isReplaced) => isReplaced)).toHaveLength(1);
});

it('a budget that is no longer used expires after a day', async () => {
  await arrivalTimes.replace('old.example.org', undefined, now + 500);
  const written = table.sent.at(-1)?.input;
  expect(written).toMatchObject({ Key: { pk: 'budget#old.example.org' } });
  expect(JSON.stringify(written)).toContain(String(now / 1_000 + 1 + 24 * 3_600));
});

it('a budget is no conversation, even to an organization of the name budget', async () => {
  await arrivalTimes.replace('lime-cloud', undefined, now);
  expect(await table.ledger.read({ ...keyOf('lime-cloud'), organization: '108905' })).toBeUndefined();
});
