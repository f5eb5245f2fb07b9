import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { type BatchPorts, deliverBatch } from '../../../shared/delivery/batch.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/client.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import type { LogFields } from '../../../shared/log.ts';
import { encodeRecord } from '../../../shared/queue/envelope.ts';
import { aConversation } from '../../support/conversations.ts';
import { createRecorder } from '../../support/emitted.ts';
import { createWorld, type Fate } from '../../support/lime-world.ts';

const settings = loadSettings(new URL('../../../settings', import.meta.url).pathname);
const maxReceives = 5;
const plenty = () => 60_000;

const aRecord = (body: string, receives = 1): SQSRecord => ({
  messageId: `record-${crypto.randomUUID()}`,
  receiptHandle: `handle of ${body.length}`,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});
const origin = { organization: '108905', callId: 'call', acceptedAt: '2024-02-22T15:49:23.146Z' };
const recordOf = (id: number, receives = 1, organization = '108905'): SQSRecord =>
  aRecord(
    encodeRecord({ ...origin, organization }, JSON.stringify(aConversation({ id, contact: null }))) ?? '',
    receives,
  );

type LogLine = LogFields & { message: string };

/** A mapper's surroundings, with what it gave back, parked, logged and emitted. */
const surroundings = (schedule: readonly Fate[] = []) => {
  const world = createWorld(schedule);
  const { lime, metadata, ledger, now, fetchMedia, inTurn } = world.ports;
  const returned: number[] = [];
  const parked: { organization: string; attributes: Record<string, string> }[] = [];
  const logged: LogLine[] = [];
  const log = (message: string, fields: LogFields = {}) => void logged.push({ message, ...fields });
  const { emit, emitted } = createRecorder();
  const ports: BatchPorts = {
    openTenant: async () => ({ lime, metadata, origin: 'https://lime.example.com' }),
    settingsFor: (organization) => settingsFor(settings, organization),
    ledger,
    fetchMedia,
    inTurn,
    returnRecord: async (_handle, seconds) => void returned.push(seconds),
    parkRecord: async ({ organization, attributes }) => void parked.push({ organization, attributes }),
    log: { info: log, warn: log, error: log },
    emit,
    concurrency: 1,
    maxReceives,
    delaySeconds: (receives, retryAfter) => retryAfter ?? receives,
    now,
  };
  return { ...world, ports, returned, parked, logged, emitted };
};

let around: ReturnType<typeof surroundings>;
beforeEach(() => {
  around = surroundings();
});

describe('a batch', () => {
  it('acknowledges every record whose conversation is in Lime', async () => {
    expect(await deliverBatch([recordOf(1), recordOf(2), recordOf(3)], around.ports, plenty)).toEqual([]);
    expect(around.helpdesks.size).toBe(3);
  });

  it('gives back only the record that failed, with its delay', async () => {
    around = surroundings(['answered', 'answered', 'lost before']);
    const records = [recordOf(1), recordOf(2, 3), recordOf(3)];
    expect(await deliverBatch(records, around.ports, plenty)).toEqual([records[1]?.messageId]);
    expect(around.returned).toEqual([3]);
  });

  it('asks Lime nothing more for an organization after a sign of overload', async () => {
    around = surroundings(['answered', 'answered', 'refused for now']);
    const records = [recordOf(1), recordOf(2), recordOf(3), recordOf(4)];
    const failed = await deliverBatch(records, around.ports, plenty);
    expect(failed).toEqual(records.slice(1).map(({ messageId }) => messageId));
    expect(around.helpdesks.size).toBe(1);
    expect(await around.ports.ledger.read({ organization: '108905', conversation: '4' })).toBeUndefined();
  });

  it('sends nothing more of what is already on its way after a sign of overload', async () => {
    around = surroundings(['refused for now']);
    const tenant = await around.ports.openTenant('108905');
    let turn: Promise<unknown> = Promise.resolve();
    const oneByOne: Lime = (request, answer, sending) => {
      const asking = turn.then(() => tenant.lime(request, answer, sending));
      turn = asking.catch(() => undefined);
      return asking;
    };
    const ports = { ...around.ports, concurrency: 4, openTenant: async () => ({ ...tenant, lime: oneByOne }) };
    const records = [recordOf(1), recordOf(2), recordOf(3), recordOf(4)];
    expect(await deliverBatch(records, ports, plenty)).toHaveLength(4);
    expect(around.helpdesks.size).toBe(0);
    for (const conversation of ['1', '2', '3', '4']) {
      const entry = await around.ports.ledger.read({ organization: '108905', conversation });
      expect(entry?.unresolved ?? []).toEqual([]);
    }
  });

  it('starts nothing it has no time for, and gives that back at once', async () => {
    let left = 60_000;
    const remaining = () => {
      left -= 5_000;
      return left;
    };
    const records = Array.from({ length: 20 }, (_, index) => recordOf(index + 1));
    const failed = await deliverBatch(records, around.ports, remaining);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed.length + around.helpdesks.size).toBe(20);
    expect(new Set(around.returned)).toEqual(new Set([0]));
  });

  it('gives every record of an organization back while its Lime cannot be opened', async () => {
    const { ports } = around;
    const openTenant = async (organization: string) => {
      if (organization === '4711') throw new LimeError('denied', 'no Lime credentials are stored');
      return ports.openTenant(organization);
    };
    const records = [recordOf(1, 1, '4711'), recordOf(2)];
    expect(await deliverBatch(records, { ...ports, openTenant }, plenty)).toEqual([records[0]?.messageId]);
    expect(around.helpdesks.size).toBe(1);
  });

  it('gives a record back while the ledger is down, without asking Lime', async () => {
    const claim = async () => Promise.reject(new Error('down'));
    const ports = { ...around.ports, ledger: { ...around.ports.ledger, claim } };
    const record = recordOf(1);
    expect(await deliverBatch([record], ports, plenty)).toEqual([record.messageId]);
    expect(around.helpdesks.size).toBe(0);
  });

  it('loses nothing where a record cannot even be given back', async () => {
    around = surroundings(['lost before']);
    const returnRecord = async () => Promise.reject(new Error('down'));
    const record = recordOf(1);
    expect(await deliverBatch([record], { ...around.ports, returnRecord }, plenty)).toEqual([record.messageId]);
  });
});

