import { metrics } from '../../shared/metrics.ts';
import { aConversation, aMessage } from './conversations.ts';
import { type Datapoints, datapointsOf, isEmf } from './emf.ts';
import { type Journey, startJourney } from './journey.ts';

const create = { method: 'POST', limetype: 'helpdesk' };
const note = { method: 'POST', limetype: 'history' };

/** A metric that is also summed has lines by value too, which count the same. */
function isWhole(name: string, dimensions: Record<string, string>): boolean {
  const declared = Object.entries(metrics).find(([one]) => one === name)?.[1];
  return !(declared !== undefined && 'summed' in declared && declared.dimension in dimensions);
}

/** A local run, with the conversations it accepts counted and its metrics read from the log. */
export async function startMeasuredJourney() {
  const journey = await startJourney({ variables: { TIME_SCALE: '0.02' } });
  let accepted = 0;
  const datapoints = (name: string): Datapoints[] =>
    journey
      .logs()
      .filter(isEmf)
      .flatMap(datapointsOf)
      .filter((found) => found.name === name);
  const sumOf = (name: string, value?: string): number =>
    datapoints(name)
      .filter(({ dimensions }) =>
        value === undefined ? isWhole(name, dimensions) : Object.values(dimensions).includes(value),
      )
      .flatMap(({ values }) => values)
      .reduce((sum, one) => sum + one, 0);
  return {
    ...journey,
    accepted: () => accepted,
    send: async (body: unknown): ReturnType<Journey['send']> => {
      const response = await journey.send(body);
      accepted += response.accepted.length;
      return response;
    },
    datapoints,
    sumOf,
    /** Waits until a metric has been emitted. Its line follows the other lines of its invocation. */
    emitted: (name: string) => journey.log(() => sumOf(name) >= 1),
  };
}
export type MeasuredJourney = Awaited<ReturnType<typeof startMeasuredJourney>>;

/** Makes every metric come out: conversations of all kinds, versions, faults of Lime and of AWS, refused calls. */
export async function emitEveryMetric(journey: MeasuredJourney): Promise<void> {
  await sendSeveral(journey);
  await sendVersions(journey);
  await sendIntoFaults(journey);
  await sendWithWrongLimeKey(journey);
  await sendRefusedCalls(journey);
  await journey.log(() => journey.sumOf('Delivered') + journey.sumOf('Parked') >= journey.accepted());
}

async function sendSeveral({ send, ended }: MeasuredJourney): Promise<void> {
  await send([aConversation({ id: 1 }), { _type: 'operator' }, aConversation({ id: 0 }), aConversation({ id: 2 })]);
  await ended([1, 2]);
}

async function sendVersions({ send, ended }: MeasuredJourney): Promise<void> {
  const first = aConversation({ id: 11, updated_at: '2024-02-23T10:00:00Z' });
  const later = { transcript: [aMessage(), aMessage({ id: '11.1.2', body: 'One more.' })] };
  await send(first);
  await ended(11);
  await send(first);
  await ended(11, 2);
  await send({ ...first, ...later, updated_at: '2024-02-24T10:00:00Z' });
  await ended(11, 3);
  await send({ ...first, transcript: [aMessage({ body: 'Earlier.' })], updated_at: '2024-02-22T10:00:00Z' });
  await ended(11, 4);
}

async function sendIntoFaults({ send, ended, faults }: MeasuredJourney): Promise<void> {
  const kinds = [
    { kind: 'error', status: 422, match: create },
    { kind: 'error', status: 422, match: note },
    { kind: 'error', status: 503, match: create },
    { kind: 'reset', match: note },
    { kind: 'throttle', answer: 'bare', match: create },
  ];
  for (const [index, kind] of kinds.entries()) {
    await faults([{ ...kind, times: 1 }]);
    await send(aConversation({ id: 21 + index }));
    await ended(21 + index);
  }
  await faults([]);
}

async function sendWithWrongLimeKey(journey: MeasuredJourney): Promise<void> {
  await setLimeKey(journey, 'another-key');
  await journey.send(aConversation({ id: 31 }));
  await journey.emitted('LimeDenied');
  await setLimeKey(journey, 'local-lime-key');
  await journey.ended(31);
}

async function setLimeKey({ sandboxUrl }: MeasuredJourney, apiKey: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'PUT', headers, body: JSON.stringify({ apiKey }) };
  const { status } = await fetch(`${sandboxUrl}/_sandbox/settings`, init);
  if (status !== 200) throw new Error(`The sandbox answered ${status} to a new key.`);
}

async function sendRefusedCalls(journey: MeasuredJourney): Promise<void> {
  await refused(journey.post([aConversation({ id: 0 }), aConversation({ id: 0 })]), 422);
  await refused(journey.post(aConversation(), { 'x-api-key': 'guessed' }), 401);
  const awsFaults = `${journey.awsEndpoint}/_emulator/faults`;
  const fault = JSON.stringify({ service: 'sqs', action: 'SendMessageBatch', times: 20 });
  await fetch(awsFaults, { method: 'POST', body: fault });
  await refused(journey.post(aConversation({ id: 41 })), 503);
  await fetch(awsFaults, { method: 'DELETE' });
  await journey.emitted('CallsNotTaken');
}

async function refused(call: Promise<Response>, expected: number): Promise<void> {
  const { status } = await call;
  if (status !== expected) throw new Error(`A call was answered ${status} instead of ${expected}.`);
}
