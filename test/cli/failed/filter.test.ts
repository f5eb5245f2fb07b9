import { describe, expect, it } from '@jest/globals';
import { isEmpty, matches } from '../../../cli/failed/filter.ts';
import type { FailedRecord } from '../../../cli/failed/record.ts';

const record: FailedRecord = {
  id: 'a',
  sentAt: 1_000,
  organization: '108905',
  conversation: '7',
  callId: 'call-1',
  reason: 'POST was answered 422, naming title',
  step: 'object',
  status: 422,
  limetype: 'helpdesk',
  lane: 'bulk',
  receives: 0,
  bytes: 100,
};

describe('a filter', () => {
  it.each([
    { title: 'nothing', filter: {}, meant: true },
    { title: 'its id among others', filter: { id: ['b', 'a'] }, meant: true },
    { title: 'another id', filter: { id: ['b'] }, meant: false },
    { title: 'its organization', filter: { organization: '108905' }, meant: true },
    { title: 'a part of its organization', filter: { organization: '1089' }, meant: false },
    { title: 'its conversation', filter: { conversation: '7' }, meant: true },
    { title: 'another conversation', filter: { conversation: '70' }, meant: false },
    { title: 'a part of its reason, in other case', filter: { reason: 'NAMING Title' }, meant: true },
    { title: 'another reason', filter: { reason: 'naming phone' }, meant: false },
    { title: 'its step', filter: { step: 'object' }, meant: true },
    { title: 'another step', filter: { step: 'note' }, meant: false },
    { title: 'the moment it was parked as the first', filter: { since: 1_000 }, meant: true },
    { title: 'a later one as the first', filter: { since: 1_001 }, meant: false },
    { title: 'a later one as the end', filter: { until: 1_001 }, meant: true },
    { title: 'the moment it was parked as the end', filter: { until: 1_000 }, meant: false },
    {
      title: 'one condition that holds and one that does not',
      filter: { step: 'object', conversation: '8' },
      meant: false,
    },
  ])('by $title selects: $meant', ({ filter, meant }) => {
    expect(matches(record, filter)).toBe(meant);
  });

  it('is empty only without conditions', () => {
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ step: undefined })).toBe(true);
    expect(isEmpty({ step: 'note' })).toBe(false);
  });
});
