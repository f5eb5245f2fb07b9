import * as z from 'zod';
import type { DeliveryDeps } from '../../shared/delivery/deliver.ts';
import { deliver } from '../../shared/delivery/deliver.ts';
import type { Job } from '../../shared/delivery/record.ts';
import { LimeError } from '../../shared/errors.ts';
import type { Starts } from '../../shared/ledger/starts.ts';
import { compose, type Lime } from '../../shared/lime/lime.ts';
import { keepLease } from '../../shared/lime/pipeline/lease.ts';
import type { Filter, LimeRequest } from '../../shared/lime/requests.ts';
import { LimetypeAnswer } from '../../shared/lime/wire.ts';
import type { FetchMedia } from '../../shared/media/fetch-media.ts';
import { createConcurrencyLimit } from '../../shared/media/limit-concurrency.ts';
import { createMemoryLedger } from './memory-ledger.ts';

/** What may happen to one request to Lime, or for a file of a conversation. */
export type Fate = 'answered' | 'lost before' | 'lost after' | 'refused for now' | 'killed before' | 'killed after';

/** The mapper's process has ended: nothing it was about to do happens any more. */
export class Killed extends Error {}

export const lease = 90_000;

type Row = Record<string, unknown> & { _id: number };

const filterIn = z.object({ limetype: z.string(), filter: z.custom<Filter>(), offset: z.int().default(0) });

