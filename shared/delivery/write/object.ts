import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { LimeError } from '../errors.ts';
import type { Delivered, KnownObject } from '../ledger/states.ts';
import { createObject, type LimeRequest, pageSize, query, readObject, updateObject } from '../lime/requests.ts';
import { Changed, Limeobject, QueryAnswer } from '../lime/wire.ts';
import type { Draft } from '../mapping/draft.ts';
import { remarksFor } from '../mapping/notes/head.ts';
import { missingNotes, newEntries, toNotes } from '../mapping/notes/note.ts';
import type { Values } from '../mapping/plan/convert.ts';
import { type Found, relationValues } from '../mapping/plan/found.ts';
import type { Plan } from '../mapping/plan/plan.ts';

/** How far an attempt has come; changed in place, so that it can be settled wherever it ends. */
export type Progress = {
  step: 'plan' | 'lookup' | 'object' | 'note';
  object: KnownObject | undefined;
  delivered: Pick<Delivered, 'written'> | undefined;
  /** Something is in Lime, or may be, that is not yet recorded: the next attempt must look before it writes. */
  partial: boolean;
};

/** The known limeobject is not in Lime any more. */
export class ObjectGone extends Error {
  override readonly name = 'ObjectGone';
}

/** Sends a request in the name of the claim. */
type Send = <S extends z.ZodType>(request: LimeRequest, answer: S) => Promise<z.output<S>>;

type Writing = {
  plan: Plan;
  draft: Draft;
  found: Found;
  progress: Progress;
  urlOf: (limetype: string, id: number) => string;
  lime: Send;
};

/** Writes the limeobject, then its notes; with `look` only what Lime does not have yet. True when it created the object. */
export const createWriter =
  (writing: Writing) =>
  async (look: boolean): Promise<boolean> => {
    const { progress } = writing;
    progress.step = 'object';
    if (look) await lookForObject(writing);
    const created = progress.object === undefined;
    if (created) await create(writing);
    else await update(writing);
    progress.step = 'note';
    await writeNotes(writing, look);
    return created;
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

/** Lime's database compares texts without case and trailing blanks. */
const sameText = (one: unknown, other: string | number): boolean =>
  String(one).trim().toLowerCase() === String(other).trim().toLowerCase();

const create = async ({ plan, draft, found, progress, urlOf, lime }: Writing): Promise<void> => {
  const relations = relationValues(plan.relations, found);
  const { _id } = await lime(createObject(plan.limetype, { ...plan.create, ...relations }), Limeobject);
  progress.object = known(plan, draft, urlOf, _id, hashOf({ ...plan.update, ...relations }));
};

const update = async ({ plan, found, progress, lime }: Writing): Promise<void> => {
  const { object } = progress;
  const values = { ...plan.update, ...relationValues(plan.relations, found) };
  const hash = hashOf(values);
  if (object === undefined || hash === object.values) return;
  // Until this is answered nobody knows which values Lime has: a version with the old ones must be written again.
  progress.object = { ...object, values: '' };
  const isEmpty = Object.keys(values).length === 0;
  // Where there is nothing to write, a read tells whether the limeobject is still there.
  const answer = isEmpty
    ? lime(readObject(plan.limetype, object.id), Limeobject)
    : lime(updateObject(plan.limetype, object.id, values), Changed);
  await orGone(answer);
  progress.object = { ...object, values: hash };
};

const writeNotes = async (writing: Writing, look: boolean): Promise<void> => {
  const { plan, draft, found, progress, lime } = writing;
  const { object } = progress;
  if (object === undefined) return;
  const written = progress.delivered?.written;
  const entries = newEntries(draft.entries, written ?? '');
  if (written === undefined || entries.length > 0) {
    const { history } = plan;
    const content = {
      conversation: plan.conversation,
      head: [...plan.head, ...remarksFor(plan, found)],
      entries,
      continued: written !== undefined,
      length: history.length,
    };
    const notes = look
      ? missingNotes(content, draft.entries, written ?? '', await notesIn(writing, object.id))
      : toNotes(content);
    const values = { ...history.values, ...relationValues(history.relations, found), [history.relation]: object.id };
    for (const { text } of notes) {
      await whileThere(
        writing,
        object.id,
        lime(createObject(history.limetype, { ...values, [history.note]: text }), Limeobject),
      );
      progress.partial = true;
    }
  }
  progress.delivered = { written: (written ?? '') + entries.map((entry) => entry.digest).join('') };
};

/** The notes the limeobject has. */
const notesIn = async ({ plan: { history }, lime }: Writing, id: number): Promise<string[]> => {
  const notes: string[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const filter = { key: history.relation, op: '=' as const, exp: id };
    const { objects } = await lime(query(history.limetype, [history.note], filter, offset), QueryAnswer);
    notes.push(...objects.flatMap((object) => object[history.note] ?? []).filter((note) => typeof note === 'string'));
    if (objects.length < pageSize) return notes;
  }
};

/** A note that is refused may hang on a limeobject that has vanished: a read tells. */
const whileThere = async <T>({ plan, lime }: Writing, id: number, writing: Promise<T>): Promise<T> => {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof LimeError && (error.failure === 'refused' || error.failure === 'gone')) {
      await orGone(lime(readObject(plan.limetype, id), Limeobject));
    }
    throw error;
  }
};

const orGone = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') {
      throw new ObjectGone('the limeobject is gone from Lime', { cause: error });
    }
    throw error;
  }
};

const known = (plan: Plan, draft: Draft, urlOf: Writing['urlOf'], id: number, values: string): KnownObject => ({
  instance: draft.instance.name,
  limetype: plan.limetype,
  id,
  url: urlOf(plan.limetype, id),
  values,
});

const hashOf = (values: Values): string => createHash('sha256').update(JSON.stringify(values)).digest('base64url');