describe('a record', () => {
  it.each([
    { title: 'that is no JSON', body: 'hello' },
    { title: 'of another version', body: '{"v":2}' },
    { title: 'that holds no conversation', body: encodeRecord(origin, '{"id":-1}') ?? '' },
  ])('$title is parked with its reason', async ({ body }) => {
    expect(await deliverBatch([aRecord(body)], around.ports, plenty)).toEqual([]);
    expect(around.parked).toMatchObject([{ attributes: { step: 'decode', reason: expect.stringContaining('not a') } }]);
  });

  it('that cannot be parked comes again', async () => {
    const parkRecord = async () => Promise.reject(new Error('down'));
    const record = aRecord('hello');
    expect(await deliverBatch([record], { ...around.ports, parkRecord }, plenty)).toEqual([record.messageId]);
  });

  it.each<{ title: string; schedule: Fate[]; remaining: () => number; step: string }>([
    { title: 'Lime failed', schedule: ['lost before'], remaining: plenty, step: 'object' },
    { title: 'there was no time', schedule: [], remaining: () => 1_000, step: 'start' },
  ])('is parked at its last receive where $title, so that the DLQ knows why', async ({ schedule, remaining, step }) => {
    around = surroundings(schedule);
    expect(await deliverBatch([recordOf(1, maxReceives)], around.ports, remaining)).toEqual([]);
    expect(around.parked).toMatchObject([
      { organization: '108905', attributes: { step, conversation: '1', reason: expect.stringMatching(/^given up/) } },
    ]);
    const entry = await around.ports.ledger.read({ organization: '108905', conversation: '1' });
    expect(entry).toMatchObject({ outcome: 'parked', reason: expect.stringMatching(/^given up/) });
  });

  it('of a conversation that no instance takes is parked, and its link says why', async () => {
    const [first] = settingsFor(settings, '108905').instances;
    if (first === undefined) throw new Error('no instance');
    const onlyOrders = { ...settingsFor(settings, '108905'), instances: [{ ...first, topics: ['Orders'] }] };
    await deliverBatch([recordOf(1)], { ...around.ports, settingsFor: () => onlyOrders }, plenty);
    expect(around.parked).toMatchObject([{ attributes: { step: 'plan', conversation: '1' } }]);
    expect(await around.ports.ledger.read({ organization: '108905', conversation: '1' })).toMatchObject({
      outcome: 'parked',
    });
  });
});

