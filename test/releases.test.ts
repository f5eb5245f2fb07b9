import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { decodeRecord, encodeRecord, headOf } from '../shared/queue/envelope.ts';
import { readText } from './docs/pages.ts';
import { anAttempt, aTable, claimed, deliveredAs, keyOf, type Table } from './support/a-table.ts';

/**
 * What each release writes, kept so that every later one is tested to read it. A file is never changed: a release that
 * writes something else gets its own folder.
 */
const RELEASES = 'test/fixtures/releases';
const releases = readdirSync(new URL('fixtures/releases', import.meta.url));

function read(release: string, name: string): string {
  return readText(`${RELEASES}/${release}/${name}`).trim();
}

const Item = z.record(z.string(), z.unknown());

const origin = {
  organization: '108905',
  callId: 'c-1',
  acceptedAt: '2026-11-30T09:00:00.000Z',
  conversation: '63741936',
};

let table: Table;
beforeAll(async () => {
  table = await aTable();
});
afterAll(() => table[Symbol.asyncDispose]());

describe.each(releases)('records and items of release %s', (release) => {
  it.each(['record.json', 'record.br.json'])('%s is read as it was written', (name) => {
    const record = read(release, name);

    expect(headOf(record)).toMatchObject({ ok: true, origin });
    expect(decodeRecord(record)).toMatchObject({ ok: true, origin, conversation: { id: 63741936 } });
  });

  it('a record with fields that only a later release knows is read without them', () => {
    const record = JSON.stringify({ ...Item.parse(JSON.parse(read(release, 'record.json'))), later: { field: true } });

    expect(decodeRecord(record)).toMatchObject({ ok: true, origin });
  });

  it('an item of the ledger is known: the same version needs no request, a newer one updates its limeobject', async () => {
    const item = Item.parse(JSON.parse(read(release, 'item.json')));
    await table.put('1', item);

    expect(await table.ledger.claim(keyOf('1'), anAttempt('a'))).toMatchObject({ decision: { action: 'unchanged' } });
    const { decision } = await table.ledger.claim(keyOf('1'), anAttempt('b', 2));
    expect(decision).toMatchObject({ object: { limetype: 'helpdesk', id: 1001 } });
  });

  it('fields of an item that only a later release knows survive a claim and a settlement', async () => {
    const later = { ...Item.parse(JSON.parse(read(release, 'item.json'))), later: { field: [1, 'two'] } };
    await table.put('2', later);
    await table.ledger.settle(await claimed(table, '2', anAttempt('b', 2)), deliveredAs(anAttempt('b', 2)));

    expect(await table.item('2')).toMatchObject({ later: later.later });
  });
});

it('this release writes records with a version and every field that the kept ones have', () => {
  const record = encodeRecord(origin, JSON.stringify({ id: 63741936 }));
  const kept = Item.parse(JSON.parse(read(releases.at(-1) ?? '', 'record.json')));

  expect(Object.keys(Item.parse(JSON.parse(record ?? '{}'))).toSorted()).toEqual(Object.keys(kept).toSorted());
});
