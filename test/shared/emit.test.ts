import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import middy from '@middy/core';
import { createEmitter, type Emitter, flushAtEnd } from '../../shared/emit.ts';
import { FUNCTION_DIMENSION, metricsNamespaceOf } from '../../shared/metrics.ts';
import { aContext } from '../support/context.ts';
import { datapointsOf } from '../support/emf.ts';

const namespace = metricsNamespaceOf('test');

/** What came out of the process. Jest has a console of its own: what goes through that is not here. */
let written: string;
let emitter: Emitter;
beforeEach(() => {
  written = '';
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      written += chunk;
      return true;
    });
  }
  emitter = createEmitter('mapper', namespace);
});
afterEach(() => {
  jest.restoreAllMocks();
});

function lines(): unknown[] {
  return written
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
/** Without the zeros of metrics that had no value. */
function datapoints() {
  return lines()
    .flatMap(datapointsOf)
    .filter(({ values }) => values.some((value) => value !== 0));
}
const service = { [FUNCTION_DIMENSION]: 'mapper' };

describe('metrics', () => {
  it('come out as one line of the embedded metric format', () => {
    emitter.emit('TimeToLime', 2.5);
    emitter.emit('Returned', 3);
    emitter.flush();
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: namespace,
              Dimensions: [[FUNCTION_DIMENSION]],
              Metrics: [
                { Name: 'TimeToLime', Unit: 'Seconds' },
                { Name: 'Returned', Unit: 'Count' },
                { Name: 'Delivered', Unit: 'Count' },
                { Name: 'Parked', Unit: 'Count' },
                { Name: 'LimeThrottled', Unit: 'Count' },
                { Name: 'LimeDenied', Unit: 'Count' },
              ],
            },
          ],
        },
        service: 'mapper',
        TimeToLime: 2.5,
        Returned: 3,
        Delivered: 0,
        Parked: 0,
        LimeThrottled: 0,
        LimeDenied: 0,
      },
    ]);
  });

  it('that alarms calculate with are 0 in an invocation without a value', () => {
    emitter.flush();
    const zeros = lines().flatMap(datapointsOf);
    expect(new Set(zeros.map(({ name }) => name))).toEqual(
      new Set(['Delivered', 'Parked', 'Returned', 'LimeThrottled', 'LimeDenied']),
    );
    for (const { dimensions, values } of zeros)
      expect({ dimensions, values }).toEqual({ dimensions: service, values: [0] });
  });

  it('of a further dimension have a line for each of its values, which also counts without it', () => {
    emitter.emit('Delivered', 1, 'created');
    emitter.emit('Parked', 1, 'note');
    emitter.emit('Delivered', 1, 'stale');
    emitter.emit('Delivered', 1, 'created');
    emitter.emit('Returned', 1);
    emitter.flush();
    const count = { namespace, unit: 'Count' };
    expect(datapoints()).toEqual([
      { ...count, name: 'Delivered', dimensions: service, values: [1, 1] },
      { ...count, name: 'Delivered', dimensions: { ...service, outcome: 'created' }, values: [1, 1] },
      { ...count, name: 'Parked', dimensions: service, values: [1] },
      { ...count, name: 'Parked', dimensions: { ...service, step: 'note' }, values: [1] },
      { ...count, name: 'Delivered', dimensions: service, values: [1] },
      { ...count, name: 'Delivered', dimensions: { ...service, outcome: 'stale' }, values: [1] },
      { ...count, name: 'Returned', dimensions: service, values: [1] },
    ]);
  });

  it('stay valid, and keep their dimensions, where one has more values than a line may', () => {
    for (let request = 0; request < 250; request += 1) emitter.emit('LimeRequests', 1, '2xx');
    emitter.flush();
    const found = datapoints();
    expect(found.map(({ values }) => values.length)).toEqual([100, 100, 50]);
    for (const { dimensions } of found) expect(dimensions).toEqual({ ...service, answer: '2xx' });
  });

  it('are written once: nothing is left of an invocation for the next one', () => {
    emitter.emit('Returned', 1);
    emitter.flush();
    written = '';
    emitter.flush();
    expect(datapoints()).toEqual([]);
    emitter.emit('LimeDenied', 1);
    emitter.flush();
    expect(datapoints()).toMatchObject([{ name: 'LimeDenied', dimensions: service, values: [1] }]);
  });

  it('wait for the end of the invocation', () => {
    emitter.emit('Returned', 1);
    expect(written).toBe('');
  });

  it('can only be what is declared', () => {
    const { emit } = emitter;
    const undeclared = () => {
      // @ts-expect-error no such metric
      emit('Conversations', 1);
      // @ts-expect-error no such value of its dimension
      emit('Delivered', 1, 'deleted');
      // @ts-expect-error its dimension is missing
      emit('Parked', 1);
      // @ts-expect-error it has no further dimension
      emit('Returned', 1, 'created');
    };
    expect(undeclared).toThrow();
  });
});

describe('an invocation', () => {
  it.each([
    { title: 'ends', invocation: async () => 'answer', ends: { value: 'answer' } },
    { title: 'throws', invocation: async () => Promise.reject(new Error('down')), ends: { reason: new Error('down') } },
  ])('writes its metrics when it $title, and ends as it would without', async ({ invocation, ends }) => {
    const handler = middy()
      .use(flushAtEnd(emitter.flush))
      .handler(() => {
        emitter.emit('Returned', 1);
        return invocation();
      });
    const [ended] = await Promise.allSettled([handler({}, aContext)]);
    expect(ended).toMatchObject(ends);
    expect(datapoints()).toMatchObject([{ name: 'Returned', values: [1] }]);
  });

  it('writes what a later middleware notes while it answers an error', async () => {
    const handler = middy()
      .use(flushAtEnd(emitter.flush))
      .use({
        onError: (request) => {
          emitter.emit('CallsNotTaken', 1);
          request.response = 'refused';
        },
      })
      .handler(() => Promise.reject(new Error('down')));
    expect(await handler({}, aContext)).toBe('refused');
    expect(datapoints()).toMatchObject([{ name: 'CallsNotTaken', values: [1] }]);
  });
});
