import type { Lime } from '../../lime/lime.ts';
import type { ReadMetadata } from '../../lime/metadata.ts';
import { isRefusal } from '../../lime/retry.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { type Match, searchKey } from '../../mapping/search.ts';
import { type MatchRule, type RelationName, searchesOf } from '../../mapping/settings/relation.ts';
import { type CachedMatches, noMatches } from './cached-matches.ts';
import { findMatches } from './lookup.ts';

/** Finds the limeobjects to link a draft to. Relations with cached matches are not searched. */
export type Find = (draft: Draft, cachedMatches: CachedMatches) => Promise<Found>;

const none: Match = { kind: 'none' };

/** The match of each search of a batch, by the search's key. */
type Lookup = Promise<ReadonlyMap<string, Match>>;

/**
 * Finds persons, companies and coworkers for a whole batch. The first draft starts the queries for all. Results are not
 * kept after the batch, so that the next one finds new persons. Failed lookups are not kept, so that each draft tries
 * its own.
 */
export function createFind(options: { lime: Lime; metadata: ReadMetadata; drafts: readonly Draft[] }): Find {
  const { lime, metadata, drafts } = options;
  // Drafts of one instance share their rules.
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
      // Lime may have refused the search of another conversation.
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

/** Searches one relation of a draft in Lime, without the batch's results. */
export type SearchAgain = (draft: Draft, relation: RelationName) => Promise<Match>;

export function createSearchAgain(options: { lime: Lime; metadata: ReadMetadata }): SearchAgain {
  return async (draft, relation) => {
    const { [relation]: _, ...others } = noMatches;
    return (await createFind({ ...options, drafts: [] })(draft, others))[relation];
  };
}
