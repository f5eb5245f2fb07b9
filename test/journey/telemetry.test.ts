import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FUNCTION_DIMENSION, type MetricName, metrics, metricsNamespaceOf } from '../../shared/metrics.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { type Datapoints, datapointsOf, isEmf } from '../support/emf.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import type { LogLine } from '../support/run.ts';

let journey: Journey;
let accepted = 0;
beforeAll(async () => {
  journey = await startJourney({ variables: { TIME_SCALE: '0.02' } });
  await bulk();
  await versions();
  await faults();
  await denied();
  await refusedCalls();
  await journey.log(() => addDigests('Delivered') + addDigests('Parked') >= accepted);
});
afterAll(() => journey.stop());

async function send(body: unknown): ReturnType<Journey['send']> {
  const answer = await journey.send(body);
  accepted += answer.accepted.length;
  return answer;
}

async function bulk(): Promise<void> {
  await send([aConversation({ id: 1 }), { _type: 'operator' }, aConversation({ id: 0 }), aConversation({ id: 2 })]);
  await journey.ended([1, 2]);
}

async function versions(): Promise<void> {
  const first = aConversation({ id: 11, updated_at: '2024-02-23T10:00:00Z' });
  const later = { transcript: [aMessage(), aMessage({ id: '11.1.2', body: 'One more.' })] };
  await send(first);
  await journey.ended(11);
  await send(first);
  await journey.ended(11, 2);
  await send({ ...first, ...later, updated_at: '2024-02-24T10:00:00Z' });
  await journey.ended(11, 3);
  await send({ ...first, transcript: [aMessage({ body: 'Earlier.' })], updated_at: '2024-02-22T10:00:00Z' });
  await journey.ended(11, 4);
}

const create = { method: 'POST', limetype: 'helpdesk' };
const note = { method: 'POST', limetype: 'history' };

async function faults(): Promise<void> {
  const kinds = [
    { kind: 'error', status: 422, match: create },
    { kind: 'error', status: 422, match: note },
    { kind: 'error', status: 503, match: create },
    { kind: 'reset', match: note },
    { kind: 'throttle', answer: 'bare', match: create },
  ];
  for (const [index, kind] of kinds.entries()) {
    await journey.faults([{ ...kind, times: 1 }]);
    await send(aConversation({ id: 21 + index }));
    await journey.ended(21 + index);
  }
  await journey.faults([]);
}

async function denied(): Promise<void> {
  await limeKey('another-key');
  await send(aConversation({ id: 31 }));
  await emitted('LimeDenied');
  await limeKey('local-lime-key');
  await journey.ended(31);
}

