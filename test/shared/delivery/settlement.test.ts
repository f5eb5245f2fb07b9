import { describe, expect, it } from '@jest/globals';
import type { Progress } from '../../../shared/delivery/progress.ts';
import { settlementFor, settlementOf } from '../../../shared/delivery/settlement.ts';
import { LimeError, type LimeFailure, MappingError } from '../../../shared/errors.ts';
import { LATE_WRITE_GRACE_MS } from '../../../shared/lime/retry.ts';

const object = {
  instance: 'Tickets',
  limetype: 'helpdesk',
  id: 1_001,
  url: 'https://lime.example.com',
  values: 'hash',
};
const now = 1_000_000;
const attempt = { isLastTry: false, limetype: 'helpdesk', retryInSeconds: 10, now };
const begun: Progress = { step: 'note', object, delivered: undefined, isOlder: false, hasUnrecordedWrites: false };
function failed(failure: LimeFailure, status?: number) {
  return new LimeError(failure, 'was not done', { status });
}
function settled(error: Error, progress: Partial<Progress> = {}, more: Partial<typeof attempt> = {}) {
  return settlementFor({ ...begun, ...progress }, error, { ...attempt, ...more });
}

const confirmed = { confirmed: true };
const unconfirmed = { confirmed: false };
const held = { heldUntil: now + LATE_WRITE_GRACE_MS };

describe('an attempt that has failed', () => {
  it.each<{
    title: string;
    error: Error;
    progress?: Partial<Progress>;
    isLastTry?: boolean;
    outcome: 'retrying' | 'parked';
    settlement: object;
  }>([
    {
      title: 'since Lime was not available',
      error: failed('unavailable', 500),
      outcome: 'retrying',
      settlement: confirmed,
    },
    {
      title: 'since Lime was overloaded',
      error: failed('overloaded', 429),
      outcome: 'retrying',
      settlement: confirmed,
    },
    { title: 'since the key was refused', error: failed('denied', 401), outcome: 'retrying', settlement: confirmed },
    {
      title: 'after an unrecorded write',
      error: failed('unavailable'),
      progress: { hasUnrecordedWrites: true },
      outcome: 'retrying',
      settlement: unconfirmed,
    },
    {
      title: 'with an unclear write that may come late',
      error: failed('unclear', 504),
      outcome: 'retrying',
      settlement: { ...unconfirmed, ...held },
    },
    {
      title: 'with an unclear write that Lime has ended',
      error: failed('unclear', 201),
      outcome: 'retrying',
      settlement: unconfirmed,
    },
    { title: 'since Lime refused it', error: failed('refused', 422), outcome: 'parked', settlement: confirmed },
    { title: 'since something is gone', error: failed('gone', 404), outcome: 'parked', settlement: confirmed },
    { title: 'since it cannot be mapped', error: new MappingError('no'), outcome: 'parked', settlement: confirmed },
    {
      title: 'in its last try',
      error: failed('unavailable'),
      isLastTry: true,
      outcome: 'parked',
      settlement: confirmed,
    },
    {
      title: 'in its last try with an unclear write',
      error: failed('unclear'),
      isLastTry: true,
      outcome: 'parked',
      settlement: { ...unconfirmed, ...held },
    },
    {
      title: 'without a limeobject',
      error: failed('unavailable'),
      progress: { object: undefined },
      outcome: 'retrying',
      settlement: { object: undefined, isReplacement: true },
    },
    {
      title: 'beside what was delivered before',
      error: failed('unavailable'),
      progress: { delivered: { writtenDigests: '' } },
      outcome: 'retrying',
      settlement: { object, isReplacement: false },
    },
  ])('$title is $outcome', ({ error, progress, isLastTry = false, outcome, settlement }) => {
    const failure = settled(error, progress, { isLastTry });
    expect(failure.settlement).toMatchObject({ outcome, ...settlement });
    expect(failure.undelivered.outcome).toBe(outcome === 'retrying' ? 'retry' : 'parked');
    if (!('heldUntil' in settlement)) expect(failure.settlement).not.toHaveProperty('heldUntil');
  });

  it('comes again by the back-off, but not while Lime may be at work on its write', () => {
    expect(settled(failed('unavailable'))).toMatchObject({
      settlement: { nextTryAt: now + 10_000 },
      undelivered: { seconds: 10, reason: 'was not done', error: { failure: 'unavailable' } },
    });
    expect(settled(failed('unclear'))).toMatchObject({
      settlement: { nextTryAt: now + LATE_WRITE_GRACE_MS },
      undelivered: { seconds: LATE_WRITE_GRACE_MS / 1_000 },
    });
    expect(settled(failed('unclear'), {}, { retryInSeconds: 60 }).undelivered).toMatchObject({ seconds: 60 });
  });

  it.each([
    { title: 'to be retried', isLastTry: false },
    { title: 'to be parked', isLastTry: true },
  ])('with an older version leaves the entry of the newest as it is, $title', ({ isLastTry }) => {
    expect(settled(failed('unclear'), { isOlder: true }, { isLastTry }).settlement).toEqual({
      outcome: 'released',
      ...unconfirmed,
      ...held,
    });
  });

  it('is parked with reason, step, failure, status and limetype', () => {
    expect(settled(failed('refused', 422)).undelivered).toEqual({
      outcome: 'parked',
      parking: { reason: 'was not done', step: 'note', failure: 'refused', status: 422, limetype: 'helpdesk' },
    });
    expect(settled(failed('unavailable'), {}, { isLastTry: true }).undelivered).toMatchObject({
      parking: { reason: 'given up after the last try: was not done' },
    });
    const { undelivered } = settlementFor(begun, new MappingError('no'), { ...attempt, limetype: undefined });
    expect(undelivered).toEqual({ outcome: 'parked', parking: { reason: 'no', step: 'note' } });
  });
});

describe('an attempt that has written everything', () => {
  const version = { fingerprint: 'this', recency: { messages: 2 } };
  const before = { fingerprint: 'newer', recency: { messages: 3 }, writtenDigests: 'a' };

  it.each([
    {
      title: 'is delivered',
      isOlder: false,
      settlement: { outcome: 'delivered', object, delivered: { ...version, writtenDigests: 'ab' } },
    },
    {
      title: 'with an older version only adds to what was delivered',
      isOlder: true,
      settlement: { outcome: 'released', delivered: { ...before, writtenDigests: 'ab' } },
    },
  ])('$title', ({ isOlder, settlement }) => {
    expect(settlementOf({ ...begun, isOlder }, version, { object, writtenDigests: 'ab', before })).toEqual(settlement);
  });
});
