import type { Match } from '../search.ts';
import { type RelationName, relationNames } from '../settings/relation.ts';
import type { Values } from './convert.ts';

/** Results of a conversation's lookups and creations. The company is the person's, if it has one. */
export type Found = Record<RelationName, Match>;

/** Ids for the given relation properties, from lookups with exactly one match. */
export function relationValues(names: Partial<Record<RelationName, string>>, found: Found): Values {
  return Object.fromEntries(
    relationNames.flatMap((relation) => {
      const name = names[relation];
      const match = found[relation];
      return name !== undefined && match.kind === 'one' ? [[name, match.id]] : [];
    }),
  );
}
