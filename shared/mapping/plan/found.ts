import type { Match } from '../search.ts';
import { type RelationName, relationNames } from '../settings/relation.ts';
import type { Values } from './convert.ts';

/** What the lookups of a conversation found, or made. The company is that of the person, where that has one. */
export type Found = Record<RelationName, Match>;

/** Ids to write into the given relation properties: what was found exactly once. */
export function relationValues(names: Partial<Record<RelationName, string>>, found: Found): Values {
  return Object.fromEntries(
    relationNames.flatMap((relation) => {
      const name = names[relation];
      const match = found[relation];
      return name !== undefined && match.kind === 'one' ? [[name, match.id]] : [];
    }),
  );
}
