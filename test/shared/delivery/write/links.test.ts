import { describe, expect, it } from '@jest/globals';
import {
  changeLinks,
  isWritten,
  type Links,
  linksIn,
  linksOf,
  type WrittenLinks,
  writtenLinks,
} from '../../../../shared/delivery/write/links.ts';
import type { Found } from '../../../../shared/mapping/plan/found.ts';
import type { Match } from '../../../../shared/mapping/search.ts';

const relations = { person: 'contact', company: 'account', coworker: 'owner' };
const nobody: Links = { contact: null, account: null, owner: null };
const ada: Links = { contact: 1, account: 2, owner: 3 };
const written: WrittenLinks = { contact: [1], account: [2], owner: [3] };

describe('the links of a limeobject', () => {
  it.each<{ title: string; wanted: Links; there?: Links; written?: WrittenLinks; values: Links; kept?: string[] }>([
    { title: 'stay where nothing else is wanted', wanted: ada, values: {} },
    {
      title: 'are replaced',
      wanted: { contact: 4, account: 5, owner: 6 },
      values: { contact: 4, account: 5, owner: 6 },
    },
    { title: 'are emptied', wanted: nobody, values: nobody },
    {
      title: 'lose the company of another person',
      wanted: { ...ada, contact: 4, account: null },
      values: { contact: 4, account: null },
    },
    {
      title: 'are set where nobody was linked before',
      wanted: ada,
      there: nobody,
      written: { contact: [null], account: [null], owner: [null] },
      values: ada,
    },
    {
      title: 'keep a person whom a coworker has linked, and the company beside',
      wanted: { contact: 4, account: 5, owner: 6 },
      there: { ...ada, contact: 9 },
      values: { owner: 6 },
      kept: ['person', 'company'],
    },
    {
      title: 'keep a company whom a coworker has linked, and the person beside',
      wanted: { ...nobody, owner: 3 },
      there: { ...ada, account: 9 },
      values: {},
      kept: ['person', 'company'],
    },
    {
      title: 'keep what a coworker has emptied',
      wanted: { ...ada, contact: 4, account: 5 },
      there: { ...ada, contact: null },
      values: {},
      kept: ['person', 'company'],
    },
    {
      title: 'keep a coworker whom somebody has linked, and follow the contact all the same',
      wanted: { contact: 4, account: 5, owner: 6 },
      there: { ...ada, owner: 9 },
      values: { contact: 4, account: 5 },
      kept: ['coworker'],
    },
    {
      title: 'get the company of a person whom a coworker has linked already',
      wanted: { ...ada, contact: 4, account: 5 },
      there: { ...ada, contact: 4 },
      values: { account: 5 },
    },
    {
      title: 'are replaced where one of two lost answers has written them',
      wanted: { ...ada, contact: 4, account: 5 },
      there: { ...ada, contact: 7, account: 8 },
      written: { contact: [1, 7], account: [2, 8], owner: [3] },
      values: { contact: 4, account: 5 },
    },
  ])('$title', ({ wanted, there = ada, written: last = written, values, kept = [] }) => {
    const change = changeLinks({ relations, wanted, written: last, there, required: [] });
    expect(change.values).toEqual(values);
    expect(change.kept.map(({ relation }) => relation)).toEqual(kept);
    for (const { property, id, reason } of change.kept) expect([id, reason]).toEqual([there[property], 'by hand']);
  });

  it('stay together where one of them cannot be emptied', () => {
    const change = changeLinks({ relations, wanted: nobody, written, there: ada, required: ['account'] });
    expect(change).toEqual({
      values: { owner: null },
      kept: [
        { relation: 'person', property: 'contact', id: 1, reason: 'required' },
        { relation: 'company', property: 'account', id: 2, reason: 'required' },
      ],
    });
  });

  it('are replaced where one that cannot be emptied gets another value', () => {
    const wanted = { ...ada, contact: 4, account: 5 };
    const required = ['contact', 'account', 'owner'];
    expect(changeLinks({ relations, wanted, written, there: ada, required })).toEqual({
      values: { contact: 4, account: 5 },
      kept: [],
    });
  });

  it('are those of the properties that the tenant has', () => {
    const change = changeLinks({ relations: { person: 'contact' }, wanted: nobody, written, there: ada, required: [] });
    expect(change.values).toEqual({ contact: null });
  });

  it('are read from ids, limeobjects, and nothing', () => {
    const limeobject = { contact: 1, account: { _id: 2 }, owner: null, other: 9 };
    expect(linksIn(relations, limeobject)).toEqual({ contact: 1, account: 2, owner: null });
  });

  it('follow what was found once', () => {
    const several: Match = { kind: 'several', found: [{ id: 7, name: 'Ada' }] };
    const found: Found = { person: { kind: 'one', id: 1 }, company: several, coworker: { kind: 'none' } };
    expect(linksOf(relations, found)).toEqual({ contact: 1, account: null, owner: null });
  });
});

describe('the links that were written last', () => {
  const object = { instance: 'Helpdesk', limetype: 'helpdesk', id: 1, url: 'https://lime.example.org/1', values: '' };
  it.each<{ title: string; known: object; links: WrittenLinks | undefined }>([
    {
      title: 'is what the ledger says',
      known: { links: { contact: [1, null], account: [2], owner: [3] } },
      links: { contact: [1, null], account: [2], owner: [3] },
    },
    {
      title: 'is nobody in a property that the settings name anew',
      known: { links: { account: [2], owner: [3] }, found: { search: '', person: 1 } },
      links: { contact: [null], account: [2], owner: [3] },
    },
    {
      title: 'is what was found where the ledger has no links',
      known: { found: { search: '', person: 1 } },
      links: { contact: [1], account: [null], owner: [null] },
    },
    { title: 'is not known of a limeobject for which nothing was looked up', known: {}, links: undefined },
  ])('$title', ({ known, links }) => {
    expect(writtenLinks(relations, { ...object, ...known })).toEqual(links);
  });

  it.each([
    { title: 'the same', links: ada, last: written, is: true },
    { title: 'other', links: { ...ada, owner: null }, last: written, is: false },
    { title: 'perhaps another', links: ada, last: { ...written, owner: [3, 4] }, is: false },
    { title: 'not known', links: ada, last: { contact: [1] }, is: false },
  ])('is $title', ({ links, last, is }) => {
    expect(isWritten(links, last)).toBe(is);
  });
});
