import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AcceptedConversation,
  addAccepted,
  type Findings,
  parkedIn,
  reconcileAll,
  stateOf,
} from '../../../cli/reconcile/arithmetic.ts';
import { readLine } from '../../../cli/reconcile/log-lines.ts';
import { equationOf } from '../../../cli/reconcile/text.ts';
import { LedgerEntry } from '../../../shared/ledger/states.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const key = '108905#7';

function aFailed(callId: string, conversation = '7') {
  return {
    id: callId,
    sentAt: 0,
    organization: '108905',
    conversation,
    callId,
    reason: '',
    step: undefined,
    status: undefined,
    limetype: undefined,
    lane: undefined,
    receives: 0,
    bytes: 0,
  };
}

const conversation: AcceptedConversation = {
  organization: '108905',
  conversation: '7',
  callId: 'new',
  acceptedAt: now - 1_000,
  calls: new Set(['old', 'new']),
};

describe('a conversation', () => {
  it.each([
    { title: 'in Lime', entry: { outcome: 'delivered' }, state: 'delivered' },
    {
      title: 'in Lime while a mapper updates it',
      entry: { outcome: 'delivered', lease: { owner: 'm', until: now + 1 } },
      state: 'delivered',
    },
    {
      title: 'in Lime in an older form, the newest in the DLQ',
      entry: { outcome: 'delivered' },
      dlq: ['new'],
      state: 'parked',
    },
    { title: 'in Lime, an older form in the DLQ', entry: { outcome: 'delivered' }, dlq: ['old'], state: 'delivered' },
    { title: 'not accepted', entry: { outcome: 'skipped' }, queued: 1, state: 'skipped' },
    {
      title: 'not accepted, the newest in the DLQ',
      entry: { outcome: 'skipped' },
      dlq: ['new'],
      state: 'parked',
    },
    { title: 'parked', entry: { outcome: 'parked' }, state: 'parked' },
    { title: 'in the DLQ, which the ledger does not know', dlq: ['old'], state: 'parked' },
    { title: 'unknown, with records in the queue', queued: 1, state: 'queued' },
    { title: 'to be tried later', entry: { outcome: 'retrying', nextTryAt: now + 1 }, state: 'queued' },
    { title: 'in the hands of a mapper', entry: { lease: { owner: 'm', until: now + 1 } }, state: 'queued' },
    {
      title: 'overdue, with records in the queue',
      entry: { outcome: 'retrying', nextTryAt: now },
      queued: 1,
      state: 'queued',
    },
    { title: 'overdue, the queue empty', entry: { outcome: 'retrying', nextTryAt: now }, state: 'missing' },
    { title: 'left by a mapper, the queue empty', entry: { lease: { owner: 'm', until: now } }, state: 'missing' },
    { title: 'unknown, the queue empty', state: 'missing' },
  ])('$title is $state', ({ entry, dlq = [], queued = 0, state }) => {
    const entries = new Map(entry === undefined ? [] : [[key, LedgerEntry.parse(entry)]]);

    expect(
      stateOf(conversation, { entries, parked: parkedIn(dlq.map((callId) => aFailed(callId))), queued, now }),
    ).toBe(state);
  });

  it('counts once, by its newest call, if it was accepted several times', () => {
    const conversations = new Map<string, AcceptedConversation>();
    const of = (callId: string, acceptedAt: number) => ({
      organization: '108905',
      conversation: '7',
      callId,
      acceptedAt,
    });
    addAccepted(conversations, [of('b', 2), of('b', 2)]);
    addAccepted(conversations, [of('c', 3)]);
    addAccepted(conversations, [of('a', 1)]);

    expect([...conversations]).toEqual([[key, { ...of('c', 3), calls: new Set(['a', 'b', 'c']) }]]);
  });
});

describe('the sums', () => {
  it('always add up, in all and for each organization', () => {
    const state = fc.constantFrom('delivered', 'parked', 'retrying', undefined);
    const anyone = fc.record({
      organization: fc.constantFrom('1', '2'),
      state,
      late: fc.boolean(),
      inDlq: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyone), fc.nat(1), (all, queued) => {
        const conversations = all.map(({ organization }, index) => ({
          organization,
          conversation: String(index),
          callId: `call-${index % 3}`,
          acceptedAt: now - index,
          calls: new Set([`call-${index % 3}`]),
        }));
        const findings: Findings = {
          entries: new Map(
            all.map(({ organization, state, late }, index) => [
              `${organization}#${index}`,
              LedgerEntry.parse({ ...(state && { outcome: state }), nextTryAt: late ? now - 1 : now + 1 }),
            ]),
          ),
          parked: parkedIn(
            all.flatMap(({ organization, inDlq }, index) =>
              inDlq ? [{ ...aFailed('x', String(index)), organization }] : [],
            ),
          ),
          queued,
          now,
        };
        const { total, byOrganization, missing } = reconcileAll(conversations, findings);
        for (const sums of [total, ...byOrganization.values()]) {
          expect(sums.delivered + sums.parked + sums.skipped + sums.queued + sums.missing).toBe(sums.accepted);
        }
        expect(total.accepted).toBe(all.length);
        expect(missing).toHaveLength(total.missing);
      }),
    );
  });

  it('are an equation with a missing part only if something is missing', () => {
    const sums = { accepted: 6, calls: 2, delivered: 3, parked: 2, skipped: 0, queued: 1, missing: 0 };

    expect(equationOf(sums)).toBe('accepted 6 = delivered 3 + parked 2 + queued 1');
    expect(equationOf({ ...sums, accepted: 9, skipped: 3 })).toBe(
      'accepted 9 = delivered 3 + parked 2 + skipped 3 + queued 1',
    );
    expect(equationOf({ ...sums, accepted: 8, missing: 2 })).toBe(
      'accepted 8 = delivered 3 + parked 2 + queued 1 + missing 2',
    );
  });
});

describe('a line of a log', () => {
  const line = {
    message: 'call accepted',
    timestamp: '2026-11-22T10:00:00.500Z',
    callId: 'call-1',
    organization: '108905',
    conversations: ['7', '0008'],
    accepted: 2,
  };

  it('contains the conversations of an accepted call', () => {
    const common = { organization: '108905', callId: 'call-1', acceptedAt: now + 500 };

    expect(readLine(JSON.stringify(line))).toEqual([
      { ...common, conversation: '7' },
      { ...common, conversation: '0008' },
    ]);
  });

  it.each([
    { title: 'of another kind', text: JSON.stringify({ ...line, message: 'delivered' }) },
    { title: 'that only mentions a call accepted', text: JSON.stringify({ message: 'x', reason: 'call accepted' }) },
    { title: 'that is not JSON', text: 'call accepted {' },
    { title: 'that is empty', text: '' },
  ])('$title names none', ({ text }) => {
    expect(readLine(text)).toEqual([]);
  });

  it('is reported if an accepted call lacks its conversations', () => {
    expect(readLine(JSON.stringify({ ...line, conversations: undefined }))).toBe('unreadable');
  });
});
