import { createHash } from 'node:crypto';
import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import { readObject, updateObject } from '../../lime/requests.ts';
import { Changed, Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { type Found, relationValues } from '../../mapping/plan/found.ts';
import { relationNames } from '../../mapping/settings/relation.ts';
import {
  asWritten,
  changeLinks,
  isWritten,
  type KeptLink,
  type Links,
  linksIn,
  linksOf,
  type WrittenLinks,
  writtenLinks,
} from './links.ts';
import { orGone, type Writing } from './writing.ts';

/** The limeobject as it is now: `found` is what it is linked to, `kept` tells of links that stay as they were. */
export type Written = { created: boolean; id: number; found: Found; kept: Omission[] };

/** Brings the known limeobject up to date. */
export async function update(writing: Writing, object: KnownObject): Promise<Written> {
  const { plan, found, progress, lime, record } = writing;
  const { id } = object;
  const hash = hashOf({ ...plan.update, ...relationValues(plan.relations, found) });
  if (hash === object.values) return { created: false, id, found, kept: [] };

  const wanted = linksOf(plan.relations, found);
  const { links, kept, written, isRead } = await changeOf(writing, object, wanted);
  const values = { ...plan.update, ...links };
  // Until this is answered nobody knows which values Lime has: a version with the old ones must be written again.
  progress.object = { ...object, values: '', links: { ...written, ...eitherOf(written, links) } };
  if (Object.keys(links).length > 0) await record(progress.object);
  const isEmpty = Object.keys(values).length === 0;
  // Where there is nothing to write, a read tells whether the limeobject is still there.
  if (!isEmpty) await orGone(lime(updateObject(plan.limetype, id, values), Changed));
  else if (!isRead) await orGone(lime(readObject(plan.limetype, id), Limeobject));

  const stays = new Set(kept.map(({ property }) => property));
  const current = Object.fromEntries(Object.entries(wanted).filter(([property]) => !stays.has(property)));
  // A link that stays is compared again with each version: the note has to tell what it is.
  progress.object = { ...object, values: kept.length > 0 ? '' : hash, links: { ...written, ...asWritten(current) } };
  return { created: false, id, found: foundAfter(found, kept), kept: kept.map(omissionOf) };
}

type Change = { links: Links; kept: KeptLink[]; written: WrittenLinks; isRead: boolean };

/** What to change of the links. Lime is read where they are to change: a coworker may have changed them by hand. */
async function changeOf({ plan, draft, lime }: Writing, object: KnownObject, wanted: Links): Promise<Change> {
  const { limetype, relations, requiredRelations: required } = plan;
  const known = writtenLinks(relations, object);
  if (known !== undefined && isWritten(wanted, known)) return { links: {}, kept: [], written: known, isRead: false };
  const there = linksIn(relations, await orGone(lime(readObject(limetype, object.id), Limeobject)));
  const written = known ?? asWritten(there);
  for (const relation of relationNames) {
    const property = relations[relation] ?? '';
    const related = draft.instance.relations[relation]?.limetype;
    const last = written[property] ?? [];
    const [id] = last;
    const isEmptied = there[property] === null && wanted[property] !== null && !last.includes(null);
    if (!isEmptied || related === undefined || id == null) continue;
    // Lime empties a link whose limeobject is deleted: nobody has changed it by hand.
    if (await isGone(lime, related, id)) written[property] = [...last, null];
  }
  const { values, kept } = changeLinks({ relations, wanted, written, there, required });
  return { links: values, kept, written, isRead: true };
}

async function isGone(lime: Writing['lime'], limetype: string, id: number): Promise<boolean> {
  try {
    await lime(readObject(limetype, id), Limeobject);
    return false;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') return true;
    throw error;
  }
}

/** Until Lime has answered, both what was written before and what is written now may be there. */
function eitherOf(written: WrittenLinks, links: Links): WrittenLinks {
  return Object.fromEntries(
    Object.entries(links).map(([property, id]) => [property, [...new Set([...(written[property] ?? []), id])]]),
  );
}

/** What the limeobject is linked to where some of its links stay. */
function foundAfter(found: Found, kept: readonly KeptLink[]): Found {
  const after = { ...found };
  for (const { relation, id } of kept) after[relation] = id === null ? { kind: 'none' } : { kind: 'one', id };
  return after;
}

const omissionOf = ({ relation, reason }: KeptLink): Omission => ({
  path: `relations.${relation}`,
  message: `${relation}, which ${reason === 'by hand' ? 'was changed in Lime' : 'cannot be emptied'}`,
  rule: reason === 'by hand' ? 'changedByHand' : 'notEmptied',
  link: relation,
});

export const hashOf = (values: Values): string =>
  createHash('sha256').update(JSON.stringify(values)).digest('base64url');
