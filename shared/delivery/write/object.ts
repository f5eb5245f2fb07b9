import { createHash } from 'node:crypto';
import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import { createObject, type Filter, pageSize, query, readObject, updateObject } from '../../lime/requests.ts';
import { Changed, Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import { orGone, sameText, type Writing } from './writing.ts';

/** Creates the limeobject or brings it up to date; with `look` it is searched first. */
export const writeObject = async (writing: Writing, look: boolean): Promise<{ created: boolean; id: number }> => {
  const { progress } = writing;
  if (look) await lookForObject(writing);
  if (progress.object === undefined) return { created: true, id: await create(writing) };
  return { created: false, id: await update(writing, progress.object) };
};

const lookForObject = async ({ plan, draft, progress, urlOf, lime }: Writing): Promise<void> => {
  if (progress.object !== undefined) {
    progress.object = { ...progress.object, values: '' };
    return;
  }
  const first = await identified(lime, plan);
  if (first !== undefined) progress.object = known(plan, draft, urlOf, first._id, '');
};

/** Pages that are looked at: more hold a mark only where it is the begin of thousands of others. */
const mostPages = 10;

/**
 * The limeobject of a conversation by what identifies it: best the very text, else the one of an earlier build, else
 * any that ends in the mark (what people read before it has changed); of several the first.
 */
const identified = async (lime: Writing['lime'], { limetype, identify }: Plan): Promise<Limeobject | undefined> => {
  const { property, value, marked } = identify;
  const exactly = (text: string | number): Filter => ({ key: property, op: '=', exp: text });
  const filter: Filter =
    marked === undefined
      ? exactly(value)
      : { op: 'OR', exp: [{ key: property, op: '?', exp: marked.mark }, exactly(marked.former)] };
  const found: Limeobject[] = [];
  for (let page = 0; page < mostPages && found.length === page * pageSize; page += 1) {
    // An attempt that broke off is not long ago: its limeobject is among the newest.
    found.push(...(await lime(query(limetype, [property], filter, found.length, 'DESC'), QueryAnswer)).objects);
  }
  const first = (fits: (text: unknown) => boolean) => found.findLast((one) => fits(one[property]));
  return (
    first((text) => sameText(text, value)) ??
    (marked && (first((text) => sameText(text, marked.former)) ?? first((text) => endsIn(text, marked.mark))))
  );
};

const endsIn = (text: unknown, mark: string): boolean => String(text).trim().endsWith(mark);

const create = async ({ plan, draft, found, progress, urlOf, lime }: Writing): Promise<number> => {
  const relations = relationValues(plan.relations, found);
  const answer = lime(createObject(plan.limetype, { ...plan.create, ...relations }), Limeobject);
  const { _id } = await answer.catch((error: unknown) => {
    throw namingUnmapped(error, plan.unmapped);
  });
  progress.object = known(plan, draft, urlOf, _id, hashOf({ ...plan.update, ...relations }));
  return _id;
};

/** Lime's own words are not repeated, but what it probably misses can be named. */
const namingUnmapped = (error: unknown, unmapped: readonly string[]): unknown => {
  if (!(error instanceof LimeError) || error.failure !== 'refused' || unmapped.length === 0) return error;
  const { status, retryAfterSeconds } = error;
  const message = `${error.message}; required, and not in the settings: ${unmapped.join(', ')}`;
  return new LimeError(error.failure, message, { status, retryAfterSeconds, cause: error });
};

const update = async ({ plan, found, progress, lime }: Writing, object: KnownObject): Promise<number> => {
  const values = { ...plan.update, ...relationValues(plan.relations, found) };
  const hash = hashOf(values);
  if (hash === object.values) return object.id;
  // Until this is answered nobody knows which values Lime has: a version with the old ones must be written again.
  progress.object = { ...object, values: '' };
  const isEmpty = Object.keys(values).length === 0;
  // Where there is nothing to write, a read tells whether the limeobject is still there.
  const answer = isEmpty
    ? lime(readObject(plan.limetype, object.id), Limeobject)
    : lime(updateObject(plan.limetype, object.id, values), Changed);
  await orGone(answer);
  progress.object = { ...object, values: hash };
  return object.id;
};

const known = (plan: Plan, draft: Draft, urlOf: Writing['urlOf'], id: number, values: string): KnownObject => ({
  instance: draft.instance.name,
  limetype: plan.limetype,
  id,
  url: urlOf(plan.limetype, id),
  values,
});

const hashOf = (values: Values): string => createHash('sha256').update(JSON.stringify(values)).digest('base64url');
