import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { type Candidate, type Match, matchTerm, type Search } from '../../mapping/search.ts';
import { searchesOf } from '../../mapping/settings/relation.ts';

/** The relations whose limeobjects may be created. */
export type CreatableRelation = 'person' | 'company';

/** A linked person or company. `isNew` if it was created for this conversation. */
export type Creation = { match: Match; isNew: boolean };

/** A person or company that this batch creates, or has created since its searches. */
export type PendingCreation = {
  key: string;
  limetype: string;
  /** Properties that the settings write. Only Lime knows the others. */
  mapped: ReadonlySet<string>;
  values: Values;
  done: Promise<Creation>;
  /** Undefined while it is pending. `unknown` means that only Lime knows the outcome. */
  outcome?: { id: number } | 'nothing' | 'unknown';
};

/** How one draft searches for a relation. */
export type RelationSearch = {
  search: Search;
  limetype: string;
  country: string;
  onSeveral: 'empty' | 'oldest' | 'newest';
  inactive: string | undefined;
  company: string | undefined;
};

/** Undefined if there is nothing to search by. */
export function searchOf(draft: Draft, name: CreatableRelation): RelationSearch | undefined {
  const { relations } = draft.instance;
  const relation = searchesOf(relations)[name];
  const search = draft.searches[name] ?? [];
  if (relation === undefined || search.length === 0) return undefined;
  const { limetype, onSeveral, inactive } = relation;
  const company = name === 'person' ? relations.company?.from : undefined;
  return { search, limetype, country: draft.settings.country, onSeveral, inactive, company };
}

/** True if a search after this creation might find its limeobject. */
export function mayMatch(pending: PendingCreation, searched: RelationSearch): boolean {
  if (pending.limetype !== searched.limetype || pending.outcome === 'nothing') return false;
  return isUnmapped(pending, searched) || matchAmong([{ ...pending, outcome: { id: 1 } }], searched).kind !== 'none';
}

/** True if only a fresh search in Lime can find the result of these creations. */
export function needsFreshSearch(creations: readonly PendingCreation[], searched: RelationSearch): boolean {
  return creations.some((creation) => creation.outcome === 'unknown' || isUnmapped(creation, searched));
}

function isUnmapped({ mapped }: PendingCreation, { search }: RelationSearch): boolean {
  return search.some(({ rule }) => rule.properties.some((property) => !mapped.has(property)));
}

/** The match of a search among these creations. */
export function matchAmong(creations: readonly PendingCreation[], searched: RelationSearch): Match {
  const candidates = creations.flatMap((creation) => candidateOf(creation, searched) ?? []);
  for (const term of searched.search) {
    const match = matchTerm(term, candidates, searched);
    if (match.kind !== 'none') return match;
  }
  return { kind: 'none' };
}

function candidateOf(
  { values, outcome }: PendingCreation,
  { inactive, company }: RelationSearch,
): Candidate | undefined {
  if (typeof outcome !== 'object') return undefined;
  const employer = company === undefined ? undefined : values[company];
  return {
    id: outcome.id,
    name: '',
    inactive: inactive !== undefined && values[inactive] === true,
    ...(typeof employer === 'number' && { company: employer }),
    values: Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  };
}