/** A Lime with helpdesks and what hangs on them, that meets each request with the next fate of a schedule. */
export function createWorld(schedule: readonly Fate[]) {
  const helpdesks = new Map<number, Record<string, unknown>>();
  const notes: Row[] = [];
  const rows: Row[] = [];
  const documents: Row[] = [];
  const todos: Row[] = [];
  /** The only person. */
  const person: Row = { _id: 1_001, phone: '', position: 'Buyer' };
  const files: { name: string; text: string }[] = [];
  const asked: string[] = [];
  const left = [...schedule];
  let clock = Date.UTC(2024, 2, 1);
  let lastHelpdesk = 1_000;

  const property = (name: string, type: string, length?: number) => ({ name, type, length });
  const helpdesk = property('helpdesk', 'belongsto');
  const limetypes = new Map(
    [
      [
        'helpdesk',
        [property('title', 'string', 128), property('description', 'text', 1_024), property('email', 'link', 100)],
      ],
      ['history', [property('note', 'text', 400), helpdesk, property('date', 'time')]],
      ['ulconversation', [property('conversationid', 'integer'), helpdesk]],
      ['document', [property('ul_messageid', 'text', 40), property('document', 'file'), helpdesk]],
      ['todo', [property('subject', 'string', 128), helpdesk, property('endtime', 'time')]],
      ['person', [property('phone', 'phone', 32), property('position', 'string', 32)]],
      ['coworker', []],
    ].map(([name, properties]) => {
      const limetype = LimetypeAnswer.parse({ name, _embedded: { properties } });
      return [limetype.name, limetype] as const;
    }),
  );
  const beside: Record<string, Row[]> = { history: notes, ulconversation: rows, document: documents, todo: todos };

  const carryOut = ({ method, path, body, file, id }: LimeRequest): unknown => {
    if (file !== undefined) {
      files.push({ name: file.name, text: new TextDecoder().decode(file.bytes) });
      return { id: 1_000 + files.length };
    }
    const limetype = /limeobject\/(\w+)\//.exec(path)?.[1] ?? '';
    if (limetype === 'helpdesk' && method === 'POST') {
      lastHelpdesk += 1;
      const created = { ...body, _id: lastHelpdesk };
      helpdesks.set(created._id, created);
      return created;
    }
    if (limetype === 'helpdesk') {
      const known = helpdesks.get(id ?? 0);
      if (known === undefined) throw new LimeError('gone', 'no such helpdesk');
      return Object.assign(known, body);
    }
    if (limetype === 'person') return Object.assign(person, body);
    const all = beside[limetype];
    if (all !== undefined) {
      all.push({ ...body, _id: 1_001 + all.length });
      return all.at(-1);
    }
    const q = filterIn.parse(JSON.parse(new URL(`http://lime${path}`).searchParams.get('q') ?? '{}'));
    const searched = q.limetype === 'helpdesk' ? [...helpdesks.values()] : (beside[q.limetype] ?? []);
    return { objects: searched.filter((one) => fits(one, q.filter)).slice(q.offset) };
  };

  const lime: Lime = async (request, schema) => {
    asked.push(`${request.method} ${request.path.split('?')[0]}`);
    const fate = left.shift() ?? 'answered';
    const lost = request.method === 'GET' ? 'unavailable' : 'unclear';
    if (fate === 'killed before') throw new Killed();
    if (fate === 'refused for now') throw new LimeError('overloaded', 'asks for quiet', { status: 429 });
    if (fate === 'lost before') throw new LimeError(lost, 'reset');
    const result = carryOut(request);
    if (fate === 'killed after') throw new Killed();
    if (fate === 'lost after') throw new LimeError(lost, 'reset');
    return parsed(schema, result);
  };

  const fetchMedia: FetchMedia = async (url) => {
    const fate = left.shift() ?? 'answered';
    if (fate.startsWith('killed')) throw new Killed();
    if (fate !== 'answered') return { ok: false, reason: fate === 'refused for now' ? 'wrongType' : 'noAnswer' };
    return { ok: true, name: 'file.txt', bytes: Buffer.from(`file of ${url}`), contentType: 'text/plain' };
  };

  const now = () => clock;
  const deps: DeliveryDeps & { ledger: Starts } = {
    limeFor: limeOver(lime),
    fetchMedia,
    limitConcurrency: createConcurrencyLimit(1),
    ledger: createMemoryLedger({ lease, now }),
    metadata: async () => limetypes,
    find: async () => ({ person: { kind: 'none' }, company: { kind: 'none' }, coworker: { kind: 'none' } }),
    attach: async (_attachable, write) => write({ kind: 'none' }),
    findOrCreate: async (_job, plan, found) => ({ plan, found }),
    urlOf: (limetype, id) => `https://lime.example.com/${limetype}/${id}`,
    park: async () => {
      throw new Error('nothing is to be parked');
    },
    delay: () => 1,
    unsettled: () => undefined,
    now,
  };
  return {
    deps,
    lime,
    helpdesks,
    notes,
    rows,
    documents,
    todos,
    person,
    files,
    /** Requests to Lime, those that got lost included. */
    asked,
    /** What the next requests meet. */
    meet: (fates: readonly Fate[]) => void left.push(...fates),
    pass: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

/** Lime for claims: a claim is extended before its request leaves. */
export function limeOver(lime: Lime): DeliveryDeps['limeFor'] {
  return (extendLease) => compose([keepLease(extendLease)], lime);
}

function fits(row: Record<string, unknown>, filter: Filter): boolean {
  if (filter.op === 'AND') return filter.exp.every((one) => fits(row, one));
  if (filter.op === 'OR') return filter.exp.some((one) => fits(row, one));
  if (filter.op === '?') return String(row[filter.key]).includes(filter.exp);
  return 'key' in filter && row[filter.key] === filter.exp;
}

export type World = ReturnType<typeof createWorld>;

/** Takes the record up again until it is acknowledged, as the queue does. */
export async function deliverUntilDone(job: Job, { deps, pass }: World): Promise<void> {
  for (let receive = 0; receive < 200; receive += 1) {
    try {
      const delivery = await deliver(job, deps);
      if (delivery.outcome !== 'retry') return;
      pass(1_000 * delivery.seconds);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      pass(lease);
    }
  }
  throw new Error('never delivered');
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  return schema.parse(value);
}
