import { hash } from 'node:crypto';
import { LimeError } from '../../errors.ts';
import type { KnownObject } from '../../ledger/states.ts';
import type { Lime } from '../../lime/lime.ts';
import { readObject, updateObject } from '../../lime/requests.ts';
import { Changed, Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { type Found, relationValues } from '../../mapping/plan/found.ts';
import { relationNames } from '../../mapping/settings/relation.ts';
import { type ObjectContext, throwIfGone } from './context.ts';
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

import { eitherValue, withoutChanged, writtenIn } from './unless-changed.ts';

/** The limeobject as it is now, its matches, and the links that stay as they were. */
export type WrittenObject = { created: boolean; object: KnownObject; found: Found; kept: Omission[] };

/** Brings the known limeobject up to date. */
export async function update(context: ObjectContext, object: KnownObject): Promise<WrittenObject> {
  const { plan, found, lime, record, advance } = context;
  const { id } = object;
  const valueHash = valuesHash({ ...plan.update, ...relationValues(plan.relations, found) });
  if (valueHash === object.values) return { created: false, object, found, kept: [] };

  const wanted = linksOf(plan.relations, found);
  let there: Promise<Limeobject> | undefined;
  const read = () => {
    there ??= throwIfGone(lime(readObject(plan.limetype, id), Limeobject));
    return there;
  };
  const { links, kept, written } = await changeOf(context, object, wanted, read);
  const { guarded, omitted, ...others } = await withoutChanged(context, object, read);
  const values = { ...others.values, ...links };
  const hashes = plan.unlessChanged === undefined ? {} : { written: eitherValue(others.written, guarded) };
  // Until Lime answers, its values are unknown. A version with the old ones must be written again.
  const pending = { ...object, values: '', links: { ...written, ...eitherOf(written, links) }, ...hashes };
  advance({ type: 'object', object: pending });
  if (Object.keys({ ...links, ...guarded }).length > 0) await record(pending);
  const isEmpty = Object.keys(values).length === 0;
  // If there is nothing to write, a read checks that the limeobject still exists.
  const response = isEmpty ? null : await throwIfGone(lime(updateObject(plan.limetype, id, values), Changed));
  if (isEmpty) await read();

  const stays = new Set(kept.map(({ property }) => property));
  const current = Object.fromEntries(Object.entries(wanted).filter(([property]) => !stays.has(property)));
  // Links that stay are compared again with each version, because the note names them.
  const updated = {
    ...object,
    values: kept.length > 0 ? '' : valueHash,
    links: { ...written, ...asWritten(current) },
    ...(plan.unlessChanged !== undefined && {
      written: { ...others.written, ...writtenIn(context, values, response, Object.keys(guarded)) },
    }),
  };
  advance({ type: 'object', object: updated });
  return {
    created: false,
    object: updated,
    found: foundAfter(found, kept),
    kept: [...kept.map(omissionOf), ...omitted],
  };
}

type Change = { links: Links; kept: KeptLink[]; written: WrittenLinks };

/** The links to change. Reads Lime first, because a coworker may have changed them by hand. */
async function changeOf(
  { plan, draft, lime }: ObjectContext,
  object: KnownObject,
  wanted: Links,
  read: () => Promise<Limeobject>,
): Promise<Change> {
  const { relations, requiredRelations: required } = plan;
  const known = writtenLinks(relations, object);
  if (known !== undefined && isWritten(wanted, known)) return { links: {}, kept: [], written: known };
  const there = linksIn(relations, await read());
  const written = known ?? asWritten(there);
  for (const relation of relationNames) {
    const property = relations[relation] ?? '';
    const related = draft.instance.relations[relation]?.limetype;
    const last = written[property] ?? [];
    const [id] = last;
    const isEmptied = there[property] === null && wanted[property] !== null && !last.includes(null);
    if (!isEmptied || related === undefined || id == null) continue;
    // Lime empties a link whose limeobject is deleted. That is not a change by hand.
    if (await isGone(lime, related, id)) written[property] = [...last, null];
  }
  const { values, kept } = changeLinks({ relations, wanted, written, there, required });
  return { links: values, kept, written };
}

async function isGone(lime: Lime, limetype: string, id: number): Promise<boolean> {
  try {
    await lime(readObject(limetype, id), Limeobject);
    return false;
  } catch (error) {
    if (error instanceof LimeError && error.failure === 'gone') return true;
    throw error;
  }
}

/** Until Lime answers, it may hold the former links or the new ones. */
function eitherOf(written: WrittenLinks, links: Links): WrittenLinks {
  return Object.fromEntries(
    Object.entries(links).map(([property, id]) => [property, [...new Set([...(written[property] ?? []), id])]]),
  );
}

/** The matches that the limeobject is linked to, if some of its links stay. */
function foundAfter(found: Found, kept: readonly KeptLink[]): Found {
  const after = { ...found };
  for (const { relation, id } of kept) after[relation] = id === null ? { kind: 'none' } : { kind: 'one', id };
  return after;
}

function omissionOf({ relation, reason }: KeptLink): Omission {
  return {
    path: `relations.${relation}`,
    message: `${relation}, which ${reason === 'by hand' ? 'was changed in Lime' : 'cannot be emptied'}`,
    rule: reason === 'by hand' ? 'changedByHand' : 'notEmptied',
    link: relation,
  };
}

export function valuesHash(values: Values): string {
  return hash('sha256', JSON.stringify(values), 'base64url');
}
