import { describe, expect, it } from '@jest/globals';
import {
  decide,
  isOlder,
  type LedgerEntry,
  LedgerEntry as LedgerItem,
  linkState,
} from '../../../shared/ledger/states.ts';

describe('of two versions of a conversation', () => {
  it.each([
    { by: 'the last update', one: { updatedAt: 1 }, other: { updatedAt: 2 } },
    {
      by: 'the last update, whatever the rest',
      one: { updatedAt: 1, lastMessageAt: 9 },
      other: { updatedAt: 2, lastMessageAt: 1 },
    },
    {
      by: 'the last message where one has no update',
      one: { lastMessageAt: 1 },
      other: { updatedAt: 9, lastMessageAt: 2 },
    },
    {
      by: 'the last message where the other has none',
      one: { updatedAt: 9, lastMessageAt: 1 },
      other: { lastMessageAt: 2 },
    },
    {
      by: 'the last message where both updates are one',
      one: { updatedAt: 5, lastMessageAt: 1 },
      other: { updatedAt: 5, lastMessageAt: 2 },
    },
    { by: 'the number of messages where nothing else is known', one: { messages: 1 }, other: { messages: 2 } },
    { by: 'the number where one has no last message', one: { messages: 1, lastMessageAt: 9 }, other: { messages: 2 } },
    { by: 'the number where the other has none', one: { messages: 1 }, other: { messages: 2, lastMessageAt: 1 } },
    {
      by: 'the number where both times are one',
      one: { lastMessageAt: 5, messages: 1 },
      other: { lastMessageAt: 5, messages: 2 },
    },
  ])('the older one is told by $by', ({ one, other }) => {
    const [older, newer] = [
      { messages: 3, ...one },
      { messages: 3, ...other },
    ];
    expect([isOlder(older, newer), isOlder(newer, older)]).toEqual([true, false]);
  });

  it('none is older where they are alike', () => {
    for (const recency of [{ messages: 1 }, { messages: 1, updatedAt: 1, lastMessageAt: 1 }])
      expect(isOlder(recency, recency)).toBe(false);
  });
});

const object = { instance: 'Helpdesk', limetype: 'helpdesk', id: 1, url: 'https://lime.example.org/1', values: '' };
const delivered = { fingerprint: 'first', recency: { messages: 2 }, writtenDigests: '' };
const entry = (more: Partial<LedgerEntry>): LedgerEntry => ({ unconfirmedAttempts: [], ...more });
const attempt = { fingerprint: 'second', recency: { messages: 3 } };
const nothing = { object: undefined, delivered: undefined };

describe('a claim', () => {
  it.each([
    {
      title: 'writes what nobody knows',
      found: undefined,
      decision: { action: 'write', ...nothing, reconcileFirst: false },
    },
    {
      title: 'waits while another mapper has it',
      found: entry({ lease: { owner: 'other', until: 101 } }),
      decision: { action: 'wait', until: 101 },
    },
    {
      title: 'waits while Lime may be at work on what another attempt has sent',
      found: entry({ lease: { until: 101 }, outcome: 'retrying', unconfirmedAttempts: ['third'] }),
      decision: { action: 'wait', until: 101 },
    },
    {
      title: 'writes where a lease ends at this moment',
      found: entry({ lease: { owner: 'other', until: 100 } }),
      decision: { action: 'write', ...nothing, reconcileFirst: false },
    },
    {
      title: 'looks first where an attempt was left unconfirmed',
      found: entry({ lease: { owner: 'other', until: 1 }, unconfirmedAttempts: ['third'] }),
      decision: { action: 'write', ...nothing, reconcileFirst: true },
    },
    {
      title: 'updates what was delivered',
      found: entry({ object, delivered }),
      decision: { action: 'write', object, delivered, reconcileFirst: false },
    },
    {
      title: 'does nothing where the same was delivered, though it says to be older',
      found: entry({ object, delivered: { ...delivered, fingerprint: 'second', recency: { messages: 9 } } }),
      decision: { action: 'unchanged', newer: false },
    },
    {
      title: 'does nothing where the same was delivered before, and says that it is still right',
      found: entry({ outcome: 'delivered', object, delivered: { ...delivered, fingerprint: 'second' } }),
      decision: { action: 'unchanged', newer: true },
    },
    {
      title: 'writes again what was delivered before a change that is not settled',
      found: entry({ outcome: 'retrying', object, delivered: { ...delivered, fingerprint: 'second' } }),
      decision: { action: 'write', object, delivered: { ...delivered, fingerprint: 'second' }, reconcileFirst: false },
    },
    {
      title: 'writes again what was delivered where this very version was in trouble since then',
      found: entry({
        outcome: 'parked',
        object,
        delivered: { fingerprint: 'second', recency: attempt.recency, writtenDigests: '' },
        tried: attempt.recency,
      }),
      decision: {
        action: 'write',
        object,
        delivered: { fingerprint: 'second', recency: attempt.recency, writtenDigests: '' },
        reconcileFirst: false,
      },
    },
    {
      title: 'does nothing where the same was delivered, and a newer version is in trouble',
      found: entry({
        outcome: 'parked',
        object,
        delivered: { fingerprint: 'second', recency: attempt.recency, writtenDigests: '' },
        tried: { messages: 4 },
      }),
      decision: { action: 'unchanged', newer: false },
    },
    {
      title: 'looks first where that change may have been written',
      found: entry({
        outcome: 'delivered',
        object,
        delivered: { ...delivered, fingerprint: 'second' },
        unconfirmedAttempts: ['third'],
      }),
      decision: { action: 'write', object, delivered: { ...delivered, fingerprint: 'second' }, reconcileFirst: true },
    },
    {
      title: 'does nothing where something newer was delivered',
      found: entry({ object, delivered: { ...delivered, recency: { messages: 4 } } }),
      decision: {
        action: 'stale',
        object,
        delivered: { ...delivered, recency: { messages: 4 } },
        reconcileFirst: false,
      },
    },
  ])('$title', ({ found, decision }) => {
    expect(decide(found, attempt, 100)).toEqual(decision);
  });
});

