import { createHash } from 'node:crypto';
import type { KnownObject } from '../../ledger/states.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { searchKey } from '../../mapping/search.ts';
import { type RelationName, relationNames } from '../../mapping/settings/relation.ts';

/** What an earlier delivery of the conversation found, by relation: the id of a limeobject, or nobody. */
export type Known = Partial<Record<RelationName, number | 'nobody'>>;

/**
 * What is known of this draft's relations: nothing where it searches for somebody else than last time. A contact may
 * have become a person since; that an operator has become a coworker is left to the next conversation to find out.
 */
export const knownOf = (draft: Draft, object: KnownObject | undefined): Known => {
  const { search, ...known } = object?.found ?? {};
  if (search !== searchOf(draft)) return {};
  return { coworker: 'nobody', ...Object.fromEntries(Object.entries(known).filter(([, id]) => id !== undefined)) };
};

/** The limeobject with what was found for it. */
export const remember = (draft: Draft, object: KnownObject, found: Found): KnownObject => ({
  ...object,
  found: {
    search: searchOf(draft),
    ...Object.fromEntries(
      relationNames.flatMap((relation) => {
        const match = found[relation];
        return match.kind === 'one' ? [[relation, match.id]] : [];
      }),
    ),
  },
});

const searchOf = ({ instance, searches }: Draft): string =>
  createHash('sha256')
    .update(JSON.stringify([instance.relations, ...relationNames.map((relation) => searchKey(searches[relation]))]))
    .digest('base64url');
