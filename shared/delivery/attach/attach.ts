import type { Lime } from '../../lime/lime.ts';
import type { ReadMetadata } from '../../lime/metadata.ts';
import { chunksFor, type Filter, isAny, type LimeRequest, PAGE_SIZE, query, readObject } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import { type AttachPlan, attachValue, type Fitting, sharedValue } from '../../mapping/plan/attach.ts';
import { type Choice, choose, fits } from '../../mapping/plan/candidates.ts';
import type { Found } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import type { Instance } from '../../mapping/settings/instance.ts';
import type { Find } from '../relations/find.ts';

/** A conversation that has no limeobject yet. */
export type Attachable = {
  draft: Draft;
  plan: Plan;
  found: Found;
  /** ISO time at which intake accepted it. */
  acceptedAt: string;
  /** Search Lime again, because the limeobject that was found has gone meanwhile. */
  isFresh: boolean;
};

/**
 * Chooses the limeobject that a conversation is attached to. Conversations that may share one are written one after the
 * other, so that the second finds what the first has made. `missing` is the name of a limeobject that Lime does not have.
 */
export type Attach = <T>(attachable: Attachable, write: (choice: Choice, missing?: string) => Promise<T>) => Promise<T>;

/** Pages that are read of one query. Only a condition that nearly every limeobject fulfils needs more. */
const MOST_PAGES = 5;

const none: Choice = { kind: 'none' };

/** Searches for a whole batch with one query. The first conversation starts it for all. */
export function createAttach(options: {
  lime: Lime;
  metadata: ReadMetadata;
  find: Find;
  drafts: readonly Draft[];
}): Attach {
  const { lime, metadata, find, drafts } = options;
  const searches = new Map<Instance, Promise<Searched>>();
  const turns = new Map<string, Promise<unknown>>();
  /** What conversations of this batch have created or reopened since the shared search. */
  const changed = new Set<string>();

  return async (attachable, write) => {
    const { plan, found } = attachable;
    const { attach, limetype } = plan;
    const named = await readNamed(lime, attachable);
    if (named !== undefined && 'choice' in named) return write(named.choice);
    const value = attach && sharedValue(attach, found);
    if (attach === undefined || value === undefined) return write(none, named?.missing);
    const key = JSON.stringify([limetype, attach.property, value]);
    const take = async () => {
      const isFresh = attachable.isFresh || changed.has(key);
      const choice = await search({ ...attachable, isFresh }, attach, value);
      if (choice.kind !== 'one' || choice.isClosed) changed.add(key);
      return write(choice, named?.missing);
    };
    const turn = (turns.get(key) ?? Promise.resolve()).then(take);
    turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  };

  async function search(attachable: Attachable, attach: AttachPlan, value: string | number): Promise<Choice> {
    const { draft, acceptedAt, isFresh } = attachable;
    try {
      const rows = (isFresh ? undefined : await shared(attachable, value)) ?? (await ask(attachable.plan, [value]));
      return choose(rows, attach, value, acceptedAt);
    } catch (error) {
      // The conversation is worth more than the right place. It becomes a limeobject of its own.
      if (isRefusal(error)) return { kind: 'refused' };
      searches.delete(draft.instance);
      throw error;
    }
  }

  /** The batch's limeobjects. Undefined if the search did not include this value. */
  async function shared({ draft, plan, found }: Attachable, value: string | number): Promise<Limeobject[] | undefined> {
    const known = searches.get(draft.instance) ?? searchAll(draft.instance, plan, found);
    searches.set(draft.instance, known);
    try {
      const { values, rows } = await known;
      return values.has(value) ? rows : undefined;
    } catch (error) {
      // Lime may have refused the value of another conversation.
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  async function searchAll(instance: Instance, plan: Plan, found: Found): Promise<Searched> {
    const limetype = (await metadata([plan.limetype])).get(plan.limetype);
    const own = plan.attach && sharedValue(plan.attach, found);
    const values = new Set(own === undefined ? [] : [own]);
    for (const draft of drafts.filter((one) => one.instance === instance)) {
      const by = plan.attach?.by;
      if (by === undefined || limetype === undefined) continue;
      // A look-up that fails is another conversation's own.
      const theirs = typeof by === 'object' ? undefined : await find(draft, {}).catch(() => undefined);
      const value =
        typeof by === 'object'
          ? attachValue(draft, limetype)
          : theirs && plan.attach && sharedValue(plan.attach, theirs);
      if (value !== undefined) values.add(value);
    }
    return { values, rows: await ask(plan, [...values]) };
  }

  async function ask({ limetype, attach }: Plan, values: readonly (string | number)[]): Promise<Limeobject[]> {
    if (attach === undefined) return [];
    const requestFor = (chunk: readonly (string | number)[], offset = 0) => requestOf(limetype, attach, chunk, offset);
    const rows: Limeobject[] = [];
    for (const chunk of chunksFor(values, requestFor)) {
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { objects } = await lime(requestFor(chunk, page * PAGE_SIZE), QueryAnswer);
        rows.push(...objects);
        if (objects.length < PAGE_SIZE) break;
      }
    }
    return rows;
  }
}

/** The limeobject that the conversation names, or its name if Lime does not have it. */
async function readNamed(
  lime: Lime,
  { plan, acceptedAt }: Attachable,
): Promise<{ choice: Choice } | { missing: string } | undefined> {
  const { limetype, attach } = plan;
  if (attach?.named === undefined) return undefined;
  if ('unknown' in attach.named) return { missing: attach.named.unknown };
  const { id } = attach.named;
  try {
    const row = await lime(readObject(limetype, id), Limeobject);
    const isClosed = attach.closed !== undefined && fits(row, attach.closed, acceptedAt);
    return { choice: { kind: 'one', id, isClosed } };
  } catch (error) {
    if (isRefusal(error)) return { missing: `${limetype}/${id}` };
    throw error;
  }
}

/** The limeobjects that share one of the values. */
type Searched = { values: ReadonlySet<string | number>; rows: Limeobject[] };

function requestOf(
  limetype: string,
  { property, open, closed, onSeveral }: AttachPlan,
  values: readonly (string | number)[],
  offset: number,
): LimeRequest {
  const fittings = [open, ...(closed === undefined ? [] : [closed])];
  const shares: Filter = { key: property, op: 'IN', exp: [...values] };
  // A fitting without conditions takes every limeobject.
  const isAsked = fittings.every(({ where }) => Object.keys(where).length > 0);
  const filter: Filter = isAsked ? { op: 'AND', exp: [shares, isAny(fittings.map(filterOf))] } : shares;
  const read = fittings.flatMap(({ where, recent }) => [...Object.keys(where), ...(recent ? [recent.property] : [])]);
  const order = onSeveral === 'oldest' ? 'ASC' : 'DESC';
  return query(limetype, [...new Set([property, ...read])], filter, offset, { order });
}

function filterOf({ where }: Fitting): Filter {
  const conditions = Object.entries(where).map(([key, values]) =>
    isAny([values].flat().map((exp): Filter => ({ key, op: '=', exp }))),
  );
  const [first] = conditions;
  return conditions.length === 1 && first !== undefined ? first : { op: 'AND', exp: conditions };
}
