import { describe, expect, it } from '@jest/globals';
import { budgetUsed, situationsAfter } from '../../../cli/status/situations.ts';

const timestamp = '2026-11-22T10:00:00.000Z';
const at = Date.parse(timestamp);
const accepted = { timestamp, message: 'call accepted', organization: '1', conversations: ['7', '8'] };
const line = (message: string, more: Record<string, unknown> = {}) => ({
  timestamp,
  message,
  organization: '1',
  conversation: '7',
  ...more,
});
const retrying = line('retrying', { seconds: 2, retryInSeconds: 30, reason: 'POST was answered 503' });

describe('a conversation', () => {
  it.each([
    { title: 'waits once it is accepted', lines: [accepted], states: ['7 waiting', '8 waiting'] },
    { title: 'is tried again after a failure', lines: [accepted, retrying], states: ['7 retrying', '8 waiting'] },
    { title: 'is done once Lime has it', lines: [accepted, retrying, line('delivered')], states: ['8 waiting'] },
    { title: 'is done once it is parked', lines: [accepted, line('parked')], states: ['8 waiting'] },
    {
      title: 'waits again when it is sent again',
      lines: [line('delivered'), accepted],
      states: ['7 waiting', '8 waiting'],
    },
    {
      title: 'that is sent again meanwhile keeps its failure',
      lines: [retrying, accepted],
      states: ['7 retrying', '8 waiting'],
    },
    { title: 'is not moved by other lines', lines: [line('link opened'), { timestamp, message: 'x' }], states: [] },
  ])('$title', ({ lines, states }) => {
    expect(situationsAfter(lines).map(({ conversation, state }) => `${conversation} ${state}`)).toEqual(states);
  });

  it('has the time of its acceptance, its next try and the reason', () => {
    const failed = line('record failed', { error: 'TimeoutError', retryInSeconds: 5 });

    expect(situationsAfter([retrying, { ...failed, conversation: '8' }])).toEqual([
      {
        organization: '1',
        conversation: '7',
        state: 'retrying',
        acceptedAt: at - 2_000,
        nextTryAt: at + 30_000,
        reason: 'POST was answered 503',
      },
      {
        organization: '1',
        conversation: '8',
        state: 'retrying',
        acceptedAt: undefined,
        nextTryAt: at + 5_000,
        reason: 'TimeoutError',
      },
    ]);
  });
});

it('the budget in use is the mean of the invocations', () => {
  expect(budgetUsed([{ BudgetUsed: 10 }, { message: 'x' }, { BudgetUsed: [40, 41] }])).toBe(30);
  expect(budgetUsed([{ message: 'x' }])).toBeUndefined();
});
