import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../../sandbox/control/random.ts';
import { type FaultInput, startSandbox } from '../../sandbox/sandbox.ts';
import { aNote, aSandbox, aTicket } from '../support/tools/a-sandbox.ts';

const helpdesk = '/api/v1/limeobject/helpdesk/';

/** What becomes of a ticket that is sent: the status, or that the connection broke. */
function outcomeOf(answer: Promise<{ status: number }>): Promise<number | 'reset'> {
  return answer.then(
    ({ status }) => status,
    () => 'reset',
  );
}

describe('a fault', () => {
  const cases: {
    fault: FaultInput;
    outcome: number | 'reset';
    stored: boolean;
    body?: unknown;
    retryAfter?: string;
  }[] = [
    {
      fault: { kind: 'throttle', answer: 'retry-after', retryAfter: 7 },
      outcome: 429,
      stored: false,
      body: { message: 'Too Many Requests' },
      retryAfter: '7',
    },
    {
      fault: { kind: 'throttle', answer: 'bare' },
      outcome: 429,
      stored: false,
      body: { message: 'Too Many Requests' },
    },
    { fault: { kind: 'throttle', answer: 'waf' }, outcome: 403, stored: false },
    { fault: { kind: 'error', status: 500 }, outcome: 500, stored: false, body: { message: 'Internal Server Error' } },
    {
      fault: { kind: 'error', status: 422 },
      outcome: 422,
      body: { message: 'Unprocessable Entity' },
      stored: false,
    },
    { fault: { kind: 'error', status: 502 }, outcome: 502, stored: false },
    { fault: { kind: 'error', status: 503 }, outcome: 503, stored: false },
    { fault: { kind: 'error', status: 504, commit: true }, outcome: 504, stored: true },
    {
      fault: { kind: 'error', status: 500, commit: true },
      outcome: 500,
      stored: true,
      body: { message: 'Internal Server Error' },
    },
    { fault: { kind: 'reset' }, outcome: 'reset', stored: false },
    { fault: { kind: 'reset', commit: true }, outcome: 'reset', stored: true },
    { fault: { kind: 'outage' }, outcome: 'reset', stored: false },
  ];

  it.each(cases)('$fault ends in $outcome, stored: $stored', async ({ fault, outcome, stored, body, retryAfter }) => {
    await using lime = await aSandbox({ faults: [fault] });
    const answer = lime.call('POST', helpdesk, aTicket());
    expect(await outcomeOf(answer)).toBe(outcome);
    expect(lime.sandbox.objects('helpdesk')).toHaveLength(stored ? 2 : 1);
    expect(lime.sandbox.requests()).toMatchObject([
      { status: outcome === 'reset' ? null : outcome, faults: [fault.kind] },
    ]);
    if (outcome === 'reset') return;
    const { headers, body: said } = await answer;
    expect(said).toEqual(body);
    expect(headers.get('content-type')).toBe(body === undefined ? 'text/html; charset=utf-8' : 'application/json');
    expect(headers.get('retry-after')).toBe(retryAfter ?? null);
  });

  it('of kind outage leaves the control surface and the pages alone', async () => {
    await using lime = await aSandbox({ faults: [{ kind: 'outage' }] });
    expect((await lime.control('GET', '/_sandbox/stats')).status).toBe(200);
    expect((await lime.control('GET', '/client/object/person/1001')).status).toBe(200);
    expect((await lime.control('DELETE', '/_sandbox/faults')).status).toBe(204);
    expect(await outcomeOf(lime.call('GET', helpdesk))).toBe(200);
  });

  const slow: { fault: FaultInput; waits: number[]; storedDuring: number }[] = [
    { fault: { kind: 'slow', ms: 250 }, waits: [250], storedDuring: 1 },
    { fault: { kind: 'slow', ms: [100, 300] }, waits: [150], storedDuring: 1 },
    { fault: { kind: 'slow', ms: 250, commit: true }, waits: [250], storedDuring: 2 },
  ];

  it.each(slow)('$fault waits $waits ms and then answers', async ({ fault, waits, storedDuring }) => {
    const waited: number[] = [];
    const stored: number[] = [];
    await using lime = await aSandbox({
      faults: [fault],
      random: () => 0.25,
      wait: async (ms) => {
        waited.push(ms);
        stored.push(lime.sandbox.objects('helpdesk').length);
      },
    });
    expect(await outcomeOf(lime.call('POST', helpdesk, aTicket()))).toBe(201);
    expect({ waited, stored }).toEqual({ waited: waits, stored: [storedDuring] });
  });

  it('cut off by the end of the sandbox leaves nothing waiting', async () => {
    const sandbox = await startSandbox({ faults: [{ kind: 'slow', ms: 600_000 }] });
    const answer = outcomeOf(fetch(`${sandbox.url}/api/v1/`));
    while (sandbox.requests().length === 0) await new Promise(setImmediate);
    await sandbox.close();
    expect(await answer).toBe('reset');
  });

  it('of kind rewrite stores another value than the sent one', async () => {
    await using lime = await aSandbox({ faults: [{ kind: 'rewrite', property: 'title', value: 'Ärende 1' }] });
    expect((await lime.call('POST', helpdesk, aTicket())).body).toMatchObject({ title: 'Ärende 1' });
    expect((await lime.call('PUT', `${helpdesk}1002/`, { description: 'x' })).body).toMatchObject({
      title: 'Ärende 1',
      description: 'x',
    });
    expect((await lime.call('POST', '/api/v1/limeobject/history/', aNote())).status).toBe(201);
  });

  it('of kind duplicate makes a second limeobject of the same values', async () => {
    await using lime = await aSandbox({ faults: [{ kind: 'duplicate', match: { limetype: 'person' } }] });
    const email = 'twin@example.org';
    await lime.call('POST', '/api/v1/limeobject/person/', { firstname: 'Twin', email });
    await lime.call('POST', helpdesk, aTicket());
    expect(lime.sandbox.objects('person').filter((person) => person.email === email)).toHaveLength(2);
    expect(lime.sandbox.objects('helpdesk')).toHaveLength(2);
  });
});

