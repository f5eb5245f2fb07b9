import type { Delivered, KnownObject } from '../../ledger/states.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { searchKey } from '../../mapping/search.ts';
import { type RelationName, relationNames } from '../../mapping/settings/relation.ts';
import { newEntries } from '../../notes/written/new-entries.ts';
import { hashOf } from './creation-key.ts';

/** Matches of an earlier delivery of the conversation, by relation: the id of a limeobject, or none. */
export type CachedMatches = Partial<Record<RelationName, number | 'none'>>;

export const noMatches: CachedMatches = { person: 'none', company: 'none', coworker: 'none' };

/**
 * The matches of the last delivery that had the same search. Missing persons and companies are searched again, because
 * they may have been added since. Missing coworkers are not.
 */
export function cachedMatchesOf(draft: Draft, object: KnownObject | undefined, hashKey?: string): CachedMatches {
  const search = object?.found?.search;
  if (search === undefined) return {};
  // The second hash is from before the organization had a hash key.
  if (search !== searchHash(draft, hashKey) && search !== searchHash(draft)) return {};
  return { coworker: 'none', ...matchesIn(object) };
}

/** True for a rating or survey that comes without a new message. Nobody is searched for it again. */
export function isLateEvent({ entries }: Draft, delivered: Pick<Delivered, 'writtenDigests'> | undefined): boolean {
  if (delivered === undefined) return false;
  const fresh = newEntries(entries, delivered.writtenDigests);
  return fresh.some(({ field }) => field !== undefined) && !fresh.some(({ message }) => message !== undefined);
}

/** True if persons and companies without a match are not searched again. */
export function searchesNobody({ person, company }: CachedMatches): boolean {
  return person === 'none' || company === 'none';
}

/** Caches the matches of the newest version. An older version searches nothing and changes no match. */
export function matchesOfNewest(object: KnownObject | undefined): CachedMatches {
  return { ...noMatches, ...matchesIn(object) };
}

/** The limeobject with its cached matches. */
export function cacheMatches(draft: Draft, object: KnownObject, found: Found, hashKey?: string): KnownObject {
  const ids = relationNames.flatMap((relation) => {
    const match = found[relation];
    return match.kind === 'one' ? [[relation, match.id]] : [];
  });
  return { ...object, found: { search: searchHash(draft, hashKey), ...Object.fromEntries(ids) } };
}

function matchesIn(object: KnownObject | undefined): CachedMatches {
  return Object.fromEntries(
    relationNames.flatMap((relation) => {
      const id = object?.found?.[relation];
      return id === undefined ? [] : [[relation, id]];
    }),
  );
}

function searchHash({ instance, searches }: Draft, hashKey?: string): string {
  const searched = [instance.relations, ...relationNames.map((relation) => searchKey(searches[relation]))];
  return hashOf(JSON.stringify(searched), hashKey);
}
