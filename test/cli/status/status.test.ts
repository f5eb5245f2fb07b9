import { expect, it } from '@jest/globals';
import { aBridge, aRecord } from '../../support/cli/a-bridge.ts';

const reason = 'POST /api/v1/limeobject/helpdesk/ was answered 503';

function lines(now: number): Record<string, unknown>[] {
  const timestamp = new Date(now - 60_000).toISOString();
  const of = (service: string, message: string, more: Record<string, unknown>) => ({
    ...{ level: 'INFO', timestamp, service, message, organization: '108905' },
    ...more,
  });
  return [
    of('intake', 'call accepted', { conversations: ['7', '8', '9'], accepted: 3 }),
    of('mapper', 'retrying', { conversation: '7', seconds: 1, retryInSeconds: 100, reason }),
    of('mapper', 'retrying', { conversation: '8', seconds: 1, retryInSeconds: 30, reason }),
    { _aws: { Timestamp: now }, service: 'mapper', BudgetUsed: 40 },
  ];
}

it('status shows what waits, is tried again and is parked, by reason, and the budget in use', async () => {
  await using bridge = await aBridge();
  await bridge.park(5);
  await bridge.put(bridge.queueUrl, aRecord(9));
  await bridge.log(lines(Date.now()));
  const { code, stdout } = await bridge.cli('status');

  expect(code).toBe(1);
  expect(stdout.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
    'interactive: 0 ready, 0 with a mapper or waiting for the next try',
    'bulk: 1 ready, 0 with a mapper or waiting for the next try',
    'budget: 40 % of 9 requests a second used, in the last 5 minutes',
    '',
    'STATE ORGANIZATION CONVERSATIONS SINCE NEXT TRY FOR EXAMPLE REASON',
    expect.stringMatching(new RegExp(`^retrying 108905 2 1m \\ds now 7 ${reason}$`)),
    expect.stringMatching(/^waiting 108905 1 1m(?: \ds)? - 9 accepted, not tried yet$/),
    expect.stringMatching(/^parked 108905 1 \ds - 5 POST .* was answered 422$/),
  ]);
  expect(await bridge.countsOf(bridge.queueUrl)).toEqual({ visible: 1, hidden: 0, delayed: 0 });
});

it('status of one organization leaves out the others', async () => {
  await using bridge = await aBridge();
  await bridge.log(lines(Date.now()));
  const { code, stdout } = await bridge.cli('status', '--organization', '4711');

  expect(code).toBe(0);
  expect(stdout).toMatch(/\n\nnothing waits, is tried again or is parked$/);
});

it('status without log lines says what it cannot show', async () => {
  await using bridge = await aBridge();
  const { code, stdout } = await bridge.cli('status');

  expect(code).toBe(0);
  expect(stdout).toMatch(/the log lines of addresses are unknown\.$/);
});