describe('a fault happens', () => {
  const q = new URLSearchParams({
    q: JSON.stringify({ limetype: 'person', responseFormat: { object: { _id: null } } }),
  });
  const requests = [
    ['GET', helpdesk],
    ['POST', helpdesk],
    ['PUT', `${helpdesk}1001/`],
    ['GET', `/api/v1/query/?${q}`],
    ['GET', '/api/v1/limetype/history/'],
  ] as const;

  it.each([
    { match: {}, hit: [0, 1, 2, 3, 4] },
    { match: { method: 'GET' }, hit: [0, 3, 4] },
    { match: { method: 'POST' }, hit: [1] },
    { match: { limetype: 'helpdesk' }, hit: [0, 1, 2] },
    { match: { limetype: 'person' }, hit: [3] },
    { match: { limetype: 'history' }, hit: [4] },
    { match: { path: '^/api/v1/query/' }, hit: [3] },
    { match: { path: '/1001/$', method: 'PUT', limetype: 'helpdesk' }, hit: [2] },
  ] as const)('to what fits $match', async ({ match, hit }) => {
    await using lime = await aSandbox({ faults: [{ kind: 'error', status: 503, match }] });
    const hits: number[] = [];
    for (const [index, [method, path]] of requests.entries()) {
      const body = method === 'GET' ? undefined : aTicket();
      if ((await lime.call(method, path, body)).status === 503) hits.push(index);
    }
    expect(hits).toEqual(hit);
  });

  it.each([
    { when: { times: 2 }, statuses: [503, 503, 200, 200] },
    { when: { skip: 1 }, statuses: [200, 503, 503, 503] },
    { when: { skip: 1, times: 1 }, statuses: [200, 503, 200, 200] },
    { when: { probability: 0 }, statuses: [200, 200, 200, 200] },
  ])('as often as $when says', async ({ when, statuses }) => {
    await using lime = await aSandbox({ faults: [{ kind: 'error', status: 503, ...when }] });
    const got: number[] = [];
    for (const _ of statuses) got.push((await lime.call('GET', helpdesk)).status);
    expect(got).toEqual(statuses);
  });

  it('by chance, in the same places for the same seed', async () => {
    const run = async (seed: number) => {
      await using lime = await aSandbox({
        random: seededRandom(seed),
        faults: [{ kind: 'error', status: 503, probability: 0.5 }],
      });
      const got: number[] = [];
      for (let count = 0; count < 40; count += 1) got.push((await lime.call('GET', helpdesk)).status);
      return got;
    };
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
    expect(first.filter((status) => status === 503).length).toBeGreaterThan(10);
    expect(first.filter((status) => status === 503).length).toBeLessThan(30);
  });

  it('with others in their order, until one of them answers', async () => {
    const waited: number[] = [];
    await using lime = await aSandbox({
      faults: [
        { kind: 'slow', ms: 5 },
        { kind: 'error', status: 503, times: 1 },
        { kind: 'throttle', answer: 'bare', times: 1 },
      ],
      wait: async (ms) => {
        waited.push(ms);
      },
    });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await lime.call('GET', helpdesk)).status);
    expect(statuses).toEqual([503, 429, 200]);
    expect(waited).toEqual([5, 5, 5]);
    expect(lime.sandbox.requests().map(({ faults }) => faults)).toEqual([
      ['slow', 'error'],
      ['slow', 'throttle'],
      ['slow'],
    ]);
  });
});

describe('the request limit', () => {
  const limited = (answer: 'retry-after' | 'bare' | 'waf') => {
    const clock = { at: 0 };
    const settings = { rateLimit: { requests: 3, seconds: 60, answer } };
    return { clock, options: { settings, now: () => clock.at } };
  };

  it.each([
    { answer: 'retry-after', status: 429, retryAfter: '58', again: 200 },
    { answer: 'bare', status: 429, retryAfter: null, again: 200 },
    { answer: 'waf', status: 403, retryAfter: null, again: 403 },
  ] as const)('is answered as $answer, and $again after the wait', async ({ answer, status, retryAfter, again }) => {
    const { clock, options } = limited(answer);
    await using lime = await aSandbox(options);
    for (const at of [0, 1000, 2000]) {
      clock.at = at;
      expect((await lime.call('GET', helpdesk)).status).toBe(200);
    }
    const refused = await lime.call('GET', helpdesk);
    expect(refused.status).toBe(status);
    expect(refused.headers.get('retry-after')).toBe(retryAfter);
    clock.at = 60_000;
    expect((await lime.call('GET', helpdesk)).status).toBe(again);
    clock.at = 200_000;
    expect((await lime.call('GET', helpdesk)).status).toBe(200);
  });
});
