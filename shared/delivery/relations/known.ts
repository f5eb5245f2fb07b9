import type { KnownObject } from '../../ledger/states.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { searchKey } from '../../mapping/search.ts';
import { type RelationName, relationNames } from '../../mapping/settings/relation.ts';
import { hashOf } from './hash.ts';

/** What an earlier delivery of the conversation found, by relation: the id of a limeobject, or nobody. */
export type Known = Partial<Record<RelationName, number | 'nobody'>>;

export const nobody: Known = { person: 'nobody', company: 'nobody', coworker: 'nobody' };

/**
 * What is known of this draft's relations: nothing where it searches for somebody else than last time. A contact may
 * have become a person since; that an operator has become a coworker is left to the next conversation to find out.
 */
export const knownOf = (draft: Draft, object: KnownObject | undefined, hashKey?: string): Known => {
  const search = object?.found?.search;
  // The second is what was written before the organization had a hash key.
  if (search !== searchOf(draft, hashKey) && search !== searchOf(draft)) return {};
  return { coworker: 'nobody', ...foundIn(object) };
};

/** What the newest version was linked to: an older one has no say in it, and nothing is looked up for it. */
export const knownOfNewest = (object: KnownObject | undefined): Known => ({
  ...nobody,
  ...foundIn(object),
});

/** The limeobject with what was found for it. */
export const remember = (draft: Draft, object: KnownObject, found: Found, hashKey?: string): KnownObject => ({
  ...object,
  found: {
    search: searchOf(draft, hashKey),
    ...Object.fromEntries(
      relationNames.flatMap((relation) => {
        const match = found[relation];
        return match.kind === 'one' ? [[relation, match.id]] : [];
      }),
    ),
  },
});

const foundIn = (object: KnownObject | undefined): Known =>
  Object.fromEntries(
    relationNames.flatMap((relation) => {
      const id = object?.found?.[relation];
      return id === undefined ? [] : [[relation, id]];
    }),
  );

const searchOf = ({ instance, searches }: Draft, hashKey?: string): string =>
  hashOf(
    JSON.stringify([instance.relations, ...relationNames.map((relation) => searchKey(searches[relation]))]),
    hashKey,
  );
