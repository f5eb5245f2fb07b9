import type { DigestReader } from '../../ledger/written-digests.ts';
import { readObject, updateObject } from '../../lime/requests.ts';
import { isRefusal } from '../../lime/retry.ts';
import { Changed, Limeobject } from '../../lime/wire.ts';
import type { Omission } from '../../mapping/omission.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { type FillPlan, isBlank } from '../../mapping/plan/fill.ts';
import type { Match } from '../../mapping/search.ts';
import { digestOf } from '../../notes/entry.ts';
import type { ObjectContext } from './context.ts';

/** The digest of what was filled, and what a blank property did not get. */
export type Filled = { digests: string[]; omitted: Omission[] };

const nothing: Filled = { digests: [], omitted: [] };

/**
 * Writes values into properties of the found person that are blank in Lime, with one read, and one update only where
 * something is blank. A version with the same person and values reads nothing.
 */
export async function fillPerson(context: ObjectContext, person: Match, known: DigestReader): Promise<Filled> {
  const { plan, found, isOlder, lime } = context;
  const { fill } = plan;
  if (fill === undefined || isOlder || person.kind !== 'one') return nothing;
  const company =
    fill.company !== undefined && found.company.kind === 'one' ? { [fill.company]: found.company.id } : {};
  const digest = digestOf('person fill', JSON.stringify([person.id, fill.values, company]));
  const isComplete = Object.keys(company).length === 0 || person.company !== undefined;
  if ((Object.keys(fill.values).length === 0 && isComplete) || known.has({ digest })) return nothing;
  try {
    const there = await lime(readObject(fill.limetype, person.id), Limeobject);
    const { values, omitted } = blanksOf(fill, there, company);
    if (Object.keys(values).length > 0) await lime(updateObject(fill.limetype, person.id, values), Changed);
    return { digests: [digest], omitted };
  } catch (error) {
    // The conversation is worth more than the person's properties.
    if (!isRefusal(error)) throw error;
    const message = `person, which ${error.message}`;
    return { digests: [], omitted: [{ path: 'relations.person.fill', message, rule: 'refused', link: 'person' }] };
  }
}

function blanksOf(fill: FillPlan, there: Limeobject, company: Values): { values: Values; omitted: Omission[] } {
  const blank = Object.entries(fill.values).filter(([name]) => isBlank(there[name]));
  const values = blank.flatMap(([name, one]) => ('value' in one ? [[name, one.value] as const] : []));
  const links = Object.entries(company).filter(([name]) => isBlank(there[name]));
  return {
    values: Object.fromEntries([...values, ...links]),
    omitted: blank.flatMap(([, one]) => ('omission' in one ? [one.omission] : [])),
  };
}
