import { beforeEach, describe, expect, it } from '@jest/globals';
import { UnusableSecretError } from '../../../shared/credentials.ts';
import { createCircuitBreaker } from '../../../shared/lime/pipeline/circuit-breaker.ts';
import { readObject } from '../../../shared/lime/requests.ts';
import { createTenants } from '../../../shared/lime/tenants.ts';
import { createTraffic } from '../../../shared/lime/traffic.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import { aServer, type Reply } from '../../support/a-server.ts';
import { createRecorder } from '../../support/emitted.ts';

let recorder: ReturnType<typeof createRecorder>;
beforeEach(() => {
  recorder = createRecorder();
});

function secretsOf(read: () => Promise<{ url: string; apiKey: string } | undefined>) {
  return { read, refetch: read };
}

function aCircuitBreaker() {
  return createCircuitBreaker({ delaySeconds: () => 0, now: Date.now, random: Math.random });
}

/** Asks a server once, as a mapper does, and lets it answer so. */
async function ask(...replies: Reply[]): Promise<void> {
  await using server = await aServer(...replies);
  const traffic = createTraffic({ emit: recorder.emit, perSecond: 4.5 });
  const secrets = secretsOf(async () => ({ url: server.origin, apiKey: 'key' }));
  const openTenant = createTenants({
    secrets,
    rateLimiter: async () => {},
    circuitBreaker: aCircuitBreaker(),
    fetch,
    ...traffic,
  });
  const { limeFor } = await openTenant('108905');
  await limeFor({})(readObject('helpdesk', 1001), Limeobject).catch(() => undefined);
}

describe('a request to Lime', () => {
  const json = { message: 'no' };
  it.each<{ title: string; reply: Reply; emitted: Record<string, number[]> }>([
    { title: 'done', reply: { json: { _id: 1001 } }, emitted: { 'LimeRequests 2xx': [1] } },
    { title: 'sent elsewhere', reply: { status: 302, json }, emitted: { 'LimeRequests 3xx': [1] } },
    { title: 'refused', reply: { status: 400, json }, emitted: { 'LimeRequests 4xx': [1] } },
    { title: 'failed', reply: { status: 500, json }, emitted: { 'LimeRequests 5xx': [1] } },
    { title: 'not answered', reply: ({ socket }) => void socket.destroy(), emitted: { 'LimeRequests none': [1] } },
    { title: 'throttled', reply: { status: 429, json }, emitted: { 'LimeRequests 4xx': [1], LimeThrottled: [1] } },
    {
      title: 'stopped by a firewall, as another one after it',
      reply: { status: 403, text: '<html>Forbidden</html>' },
      emitted: { 'LimeRequests 4xx': [1, 1], LimeThrottled: [1] },
    },
    { title: 'denied', reply: { status: 401, json }, emitted: { 'LimeRequests 4xx': [1], LimeDenied: [1] } },
  ])('is counted by its answer: $title', async ({ reply, emitted }) => {
    await ask(reply);
    expect(recorder.emitted).toEqual(emitted);
  });

  it('is not counted as denied where the key was replaced meanwhile: nobody has to act', async () => {
    await using server = await aServer({ status: 401, json }, { json: { _id: 1001 } });
    const keys = ['old', 'old', 'new'];
    const secrets = secretsOf(async () => ({ url: server.origin, apiKey: keys.shift() ?? 'new' }));
    const traffic = createTraffic({ emit: recorder.emit, perSecond: 4.5 });
    const { limeFor } = await createTenants({
      secrets,
      rateLimiter: async () => {},
      circuitBreaker: aCircuitBreaker(),
      fetch,
      ...traffic,
    })('108905');
    await limeFor({})(readObject('helpdesk', 1001), Limeobject);
    expect(recorder.emitted).toEqual({ 'LimeRequests 4xx': [1], 'LimeRequests 2xx': [1] });
  });
});

describe('a tenant', () => {
  it.each([
    { title: 'without a secret', read: async () => undefined, emitted: { LimeDenied: [1] } },
    {
      title: 'whose secret is unusable',
      read: async () => Promise.reject(new UnusableSecretError('secret x is not JSON')),
      emitted: { LimeDenied: [1] },
    },
    { title: 'whose secret is out of reach', read: async () => Promise.reject(new Error('timeout')), emitted: {} },
  ])('$title is counted as denied only where a human has to act', async ({ read, emitted }) => {
    const traffic = createTraffic({ emit: recorder.emit, perSecond: 4.5 });
    const openTenant = createTenants({
      secrets: secretsOf(read),
      rateLimiter: async () => {},
      circuitBreaker: aCircuitBreaker(),
      fetch,
      ...traffic,
    });
    await expect(openTenant('108905')).rejects.toMatchObject({ name: 'LimeError' });
    expect(recorder.emitted).toEqual(emitted);
  });
});

describe('the budget', () => {
  /** An invocation of so many requests and milliseconds, after another one. */
  const invoke = async (requests: number, milliseconds: number): Promise<void> => {
    let time = 0;
    const traffic = createTraffic({ emit: recorder.emit, perSecond: 4.5, now: () => time });
    const invocation = (count: number, until: number) => async () => {
      for (let request = 0; request < count; request += 1) traffic.onResponse(200);
      time = until;
    };
    await traffic.measured(invocation(7, 3_000));
    delete recorder.emitted.BudgetUsed;
    await traffic.measured(invocation(requests, 3_000 + milliseconds));
  };

  it.each([
    { title: 'nothing was asked', requests: 0, milliseconds: 500, percent: 0 },
    { title: 'the burst was taken at once', requests: 10, milliseconds: 1_000, percent: 100 },
    { title: 'the rate was the limit', requests: 46, milliseconds: 9_000, percent: 100 },
    { title: 'Lime was slow', requests: 9, milliseconds: 18_800, percent: 10 },
    { title: 'several Limes were asked', requests: 30, milliseconds: 1_000, percent: 100 },
  ])('is used to $percent percent where $title', async ({ requests, milliseconds, percent }) => {
    await invoke(requests, milliseconds);
    expect(recorder.emitted.BudgetUsed).toEqual([percent]);
  });

  it('is also reported for an invocation that throws', async () => {
    const traffic = createTraffic({ emit: recorder.emit, perSecond: 4.5 });
    await expect(traffic.measured(async () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(recorder.emitted.BudgetUsed).toEqual([0]);
  });
});
