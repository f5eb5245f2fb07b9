import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FUNCTION_DIMENSION, metrics, metricsNamespaceOf } from '../../shared/metrics.ts';
import { aConversation } from '../support/conversations.ts';
import { emitEveryMetric, type MeasuredJourney, startMeasuredJourney } from '../support/measured-journey.ts';
import type { LogLine } from '../support/run.ts';

const note = { method: 'POST', limetype: 'history' };

let journey: MeasuredJourney;
beforeAll(async () => {
  journey = await startMeasuredJourney();
  await emitEveryMetric(journey);
});
afterAll(() => journey.stop());

function linesOf(...messages: string[]): LogLine[] {
  return journey.logs().filter(({ message }) => messages.includes(message ?? ''));
}

const ofIntake = ['ConversationsAccepted', 'ConversationsRejected', 'ConversationsIgnored', 'CallsNotTaken'];

describe('every metric comes out of the deployed bundles', () => {
  type Declared = { name: string; unit: string; dimension?: string; values?: readonly string[]; summed?: boolean };
  // The project's own settings skip no conversation.
  const { Skipped: _, ...emitted } = metrics;
  const table: Declared[] = Object.entries(emitted).map(([name, declaration]) => ({ name, ...declaration }));

  it.each(table)(
    '$name, with its unit and dimensions and no other',
    ({ name, unit, dimension, values = [], summed = false }) => {
      const found = journey.datapoints(name);
      expect(found).not.toEqual([]);
      const service = { [FUNCTION_DIMENSION]: ofIntake.includes(name) ? 'intake' : 'mapper' };
      const further = dimension === undefined ? {} : { [dimension]: expect.stringMatching(`^(${values.join('|')})$`) };
      for (const datapoint of found) {
        expect(datapoint).toMatchObject({ namespace: metricsNamespaceOf('local'), unit });
        const isSum = summed && dimension !== undefined && !(dimension in datapoint.dimensions);
        expect(datapoint.dimensions).toEqual(isSum ? service : { ...service, ...further });
      }
    },
  );

  it.each(table)('$name, with values that make sense', ({ name, unit }) => {
    const values = journey.datapoints(name).flatMap((found) => found.values);
    expect(Math.max(...values)).toBeGreaterThan(0);
    const [least, most] = unit === 'Percent' ? [0, 100] : [0, unit === 'Seconds' ? 3_600 : 1_000];
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
  ])('match what was done: %s is %d', (metric, sum) => {
    const [name = '', value] = metric.split(' ');
    expect(journey.sumOf(name, value)).toBe(sum);
  });

  it('add up: every accepted conversation is delivered or parked', () => {
    expect(journey.accepted()).toBeGreaterThan(10);
    expect(journey.sumOf('ConversationsAccepted')).toBe(journey.accepted());
    expect(journey.sumOf('Delivered') + journey.sumOf('Parked')).toBe(journey.accepted());
  });

  it('match the log', () => {
    expect(journey.sumOf('Delivered')).toBe(linesOf('delivered').length);
    expect(journey.sumOf('Parked')).toBe(linesOf('parked').length);
    expect(journey.sumOf('Returned')).toBe(linesOf('retrying', 'record failed').length);
  });

  it('match the requests that Lime received', async () => {
    expect(journey.sumOf('LimeRequests')).toBe((await journey.limeRequests()).length);
  });

  it('include a time for each conversation that was written to Lime', () => {
    const times = journey.datapoints('TimeToLime').flatMap(({ values }) => values);
    expect(times).toHaveLength(journey.sumOf('Delivered', 'created') + journey.sumOf('Delivered', 'updated'));
  });
});

describe("a conversation's life", () => {
  it('can be followed from intake to its link by the id of its call', async () => {
    await journey.faults([{ kind: 'throttle', answer: 'retry-after', retryAfter: 5, times: 1, match: note }]);
    const { callId, url = '' } = await journey.send(aConversation({ id: 51 }));
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

  it('has its reason in the log if it ends in the DLQ', () => {
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
    const { url = '' } = await journey.send(aConversation({ id: 52 }));
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
