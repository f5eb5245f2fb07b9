import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import { createObject, type Filter, PAGE_SIZE, query } from '../../lime/requests.ts';
import { Limeobject, QueryAnswer } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import type { Plan } from '../../mapping/plan/plan.ts';
import { relationNames } from '../../mapping/settings/relation.ts';
import { asWritten, linksIn, linksOf } from './links.ts';
import { hashOf, update, type Written } from './update.ts';
import { sameText, type Writing } from './writing.ts';

/** Creates the limeobject or brings it up to date; with `look` it is searched first. */
export const writeObject = async (writing: Writing, look: boolean): Promise<Written> => {
  const { progress, found } = writing;
  if (progress.isOlder && progress.object !== undefined) {
    return { created: false, id: progress.object.id, found, kept: [] };
  }
  if (look) await lookForObject(writing);
  if (progress.object === undefined) return { created: true, id: await create(writing), found, kept: [] };
  return update(writing, progress.object);
};

const lookForObject = async ({ plan, draft, progress, urlOf, lime }: Writing): Promise<void> => {
  if (progress.object !== undefined) {
    progress.object = { ...progress.object, values: '' };
    return;
  }
  const first = await identified(lime, plan);
  if (first === undefined) return;
  // An earlier attempt has made it a moment ago: what it is linked to was written by that one.
  const links = asWritten(linksIn(plan.relations, first));
  progress.object = { ...known(plan, draft, urlOf, first._id, ''), links };
};

/** Pages that are looked at: more hold a mark only where it is the begin of thousands of others. */
const mostPages = 10;

/**
 * The limeobject of a conversation by what identifies it: best the very text, else the one of an earlier build, else
 * any that ends in the mark (what people read before it has changed); of several the first.
 */
const identified = async (
  lime: Writing['lime'],
  { limetype, identify, relations }: Plan,
): Promise<Limeobject | undefined> => {
  const { property, value, marked } = identify;
  const properties = [property, ...relationNames.flatMap((relation) => relations[relation] ?? [])];
  const exactly = (text: string | number): Filter => ({ key: property, op: '=', exp: text });
  const filter: Filter =
    marked === undefined
      ? exactly(value)
      : { op: 'OR', exp: [{ key: property, op: '?', exp: marked.mark }, exactly(marked.former)] };
  const found: Limeobject[] = [];
  for (let page = 0; page < mostPages && found.length === page * PAGE_SIZE; page += 1) {
    // An attempt that broke off is not long ago: its limeobject is among the newest.
    const request = query(limetype, properties, filter, found.length, { order: 'DESC' });
    found.push(...(await lime(request, QueryAnswer)).objects);
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
  const links = asWritten(linksOf(plan.relations, found));
  progress.object = { ...known(plan, draft, urlOf, _id, hashOf({ ...plan.update, ...relations })), links };
  return _id;
};

/** Lime's own words are not repeated, but what it probably misses can be named. */
const namingUnmapped = (error: unknown, unmapped: readonly string[]): unknown => {
  if (!(error instanceof LimeError) || error.failure !== 'refused' || unmapped.length === 0) return error;
  const { status, retryAfterSeconds } = error;
  const message = `${error.message}; required, and not in the settings: ${unmapped.join(', ')}`;
  return new LimeError(error.failure, message, { status, retryAfterSeconds, cause: error });
};

const known = (plan: Plan, draft: Draft, urlOf: Writing['urlOf'], id: number, values: string): KnownObject => ({
  instance: draft.instance.name,
  limetype: plan.limetype,
  id,
  url: urlOf(plan.limetype, id),
  values,
});
