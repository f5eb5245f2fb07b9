import type { Lime } from '../lime/client.ts';
import type { Metadata } from '../lime/metadata.ts';
import type { Draft } from '../mapping/draft.ts';
import type { Found } from '../mapping/plan.ts';
import type { Match } from '../mapping/search.ts';
import type { Relation } from '../mapping/settings.ts';
import { findMatches } from './lookup.ts';

const none: Match = { kind: 'none' };

/**
 * Looks persons and coworkers up for a whole batch: the first draft that asks causes the queries for all of them.
 * Nothing is remembered beyond the batch, so a person created a moment ago is found by the next one.
 */
export const createFind = (options: {
  lime: Lime;
  metadata: (limetypes: readonly string[]) => Promise<Metadata>;
  drafts: readonly Draft[];
}): ((draft: Draft) => Promise<Found>) => {
  const { lime, metadata, drafts } = options;
  const lookups = new Map<Relation, Promise<ReadonlyMap<string, Match>>>();

  const lookUp = async (name: 'person' | 'coworker', relation: Relation, country: string, more: readonly Draft[]) => {
    const sharing = [...drafts, ...more].filter((draft) => draft.instance.relations[name] === relation);
    const searches = sharing.map((draft) => draft.searches[name]);
    const company = sharing[0]?.instance.relations.company?.from;
    const matches = await findMatches(lime, {
      relation,
      ...(name === 'person' && company !== undefined && { company }),
      searches,
      metadata: await metadata([relation.limetype]),
      country,
    });
    return new Map(searches.map((search, index) => [keyOf(search), matches[index] ?? none]));
  };

  const find = async (draft: Draft, name: 'person' | 'coworker'): Promise<Match> => {
    const relation = draft.instance.relations[name];
    const search = draft.searches[name];
    if (relation === undefined || search === undefined || search.length === 0) return none;
    let lookup = lookups.get(relation);
    if (lookup === undefined) {
      lookup = lookUp(name, relation, draft.settings.country, drafts.includes(draft) ? [] : [draft]);
      lookups.set(relation, lookup);
    }
    const match = (await lookup).get(keyOf(search));
    if (match !== undefined) return match;
    const alone = await lookUp(name, relation, draft.settings.country, [draft]);
    return alone.get(keyOf(search)) ?? none;
  };

  return async (draft) => {
    const [person, coworker] = await Promise.all([find(draft, 'person'), find(draft, 'coworker')]);
    return { person, coworker };
  };
};

const keyOf = (search: Draft['searches']['person']): string => JSON.stringify(search?.map((term) => term.normal) ?? []);
