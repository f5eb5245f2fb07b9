import { createHash } from 'node:crypto';
import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import { createObject, query, readObject, updateObject } from '../../lime/requests.ts';
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
  const { property, value } = plan.identify;
  const filter = { key: property, op: '=' as const, exp: value };
  const { objects } = await lime(query(plan.limetype, [property], filter), QueryAnswer);
  const [first] = objects.filter((object) => sameText(object[property], value));
  if (first !== undefined) progress.object = known(plan, draft, urlOf, first._id, '');
};

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
