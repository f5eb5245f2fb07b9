import { describe, expect, it } from '@jest/globals';
import { LimeError } from '../../../shared/errors.ts';
import { type Bounds, pipelineTo, type Shared } from '../../../shared/lime/client.ts';
import type { Lime } from '../../../shared/lime/lime.ts';
import { createCircuitBreaker } from '../../../shared/lime/pipeline/circuit-breaker.ts';
import { confirmFailures } from '../../../shared/lime/pipeline/confirm.ts';
import { createObject, query, REQUEST_TIMEOUT_MS } from '../../../shared/lime/requests.ts';
import { Limeobject } from '../../../shared/lime/wire.ts';
import { failureOf } from '../../support/a-server.ts';

const organization = '108905';
const create = createObject('helpdesk', { title: 'x' });
async function secret() {
  return { url: 'https://lime.example.com', apiKey: 'key' };
}
const overload = new LimeError('overloaded', 'was answered 429', { status: 429, retryAfterSeconds: 60 });

/** A pipeline that notes what a request passes, and whose Lime answers so. */
function aPipeline(answer: () => unknown, shared: Partial<Shared> = {}, bounds: Bounds = {}) {
  const passed: string[] = [];
  const breaker = createCircuitBreaker({ delaySeconds: (_, named) => named ?? 1, now: () => 0, random: () => 0 });
  const lime: Lime = async (_request, schema) => {
    passed.push('sent');
    return schema.parse(answer());
  };
  const rateLimiter = async () => void passed.push('rate limiter');
  const extendLease = async () => void passed.push('lease');
  const failures: string[] = [];
  const onFailure = (failure: string) => void failures.push(failure);
  const circuitBreaker = { breaker, organization };
  const all = { secret, refetchSecret: secret, rateLimiter, circuitBreaker, onFailure, ...shared };
  return { passed, failures, breaker, lime: pipelineTo(() => lime, all, { extendLease, ...bounds }) };
}

function fails(error: unknown) {
  return () => {
    throw error;
  };
}

describe('a request to Lime', () => {
  it('has its claim extended when its turn has come, and leaves at once', async () => {
    const { passed, lime } = aPipeline(() => ({ _id: 1 }));
    await lime(create, Limeobject);
    expect(passed).toEqual(['rate limiter', 'lease', 'sent']);
  });

  it('does not leave where the circuit has opened while it waited for its turn', async () => {
    const opened = aPipeline(() => ({ _id: 1 }), { rateLimiter: async () => opened.breaker.open(organization, 60) });
    expect(await failureOf(opened.lime(create, Limeobject))).toMatchObject({ failure: 'overloaded' });
    expect(opened.passed).toEqual([]);
  });

  it('does not leave where its group has stopped while it waited, and nothing of it is unclear', async () => {
    const stop: Bounds['stop'] = {};
    const rateLimiter = async () => {
      stop.reason = new LimeError('unclear', 'was answered 503', { status: 503 });
    };
    const { passed, lime } = aPipeline(() => ({ _id: 1 }), { rateLimiter }, { stop });
    expect(await failureOf(lime(create, Limeobject))).toMatchObject({ failure: 'unavailable', status: 503 });
    expect(passed).toEqual([]);
  });

  it.each([
    { title: 'is left', left: REQUEST_TIMEOUT_MS, sent: ['sent'] },
    { title: 'is too short', left: REQUEST_TIMEOUT_MS - 1, sent: [] },
  ])('leaves only where time for its response $title', async ({ left, sent }) => {
    const { passed, lime } = aPipeline(() => ({ _id: 1 }), {}, { remaining: () => left });
    await lime(create, Limeobject).catch(() => undefined);
    expect(passed.filter((step) => step === 'sent')).toEqual(sent);
  });

  it('that is throttled opens the circuit, stops its group, and is reported', async () => {
    const stop: Bounds['stop'] = {};
    const { lime, breaker, failures } = aPipeline(fails(overload), {}, { stop });
    await failureOf(lime(create, Limeobject));
    expect([breaker.reason(organization)?.failure, stop.reason, failures]).toEqual([
      'overloaded',
      overload,
      ['overloaded'],
    ]);
  });

  it('that its group has stopped does not open the circuit, nor cause a request to confirm that', async () => {
    const firewall = new LimeError('overloaded', 'was answered 403', { status: 403 });
    const shared = { confirm: confirmFailures() };
    const { lime, breaker, passed } = aPipeline(() => ({ _id: 1 }), shared, { stop: { reason: firewall } });
    expect(await failureOf(lime(create, Limeobject))).toMatchObject({ failure: 'overloaded', status: 403 });
    expect(breaker.reason(organization)).toBeUndefined();
    expect(passed).toEqual(['rate limiter']);
  });

  it('that its group has stopped for a refused key does not read the secret again', async () => {
    const stop = { reason: new LimeError('denied', 'was answered 401', { status: 401 }) };
    let reads = 0;
    const refetchSecret = async () => {
      reads += 1;
      return secret();
    };
    const { lime } = aPipeline(() => ({ _id: 1 }), { refetchSecret }, { stop });
    expect(await failureOf(lime(create, Limeobject))).toMatchObject({ failure: 'denied' });
    expect(reads).toBe(0);
  });

  it('that was on its way when Lime asked for a pause does not close the circuit', async () => {
    const answered = aPipeline(() => {
      answered.breaker.open(organization, 60);
      return { _id: 1 };
    });
    await answered.lime(create, Limeobject);
    expect(answered.breaker.reason(organization)?.failure).toBe('overloaded');
  });

  it('that a firewall stops alone neither opens the circuit nor stops its group', async () => {
    const stop: Bounds['stop'] = {};
    let asked = 0;
    const answer = () => {
      asked += 1;
      if (asked === 1) throw new LimeError('overloaded', 'was answered 403', { status: 403 });
      return {};
    };
    const { lime, breaker } = aPipeline(answer, { confirm: confirmFailures() }, { stop });
    const request = query('helpdesk', [], { key: 'title', op: '=', exp: 'x' });
    expect(await failureOf(lime(request, Limeobject))).toMatchObject({ failure: 'unavailable' });
    expect([breaker.reason(organization), stop.reason, asked]).toEqual([undefined, undefined, 2]);
  });
});
