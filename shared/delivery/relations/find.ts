import type { Lime } from '../../lime/lime.ts';
import type { Metadata } from '../../lime/wire.ts';
import type { Draft } from '../../mapping/draft.ts';
import type { Found } from '../../mapping/plan/found.ts';
import { type Match, searchKey } from '../../mapping/search.ts';
import { type MatchRule, type RelationName, searchesOf } from '../../mapping/settings/relation.ts';
import { isRefusal } from '../write/writing.ts';
import type { Known } from './known.ts';
import { findMatches } from './lookup.ts';

/** Finds what a draft is to be linked to; what is `known` is not asked for. */
export type Find = (draft: Draft, known: Known) => Promise<Found>;

const none: Match = { kind: 'none' };

/** What one lookup of a batch found, by the search's key. */
type Lookup = Promise<ReadonlyMap<string, Match>>;

/**
 * Looks persons, companies and coworkers up for a whole batch: the first draft that asks causes the queries for all of
 * them. Nothing is remembered beyond the batch, so a person created a moment ago is found by the next one; nor is a
 * lookup that failed, so that its trouble is not everybody's.
 */
export const createFind = (options: {
  lime: Lime;
  metadata: (limetypes: readonly string[]) => Promise<Metadata>;
  drafts: readonly Draft[];
}): Find => {
  const { lime, metadata, drafts } = options;
  // By the rules, which the drafts of one instance share.
  const lookups = new Map<readonly MatchRule[], Lookup>();

  const lookUp = async (name: RelationName, draft: Draft, sharing: readonly Draft[]): Lookup => {
    const relation = searchesOf(draft.instance.relations)[name];
    if (relation === undefined) return new Map();
    const searches = [draft, ...sharing.filter(({ instance }) => instance === draft.instance)].map(
      (one) => one.searches[name],
    );
    const company = draft.instance.relations.company?.from;
    const matches = await findMatches(lime, {
      relation,
      ...(name === 'person' && company !== undefined && { company }),
      searches,
      metadata: await metadata([relation.limetype]),
      country: draft.settings.country,
    });
    return new Map(searches.map((search, index) => [searchKey(search), matches[index] ?? none]));
  };

  const find = async (draft: Draft, name: RelationName, known: Known): Promise<Match> => {
    const id = known[name];
    if (id !== undefined) return id === 'nobody' ? none : { kind: 'one', id };
    const search = draft.searches[name];
    const rules = searchesOf(draft.instance.relations)[name]?.rules;
    if (rules === undefined || search === undefined || search.length === 0) return none;
    const shared = lookups.get(rules) ?? lookUp(name, draft, drafts);
    lookups.set(rules, shared);
    const alone = async () => (await lookUp(name, draft, [])).get(searchKey(search)) ?? none;
    try {
      return (await shared).get(searchKey(search)) ?? (await alone());
    } catch (error) {
      // What Lime refuses may be in another conversation's search.
      if (isRefusal(error) && drafts.length > 1) return alone();
      if (lookups.get(rules) === shared) lookups.delete(rules);
      throw error;
    }
  };

  return async (draft, known) => {
    const [person, coworker] = await Promise.all([find(draft, 'person', known), find(draft, 'coworker', known)]);
    const company =
      person.kind === 'one' && person.company !== undefined
        ? ({ kind: 'one', id: person.company } as const)
        : await find(draft, 'company', known);
    return { person, company, coworker };
  };
};
