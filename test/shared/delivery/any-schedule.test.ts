import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type * as z from 'zod';
import { deliver, type Job, type Ports } from '../../../shared/delivery/deliver.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/client.ts';
import type { LimeRequest } from '../../../shared/lime/requests.ts';
import { LimetypeAnswer } from '../../../shared/lime/wire.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { loadSettings, settingsFor } from '../../../shared/settings.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createMemoryLedger } from '../../support/memory-ledger.ts';

/** What may happen to one request to Lime. */
type Fate = 'answered' | 'lost before' | 'lost after' | 'refused for now' | 'killed before' | 'killed after';
const fates = fc.constantFrom<Fate>(
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);

/** The mapper's process has ended: nothing it was about to do happens any more. */
class Killed extends Error {}

const lease = 90_000;

/** A Lime with helpdesks and notes only, that meets each request with the next fate of a schedule. */
const createWorld = (schedule: readonly Fate[]) => {
  const helpdesks = new Map<number, Record<string, unknown>>();
  const notes: Record<string, unknown>[] = [];
  const left = [...schedule];
  let clock = 1_700_000_000_000;

  const property = (name: string, type: string, length?: number) => ({ name, type, length });
  const limetypes = new Map(
    [
      [
        'helpdesk',
        [property('title', 'string', 128), property('description', 'text', 1_024), property('email', 'link', 100)],
      ],
      ['history', [property('note', 'text', 400), property('helpdesk', 'belongsto'), property('date', 'time')]],
      ['person', []],
      ['coworker', []],
    ].map(([name, properties]) => {
      const limetype = LimetypeAnswer.parse({ name, _embedded: { properties } });
      return [limetype.name, limetype] as const;
    }),
  );

  const carryOut = ({ method, path, body, id }: LimeRequest): unknown => {
    const limetype = /limeobject\/(\w+)\//.exec(path)?.[1];
    if (limetype === 'helpdesk' && method === 'POST') {
      const created = { ...body, _id: 1_001 + helpdesks.size };
      helpdesks.set(created._id, created);
      return created;
    }
    if (limetype === 'helpdesk') {
      const known = helpdesks.get(id ?? 0);
      if (known === undefined) throw new LimeError('gone', 'no such helpdesk');
      return Object.assign(known, body);
    }
    if (limetype === 'history') {
      notes.push({ ...body, _id: 1_001 + notes.length });
      return notes.at(-1);
    }
    const { limetype: searched, filter } = JSON.parse(new URL(`http://lime${path}`).searchParams.get('q') ?? '{}');
    const all = searched === 'helpdesk' ? [...helpdesks.values()] : notes;
    return { objects: all.filter((one) => one[filter.key] === filter.exp) };
  };

  const lime: Lime = async (request, answer, sending) => {
    const fate = left.shift() ?? 'answered';
    const isCreate = request.method === 'POST';
    await sending?.before?.();
    if (fate === 'killed before') throw new Killed();
    if (fate === 'refused for now') throw new LimeError('overloaded', '429');
    if (fate === 'lost before') throw new LimeError(isCreate ? 'unclear' : 'unavailable', 'reset');
    const result = carryOut(request);
    if (fate === 'killed after') throw new Killed();
    if (fate === 'lost after') throw new LimeError(isCreate ? 'unclear' : 'unavailable', 'reset');
    return parsed(answer, result);
  };

  const now = () => clock;
  const ports: Ports = {
    lime,
    ledger: createMemoryLedger({ lease, now }),
    metadata: async () => limetypes,
    find: async () => ({ person: { kind: 'none' }, coworker: { kind: 'none' } }),
    urlOf: (limetype, id) => `https://lime.example.com/${limetype}/${id}`,
    park: async () => {
      throw new Error('nothing is to be parked');
    },
    delay: () => 1,
    unsettled: () => undefined,
    now,
  };
  return {
    ports,
    helpdesks,
    notes,
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
};

const parsed = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => schema.parse(value);

const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
const jobOf = (messages: number, bodies = messages): Job => {
  const conversation = Conversation.parse(
    aConversation({
      contact: { email: `ada${messages}@example.org` },
      transcript: Array.from({ length: messages }, (_, index) =>
        aMessage({
          id: `1.1.${index}`,
          body: `Message number ${index}${index < bodies ? '.' : ', edited.'} ${'word '.repeat(index * 5)}`,
        }),
      ),
      updated_at: new Date(Date.UTC(2024, 1, messages)).toISOString(),
    }),
  );
  return {
    organization: '108905',
    conversation: String(conversation.id),
    callId: 'call',
    draft: toDraft(conversation, settings),
    acceptedAt: '2024-02-22T15:49:23.146Z',
    lastTry: false,
  };
};

/** Takes the record up again until it is acknowledged, as the queue does. */
const deliverUntilDone = async (job: Job, { ports, pass }: ReturnType<typeof createWorld>): Promise<void> => {
  for (let receive = 0; receive < 200; receive += 1) {
    try {
      const delivery = await deliver(job, ports);
      if (delivery.outcome !== 'retry') return;
      pass(1_000 * delivery.seconds);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      pass(lease);
    }
  }
  throw new Error('never delivered');
};

describe('one conversation, whatever happens to its requests', () => {
  let job: Job;
  beforeAll(() => {
    job = jobOf(12);
  });

  it('becomes one limeobject, with every message once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fates, { maxLength: 12 }), async (schedule) => {
        const world = createWorld(schedule);
        await deliverUntilDone(job, world);

        expect(world.helpdesks.size).toBe(1);
        const text = world.notes.map(({ note }) => note).join('\n');
        const numbers = [...text.matchAll(/Message number (\d+)/g)].map(([, number]) => Number(number));
        expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index));
        expect(await world.ports.ledger.read(job)).toMatchObject({ outcome: 'delivered', unresolved: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('becomes one limeobject also where several versions of it arrive in any order, twice each', async () => {
    const versions = [jobOf(4), jobOf(8), jobOf(12)];
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fates, { maxLength: 12 }), async (order, schedule) => {
        const world = createWorld(schedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? job, world);

        expect(world.helpdesks.size).toBe(1);
        const text = world.notes.map(({ note }) => note).join('\n');
        expect(new Set([...text.matchAll(/Message number (\d+)/g)].map(([, number]) => number)).size).toBe(12);
        expect(await world.ports.ledger.read(job)).toMatchObject({ outcome: 'delivered' });
      }),
      { numRuns: 300 },
    );
  });

  it('is made anew, whole and once, after its limeobject has vanished from Lime', async () => {
    const world = createWorld([]);
    await deliverUntilDone(jobOf(4), world);
    world.helpdesks.clear();
    world.notes.length = 0;
    await deliverUntilDone(jobOf(6), world);
    expect(world.helpdesks.size).toBe(1);
    expect(world.notes.map(({ note }) => note).join('\n')).toContain('Message number 0');
    expect(world.notes.map(({ note }) => note).join('\n')).toContain('Message number 5');
  });
});
