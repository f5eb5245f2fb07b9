import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Claim, ClaimLostError, type Ledger } from '../../../shared/ledger/ledger.ts';
import type { Attempt, Settlement } from '../../../shared/ledger/states.ts';
import {
  aClock,
  anAttempt,
  aTable,
  type ClockedLedger,
  deliveredAs,
  keyOf,
  LEASE,
  object,
} from '../../support/a-table.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

const mapper = fc.constantFrom(0, 1, 2);

const ends = fc.constantFrom('delivered', 'retrying', 'parked', 'released', 'released with more');

/** What one of three mappers does next, or time that passes. */
const steps = fc.oneof(
  fc.record({
    does: fc.constant('claim' as const),
    mapper,
    fingerprint: fc.constantFrom('a', 'b', 'c'),
    updatedAt: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ does: fc.constant('extend' as const), mapper }),
  fc.record({ does: fc.constant('record' as const), mapper }),
  fc.record({
    does: fc.constant('settle' as const),
    mapper,
    end: ends,
    confirmed: fc.boolean(),
    isReplacement: fc.boolean(),
    isHeld: fc.boolean(),
    hasObject: fc.boolean(),
  }),
  fc.record({ does: fc.constant('pass' as const), milliseconds: fc.constantFrom(1_000, 25_000, LEASE) }),
);
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;
const schedules = fc.array(steps, { minLength: 4, maxLength: 14 });
type Clock = Pick<ClockedLedger, 'now' | 'pass'>;
type End = Extract<Step, { does: 'settle' }>;

function settlementOf({ end, confirmed, isReplacement, isHeld, hasObject }: End, attempt: Attempt, now: number) {
  const held = isHeld ? { heldUntil: now + 20_000 } : {};
  const failure = { object: hasObject ? object : undefined, reason: 'busy', confirmed, isReplacement, ...held };
  const settlements: Record<string, Settlement> = {
    delivered: deliveredAs(attempt),
    retrying: { outcome: 'retrying', nextTryAt: now + 10_000, ...failure },
    parked: { outcome: 'parked', ...failure },
    released: { outcome: 'released', confirmed, ...held },
    'released with more': {
      outcome: 'released',
      delivered: { recency: attempt.recency, fingerprint: 'newest', writtenDigests: 'abcdefghabcdefgh' },
    },
  };
  return settlements[end] ?? { outcome: 'released' };
}

/** Lets mappers take these steps, and returns all that they see of the ledger. */
async function seen(ledger: Ledger, clock: Clock, taken: readonly Step[]) {
  const key = keyOf(crypto.randomUUID());
  const claims: (Claim | undefined)[] = [];
  const told: unknown[] = [];
  for (const step of taken) {
    if (step.does === 'pass') clock.pass(step.milliseconds);
    const claim = 'mapper' in step ? claims[step.mapper] : undefined;
    if (step.does === 'pass' || (step.does !== 'claim' && claim === undefined)) continue;
    const outcome = await take(step, claim).catch((error: unknown) => {
      if (!(error instanceof ClaimLostError)) throw error;
      return 'lost' as const;
    });
    if (typeof outcome === 'object') {
      told.push(outcome.decision, outcome.claim === undefined);
      claims[step.mapper] = outcome.claim;
    } else {
      told.push(outcome);
      if (outcome === 'lost' || outcome === 'settle') claims[step.mapper] = undefined;
    }
    told.push(await entry());
  }
  return told;

  async function take(step: Exclude<Step, { does: 'pass' }>, claim: Claim | undefined) {
    if (step.does === 'claim') return ledger.claim(key, anAttempt(step.fingerprint, step.updatedAt));
    if (claim === undefined) throw new Error('there is no claim');
    if (step.does === 'extend') await ledger.extend(claim, LEASE + 10_000);
    else if (step.does === 'record') await ledger.record(claim, { ...object, values: 'recorded' });
    else await ledger.settle(claim, settlementOf(step, claim, clock.now()));
    return step.does;
  }

  /** What the ledger knows. Owners are random. */
  async function entry() {
    const { lease, unconfirmedAttempts, ...known } = (await ledger.read(key)) ?? {};
    const isOwned = lease?.owner !== undefined;
    return { ...known, unconfirmedAttempts: unconfirmedAttempts?.toSorted(), until: lease?.until, isOwned };
  }
}

/** The same from a ledger that decides before it writes. */
function seenInMemory(taken: readonly Step[], start: number) {
  const clock = aClock(start);
  return seen(createMemoryLedger({ lease: LEASE, now: clock.now }), clock, taken);
}

describe('three mappers that have one conversation in any order', () => {
  it('see what a ledger shows them that decides before it writes', async () => {
    await using table = await aTable();
    await fc.assert(
      fc.asyncProperty(schedules, async (taken) => {
        const start = table.now();
        expect(await seen(table.ledger, table, taken)).toEqual(await seenInMemory(taken, start));
      }),
      { numRuns: 40 },
    );
  });
});