describe('the metrics of a batch', () => {
  it('count what Lime has by what was done for it, and the seconds since it was accepted', async () => {
    const now = Date.parse(origin.acceptedAt) + 2_500;
    const ports = { ...around.ports, now: () => now };
    await deliverBatch([recordOf(1), recordOf(2), recordOf(1)], ports, plenty);
    expect(around.emitted).toEqual({ 'Delivered created': [1, 1], 'Delivered unchanged': [1], TimeToLime: [2.5, 2.5] });
  });

  it('never count a negative time where the clock of intake is ahead', async () => {
    const ports = { ...around.ports, now: () => Date.parse(origin.acceptedAt) - 40 };
    await deliverBatch([recordOf(1)], ports, plenty);
    expect(around.emitted.TimeToLime).toEqual([0]);
  });

  it('count every record that goes back, tried or not', async () => {
    around = surroundings(['answered', 'answered', 'refused for now']);
    const failed = await deliverBatch([recordOf(1), recordOf(2), recordOf(3)], around.ports, plenty);
    expect(failed).toHaveLength(2);
    expect(around.emitted).toMatchObject({ Returned: [1, 1], 'Delivered created': [1] });
  });

  it.each<{ step: string; record: SQSRecord; schedule?: Fate[]; remaining?: () => number }>([
    { step: 'decode', record: aRecord('hello') },
    { step: 'start', record: recordOf(1, maxReceives), remaining: () => 1_000 },
    { step: 'object', record: recordOf(1, maxReceives), schedule: ['lost before'] },
    { step: 'note', record: recordOf(1, maxReceives), schedule: ['answered', 'lost before'] },
  ])('count what was parked at $step', async ({ step, record, schedule = [], remaining = plenty }) => {
    around = surroundings(schedule);
    await deliverBatch([record], around.ports, remaining);
    expect(around.emitted).toEqual({ [`Parked ${step}`]: [1] });
  });

  it('count nothing as parked that the DLQ did not take', async () => {
    const parkRecord = async () => Promise.reject(new Error('down'));
    await deliverBatch([aRecord('hello')], { ...around.ports, parkRecord }, plenty);
    expect(around.emitted).toEqual({ Returned: [1] });
  });
});

describe('the log line of a record', () => {
  const ids = {
    callId: 'call',
    organization: '108905',
    conversation: '1',
    recordId: expect.stringMatching(/^record-/),
  };
  const seconds = expect.any(Number);

  it.each<{
    title: string;
    record: SQSRecord;
    schedule?: Fate[];
    remaining?: () => number;
    line: Record<string, unknown>;
  }>([
    {
      title: 'that is delivered',
      record: recordOf(1),
      line: { message: 'delivered', receiveCount: 1, outcome: 'created', limeobject: 1_001, seconds },
    },
    {
      title: 'that was tried',
      record: recordOf(1, 3),
      schedule: ['refused for now'],
      line: {
        message: 'retrying',
        receiveCount: 3,
        failure: 'overloaded',
        status: 429,
        limetype: 'helpdesk',
        reason: 'asks for quiet',
        retryInSeconds: 3,
        seconds,
      },
    },
    {
      title: 'that was not tried',
      record: recordOf(1),
      remaining: () => 1_000,
      line: {
        message: 'retrying',
        receiveCount: 1,
        step: 'start',
        limetype: 'helpdesk',
        reason: 'no batch had time for it',
        retryInSeconds: 0,
        seconds,
      },
    },
    {
      title: 'that is parked',
      record: recordOf(1, maxReceives),
      schedule: ['refused for now'],
      line: {
        message: 'parked',
        receiveCount: maxReceives,
        step: 'object',
        failure: 'overloaded',
        status: 429,
        limetype: 'helpdesk',
        reason: expect.stringMatching(/^given up/),
        seconds,
      },
    },
  ])('$title names it and says what became of it', async ({ record, schedule = [], remaining = plenty, line }) => {
    around = surroundings(schedule);
    await deliverBatch([record], around.ports, remaining);
    expect(around.logged).toEqual([{ ...ids, ...line }]);
  });

  it('that was not tried for an overload names that, and its own ids', async () => {
    around = surroundings(['refused for now']);
    await deliverBatch([recordOf(2), recordOf(1)], around.ports, plenty);
    expect(around.logged[1]).toMatchObject({
      ...ids,
      message: 'retrying',
      step: 'start',
      failure: 'overloaded',
      status: 429,
    });
  });

  it('of a conversation that does not decode has what its envelope tells', async () => {
    await deliverBatch([aRecord(encodeRecord(origin, '{"id":-1}') ?? '')], around.ports, plenty);
    expect(around.logged).toMatchObject([{ message: 'parked', callId: 'call', organization: '108905', seconds }]);
  });
});
