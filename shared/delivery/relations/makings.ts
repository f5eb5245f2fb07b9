import type { Draft } from '../../mapping/draft.ts';
import type { Values } from '../../mapping/plan/convert.ts';
import { type Candidate, type Match, matchTerm, type Search } from '../../mapping/search.ts';
import { searchesOf } from '../../mapping/settings/relation.ts';

/** What became of making a person or company; `made`: it is new, and not one that was there already. */
export type Made = { match: Match; made: boolean };

/** A person or company that a conversation of this batch makes or has made, after the lookups of the others. */
export type Making = {
  key: string;
  limetype: string;
  /** Properties that the settings write: what another one holds Lime alone knows. */
  mapped: ReadonlySet<string>;
  values: Values;
  ended: Promise<Made>;
  /** Missing until it has ended. `asking`: Lime alone knows what there is now. */
  outcome?: { id: number } | 'nothing' | 'asking';
};

/** What one draft searches for a relation, and how. */
export type Searching = {
  search: Search;
  limetype: string;
  country: string;
  onSeveral: 'empty' | 'oldest' | 'newest';
  inactive: string | undefined;
  company: string | undefined;
};

/** Undefined where there is nothing to search by. */
export const searchingOf = (draft: Draft, name: 'person' | 'company'): Searching | undefined => {
  const { relations } = draft.instance;
  const relation = searchesOf(relations)[name];
  const search = draft.searches[name] ?? [];
  if (relation === undefined || search.length === 0) return undefined;
  const { limetype, onSeveral, inactive } = relation;
  const company = name === 'person' ? relations.company?.from : undefined;
  return { search, limetype, country: draft.settings.country, onSeveral, inactive, company };
};

/** Whether a lookup after it might find what is made. */
export const concerns = (making: Making, searching: Searching): boolean =>
  making.limetype === searching.limetype &&
  making.outcome !== 'nothing' &&
  (leftToLime(making, searching) || matchMade([{ ...making, outcome: { id: 1 } }], searching).kind !== 'none');

/** Whether what has been made here does not tell what a lookup would find now. */
export const mustAsk = (makings: readonly Making[], searching: Searching): boolean =>
  makings.some((making) => making.outcome === 'asking' || leftToLime(making, searching));

const leftToLime = ({ mapped }: Making, { search }: Searching): boolean =>
  search.some(({ rule }) => rule.properties.some((property) => !mapped.has(property)));

/** What a lookup finds among those that were made. */
export const matchMade = (makings: readonly Making[], searching: Searching): Match => {
  const candidates = makings.flatMap((making) => candidateOf(making, searching) ?? []);
  for (const term of searching.search) {
    const match = matchTerm(term, candidates, searching);
    if (match.kind !== 'none') return match;
  }
  return { kind: 'none' };
};

const candidateOf = ({ values, outcome }: Making, { inactive, company }: Searching): Candidate | undefined => {
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
};