describe('a time far ahead', () => {
  const day = 24 * 3_600_000;
  const far = Date.UTC(9999, 11, 31);
  it.each([
    { title: 'of the version that was delivered is none', known: { updatedAt: far, messages: 1 }, action: 'write' },
    { title: 'of its last message is none', known: { lastMessageAt: far, messages: 1 }, action: 'write' },
    { title: 'of a last message that is plausible counts', known: { lastMessageAt: 60, messages: 1 }, action: 'stale' },
    { title: 'of a day counts', known: { updatedAt: 100 + day, messages: 1 }, action: 'stale' },
    { title: 'of more than a day is none', known: { updatedAt: 101 + day, messages: 1 }, action: 'write' },
    { title: 'leaves the number of messages to tell', known: { updatedAt: far, messages: 9 }, action: 'stale' },
  ])('$title', ({ known, action }) => {
    const later = { fingerprint: 'second', recency: { updatedAt: 50, lastMessageAt: 50, messages: 2 } };
    const found = entry({ object, delivered: { ...delivered, recency: known } });
    expect(decide(found, later, 100).action).toBe(action);
  });
});

describe('a link', () => {
  it.each([
    { state: 'queued', found: undefined },
    { state: 'delivering', found: entry({ lease: { owner: 'one', until: 101 }, outcome: 'parked' }) },
    { state: 'retrying', found: entry({ lease: { owner: 'one', until: 100 } }) },
    { state: 'retrying', found: entry({}) },
    { state: 'delivered', found: entry({ lease: { owner: 'one', until: 99 }, outcome: 'delivered' }) },
    { state: 'parked', found: entry({ outcome: 'parked' }) },
    { state: 'parked', found: entry({ lease: { until: 101 }, outcome: 'parked' }) },
  ])('says $state', ({ state, found }) => {
    expect(linkState(found, 100)).toBe(state);
  });
});

describe('an item', () => {
  it('without attempts has none that is unconfirmed', () => {
    expect(LedgerItem.parse({})).toEqual({ unconfirmedAttempts: [] });
  });

  it.each(['delivered', 'retrying', 'parked'])('may have the outcome %s', (outcome) => {
    expect(LedgerItem.parse({ outcome })).toEqual({ outcome, unconfirmedAttempts: [] });
  });

  it('keeps what the look-ups found', () => {
    const found = { search: 'hash', person: 1, company: 2, coworker: 3 };
    expect(LedgerItem.parse({ object: { ...object, found } }).object).toEqual({ ...object, found });
  });

  it.each([
    { title: 'an outcome that nobody knows', item: { outcome: 'lost' } },
    { title: 'a lease without its end', item: { lease: { owner: 'one' } } },
    { title: 'an object whose id is none', item: { object: { ...object, id: 0 } } },
    { title: 'a part of a message', item: { delivered: { ...delivered, recency: { messages: 1.5 } } } },
    { title: 'less than no messages', item: { delivered: { ...delivered, recency: { messages: -1 } } } },
    { title: 'an object without its type', item: { object: { ...object, limetype: undefined } } },
  ])('cannot have $title', ({ item }) => {
    expect(LedgerItem.safeParse(item).success).toBe(false);
  });
});