async function limeKey(apiKey: string): Promise<void> {
  const body = JSON.stringify({ apiKey });
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${journey.sandboxUrl}/_sandbox/settings`, { method: 'PUT', headers, body });
  expect(status).toBe(200);
}

async function refusedCalls(): Promise<void> {
  expect((await journey.post([aConversation({ id: 0 }), aConversation({ id: 0 })])).status).toBe(422);
  expect((await journey.post(aConversation(), { 'x-api-key': 'guessed' })).status).toBe(401);
  const faultsOfAws = `${journey.awsEndpoint}/_emulator/faults`;
  const fault = JSON.stringify({ service: 'sqs', action: 'SendMessageBatch', times: 20 });
  await fetch(faultsOfAws, { method: 'POST', body: fault });
  expect((await journey.post(aConversation({ id: 41 }))).status).toBe(503);
  await fetch(faultsOfAws, { method: 'DELETE' });
  await emitted('CallsNotTaken');
}

function datapoints(name: string): Datapoints[] {
  return journey
    .logs()
    .filter(isEmf)
    .flatMap(datapointsOf)
    .filter((found) => found.name === name);
}

function addDigests(name: string, value?: string): number {
  return datapoints(name)
    .filter(({ dimensions }) => value === undefined || Object.values(dimensions).includes(value))
    .flatMap(({ values }) => values)
    .reduce((sum, one) => sum + one, 0);
}

/** Waits until a metric has reached a sum: its line comes after the other lines of its invocation. */
function emitted(name: MetricName): Promise<LogLine> {
  return journey.log(() => addDigests(name) >= 1);
}

function linesOf(...messages: string[]): LogLine[] {
  return journey.logs().filter(({ message }) => messages.includes(message ?? ''));
}

const ofIntake = ['ConversationsAccepted', 'ConversationsRejected', 'ConversationsIgnored', 'CallsNotTaken'];

describe('every metric comes out of the deployed bundles', () => {
  const table: { name: string; unit: string; dimension?: string; values?: readonly string[] }[] = Object.entries(
    metrics,
  ).map(([name, declaration]) => ({ name, ...declaration }));

  it.each(table)('$name, with its unit and dimensions and no other', ({ name, unit, dimension, values = [] }) => {
    const found = datapoints(name);
    expect(found).not.toEqual([]);
    const service = { [FUNCTION_DIMENSION]: ofIntake.includes(name) ? 'intake' : 'mapper' };
    const further = dimension === undefined ? {} : { [dimension]: expect.stringMatching(`^(${values.join('|')})$`) };
    for (const datapoint of found) {
      expect(datapoint).toMatchObject({ namespace: metricsNamespaceOf('local'), unit });
      expect(datapoint.dimensions).toEqual({ ...service, ...further });
    }
  });

  it.each(table)('$name, with values that make sense', ({ name, unit }) => {
    const values = datapoints(name).flatMap((found) => found.values);
    expect(Math.max(...values)).toBeGreaterThan(0);
    const [least, most] = unit === 'Percent' ? [0, 100] : [0, unit === 'Seconds' ? 60 : 1_000];
    for (const value of values) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
      if (unit === 'Count') expect(Number.isInteger(value)).toBe(true);
    }
  });
});

describe('the numbers', () => {
  it.each([
    ['ConversationsRejected', 3],
    ['ConversationsIgnored', 1],
    ['CallsNotTaken', 1],
    // One was sent anew; of the other the note was lost, and its limeobject known when the record came again.
    ['Delivered updated', 2],
    ['Delivered unchanged', 1],
    ['Delivered stale', 1],
    ['Parked object', 1],
    ['Parked note', 1],
    ['LimeRequests 5xx', 1],
    ['LimeRequests none', 1],
    ['LimeThrottled', 1],
  ])('are what was done: %s is %d', (metric, sum) => {
    const [name = '', value] = metric.split(' ');
    expect(addDigests(name, value)).toBe(sum);
  });

  it('add up: what was accepted is delivered or parked', () => {
    expect(accepted).toBeGreaterThan(10);
    expect(addDigests('ConversationsAccepted')).toBe(accepted);
    expect(addDigests('Delivered') + addDigests('Parked')).toBe(accepted);
  });

  it('are those of the log', () => {
    expect(addDigests('Delivered')).toBe(linesOf('delivered').length);
    expect(addDigests('Parked')).toBe(linesOf('parked').length);
    expect(addDigests('Returned')).toBe(linesOf('retrying', 'record failed').length);
  });

  it('are those of Lime', async () => {
    expect(addDigests('LimeRequests')).toBe((await journey.limeRequests()).length);
  });

  it('have a time for each conversation that was written to Lime', () => {
    const times = datapoints('TimeToLime').flatMap(({ values }) => values);
    expect(times).toHaveLength(addDigests('Delivered', 'created') + addDigests('Delivered', 'updated'));
  });
});

describe("a conversation's life", () => {
  it('can be followed from intake to its link, by the id of its call', async () => {
    await journey.faults([{ kind: 'throttle', answer: 'retry-after', retryAfter: 5, times: 1, match: note }]);
    const { callId, url = '' } = await send(aConversation({ id: 51 }));
    await journey.ended(51);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    await journey.log((line) => line.message === 'link opened' && line.conversation === '51');

    const [intake, retrying, delivered, opened, ...others] = journey.logs().filter((line) => line.callId === callId);
    expect(others).toEqual([]);
    const organization = '108905';
    expect(intake).toMatchObject({ service: 'intake', message: 'call accepted', organization, conversations: ['51'] });
    const record = {
      service: 'mapper',
      organization,
      conversation: '51',
      recordId: expect.any(String),
      seconds: expect.any(Number),
    };
    expect(retrying).toMatchObject({
      ...record,
      message: 'retrying',
      receiveCount: 1,
      failure: 'overloaded',
      status: 429,
      limetype: 'helpdesk',
      retryInSeconds: expect.closeTo(0.1, 1),
    });
    expect(delivered).toMatchObject({ ...record, message: 'delivered', receiveCount: 2, recordId: retrying?.recordId });
    expect(opened).toMatchObject({
      service: 'link',
      message: 'link opened',
      organization,
      conversation: '51',
      state: 'delivered',
    });
  });

  it('that ends in the DLQ says why', () => {
    expect(linesOf('parked')).toEqual(
      ['object', 'note'].map((step) =>
        expect.objectContaining({
          step,
          failure: 'refused',
          status: 422,
          limetype: 'helpdesk',
          callId: expect.any(String),
          recordId: expect.any(String),
          receiveCount: 1,
          seconds: expect.any(Number),
        }),
      ),
    );
  });

  it('leaves neither personal data nor a signature in any line', async () => {
    const { url = '' } = await send(aConversation({ id: 52 }));
    await journey.ended(52);
    await journey.link(url);
    await journey.log((line) => line.message === 'link opened' && line.conversation === '52');
    const signature = new URL(url).searchParams.get('signature') ?? '';
    const text = journey.stderr();
    expect(signature).not.toBe('');
    for (const secret of ['Erika', 'erika.beispiel', 'question', 'local-addon-key', 'local-lime-key', signature]) {
      expect(text).not.toContain(secret);
    }
  });
});
