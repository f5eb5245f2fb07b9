import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { findMatches } from '../../../shared/delivery/relations/lookup.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { LONGEST_PATH, PAGE_SIZE } from '../../../shared/lime/requests.ts';
import { toSearch } from '../../../shared/mapping/search.ts';
import type { MatchRule, Relation } from '../../../shared/mapping/settings/relation.ts';
import { conversationOf, coreMetadata } from '../../support/mapping/builders.ts';

const Asked = z.object({ filter: z.unknown(), offset: z.number() });

/** A Lime that answers each query with what `answer` gives, by whether it asks for parts of a value. */
function aLime(answer: (parts: boolean, offset: number) => unknown[]) {
  const queries: { given: boolean; parts: boolean; offset: number; path: string }[] = [];
  const lime: Lime = async ({ path }, schema) => {
    const { filter, offset } = Asked.parse(
      JSON.parse(new URL(path, 'http://lime.example').searchParams.get('q') ?? ''),
    );
    const parts = JSON.stringify(filter).includes('"op":"?"');
    queries.push({ given: JSON.stringify(filter).includes('"op":"IN"'), parts, offset, path });
    return schema.parse({ objects: answer(parts, offset) });
  };
  return { lime, queries };
}

function relationWith(rules: MatchRule[]): Relation {
  return { limetype: 'person', rules, onSeveral: 'empty' };
}
const byMobile: MatchRule = { path: 'contact.mobile_number', properties: ['mobilephone', 'phone'], as: 'phone' };
const byEmail: MatchRule = { path: 'contact.email', properties: ['email'], as: 'email' };
const byNumber: MatchRule = { path: 'contact.external_customer_id', properties: ['email'], as: 'text' };

function find(lime: Lime, contacts: Record<string, unknown>[], rules = [byEmail, byMobile, byNumber]) {
  const relation = relationWith(rules);
  const settings = { country: 'SE', publicMailDomains: [] };
  const searches = contacts.map((contact) => toSearch(conversationOf({ contact }), relation, settings));
  return findMatches(lime, { relation, searches, metadata: coreMetadata, country: 'SE' });
}

const one = { mobile_number: '+46701740605' };
const found = { _id: 1011, name: 'Ada', mobilephone: '0701.740.605' };

/** More contacts than are asked for in every spelling at once. */
const five = [1, 2, 3, 4, 5].map((digit) => ({ mobile_number: `+4670174060${digit}` }));

describe('a number that no exact spelling finds', () => {
  it('is asked for in one query with what every spelling holds', async () => {
    const { lime, queries } = aLime((parts) => (parts ? [found] : []));
    expect(await find(lime, [one])).toEqual([{ kind: 'one', id: 1011 }]);
    expect(queries).toMatchObject([{ given: true, parts: true }]);
  });

  it('is asked for after the given spellings where there are many', async () => {
    const { lime, queries } = aLime((parts) => (parts ? [found] : []));
    expect(await find(lime, five)).toContainEqual({ kind: 'one', id: 1011 });
    expect(queries).toMatchObject([
      { given: true, parts: false },
      { given: false, parts: true },
    ]);
  });

  it('is not compared where the given spelling of a later rule is found', async () => {
    const byAddress = { _id: 1012, name: 'Bo', email: 'Bo@example.org ' };
    const { lime } = aLime(() => [found, byAddress]);
    expect(await find(lime, [{ ...one, email: 'bo@example.org' }], [byMobile, byEmail])).toEqual([
      { kind: 'one', id: 1012 },
    ]);
  });

  it('is no second person next to one who has the given spelling', async () => {
    const { lime } = aLime(() => [found, { ...found, _id: 1013, mobilephone: one.mobile_number }]);
    expect(await find(lime, [one])).toEqual([{ kind: 'one', id: 1013 }]);
  });

  it('is asked for only where somebody is left, and by a kind of which another spelling is the same', async () => {
    const exact = aLime(() => five.map(({ mobile_number }, index) => ({ _id: index + 1, mobilephone: mobile_number })));
    await find(exact.lime, five);
    expect(exact.queries.map(({ parts }) => parts)).toEqual([false]);
    const text = aLime(() => []);
    await find(text.lime, [{ external_customer_id: '4711' }]);
    expect(text.queries.map(({ parts }) => parts)).toEqual([false]);
  });

  it('is nobody among those whose number is another', async () => {
    const { lime } = aLime((parts) => (parts ? [{ ...found, mobilephone: '0701.740.699' }] : []));
    expect(await find(lime, [one])).toEqual([{ kind: 'none' }]);
  });

  it('is matched rule by rule', async () => {
    const byAddress = { _id: 1012, name: 'Bo', email: 'mailto:bo@example.org' };
    const { lime } = aLime((parts) => (parts ? [found, byAddress] : []));
    expect(await find(lime, [{ ...one, email: 'bo@example.org' }])).toEqual([{ kind: 'one', id: 1012 }]);
  });

  it('is read page by page', async () => {
    const others = Array.from({ length: PAGE_SIZE }, (_, index) => ({ _id: index + 1, mobilephone: '' }));
    const { lime, queries } = aLime((parts, offset) => (!parts ? [] : offset < 3 * PAGE_SIZE ? others : [found]));
    expect(await find(lime, [one])).toEqual([{ kind: 'one', id: 1011 }]);
    expect(queries.filter(({ parts }) => parts).map(({ offset }) => offset)).toEqual([0, 0, 200, 400, 600]);
  });

  it('is nobody where more come than can tell one person from another', async () => {
    const many = Array.from({ length: PAGE_SIZE }, (_, index) => ({ ...found, _id: index + 1 }));
    const { lime, queries } = aLime((parts) => (parts ? many : []));
    expect(await find(lime, [one])).toEqual([{ kind: 'none' }]);
    expect(queries.filter(({ given }) => !given)).toHaveLength(5);
  });

  it.each([400, 403, 404, 405, 414, 422])('is nobody where Lime answers %d to such a question', async (status) => {
    const { lime } = aLime((parts) => {
      if (parts) throw new LimeError(status === 403 ? 'denied' : 'refused', 'not taken', { status });
      return [];
    });
    expect(await find(lime, [one])).toEqual([{ kind: 'none' }]);
  });

  it.each([undefined, 401, 429, 500, 503])('is asked for again later where the answer is %s', async (status) => {
    const { lime } = aLime((parts) => {
      if (parts) throw new LimeError('unavailable', 'not now', { status });
      return [];
    });
    await expect(find(lime, [one])).rejects.toThrow('not now');
  });

  it('is asked for together, in queries that are short enough', async () => {
    const { lime, queries } = aLime(() => []);
    const contacts = Array.from({ length: 40 }, (_, index) => ({
      mobile_number: `+467017406${String(index).padStart(2, '0')}`,
    }));
    await find(lime, contacts);
    expect(queries.filter(({ parts }) => parts).length).toBeLessThanOrEqual(7);
    expect(queries.filter(({ parts }) => !parts).length).toBeLessThanOrEqual(2);
    await find(lime, [...contacts, { email: `${'ü'.repeat(480)}@example.org` }]);
    for (const { path } of queries) expect(path.length).toBeLessThanOrEqual(LONGEST_PATH);
  });
});
