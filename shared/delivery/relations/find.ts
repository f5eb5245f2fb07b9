import type { Lime } from '../../lime/lime.ts';
import type { ReadMetadata } from '../../lime/metadata.ts';
import { isRefusal } from '../../lime/retry.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { type Match, searchKey } from '../../mapping/search.ts';
import { type MatchRule, type RelationName, searchesOf } from '../../mapping/settings/relation.ts';
import { type CachedMatches, noMatches } from './cached-matches.ts';
import { findMatches } from './lookup.ts';

/** Finds what a draft is to be linked to; cached matches are not searched. */
export type Find = (draft: Draft, cachedMatches: CachedMatches) => Promise<Found>;

const none: Match = { kind: 'none' };

/** What one search of a batch found, by the search's key. */
type Lookup = Promise<ReadonlyMap<string, Match>>;

/**
 * Finds persons, companies and coworkers for a whole batch: the first draft that asks causes the queries for all of
 * them. Nothing is kept beyond the batch, so the next one finds a person created a moment ago. A lookup that failed is
 * not kept either, so that its trouble does not spread.
 */
export function createFind(options: { lime: Lime; metadata: ReadMetadata; drafts: readonly Draft[] }): Find {
  const { lime, metadata, drafts } = options;
  // By the rules, which the drafts of one instance share.
  const lookups = new Map<readonly MatchRule[], Lookup>();

  async function lookUp(name: RelationName, draft: Draft, sharing: readonly Draft[]): Lookup {
    const relation = searchesOf(draft.instance.relations)[name];
    if (relation === undefined) return new Map();
    const sameInstance = sharing.filter(({ instance }) => instance === draft.instance);
    const searches = [draft, ...sameInstance].map((one) => one.searches[name]);
    const company = draft.instance.relations.company?.from;
    const matches = await findMatches(lime, {
      relation,
      ...(name === 'person' && company !== undefined && { company }),
      searches,
      metadata: await metadata([relation.limetype]),
      country: draft.settings.country,
    });
    return new Map(searches.map((search, index) => [searchKey(search), matches[index] ?? none]));
  }

  async function find(draft: Draft, name: RelationName, cachedMatches: CachedMatches): Promise<Match> {
    const cached = cachedMatches[name];
    if (cached !== undefined) return cached === 'none' ? none : { kind: 'one', id: cached };
    const search = draft.searches[name];
    const rules = searchesOf(draft.instance.relations)[name]?.rules;
    if (rules === undefined || search === undefined || search.length === 0) return none;
    const shared = lookups.get(rules) ?? lookUp(name, draft, drafts);
    lookups.set(rules, shared);
    const alone = async () => (await lookUp(name, draft, [])).get(searchKey(search)) ?? none;
    try {
      return (await shared).get(searchKey(search)) ?? (await alone());
    } catch (error) {
      // Lime may have refused another conversation's search.
      if (isRefusal(error) && drafts.length > 1) return alone();
      if (lookups.get(rules) === shared) lookups.delete(rules);
      throw error;
    }
  }

  return async (draft, cached) => {
    const [person, coworker] = await Promise.all([find(draft, 'person', cached), find(draft, 'coworker', cached)]);
    const company: Match =
      person.kind === 'one' && person.company !== undefined
        ? { kind: 'one', id: person.company }
        : await find(draft, 'company', cached);
    return { person, company, coworker };
  };
}

/** Searches one relation of a draft in Lime now, whatever the batch has found before. */
export type SearchAgain = (draft: Draft, relation: RelationName) => Promise<Match>;

export function createSearchAgain(options: { lime: Lime; metadata: ReadMetadata }): SearchAgain {
  return async (draft, relation) => {
    const { [relation]: _, ...others } = noMatches;
    return (await createFind({ ...options, drafts: [] })(draft, others))[relation];
  };
}
