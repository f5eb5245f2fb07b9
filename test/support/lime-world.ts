import type * as z from 'zod';
import type { Ports } from '../../shared/delivery/deliver.ts';
import { LimeError } from '../../shared/errors.ts';
import type { Lime } from '../../shared/lime/client.ts';
import type { LimeRequest } from '../../shared/lime/requests.ts';
import { LimetypeAnswer } from '../../shared/lime/wire.ts';
import { createMemoryLedger } from './memory-ledger.ts';

/** What may happen to one request to Lime. */
export type Fate = 'answered' | 'lost before' | 'lost after' | 'refused for now' | 'killed before' | 'killed after';

/** The mapper's process has ended: nothing it was about to do happens any more. */
export class Killed extends Error {}

export const lease = 90_000;

/** A Lime with helpdesks and notes only, that meets each request with the next fate of a schedule. */
export const createWorld = (schedule: readonly Fate[]) => {
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
    if (fate === 'refused for now') throw new LimeError('overloaded', 'asks for quiet', { status: 429 });
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
    find: async () => ({ person: { kind: 'none' }, company: { kind: 'none' }, coworker: { kind: 'none' } }),
    ensure: async (_job, plan, found) => ({ plan, found }),
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
