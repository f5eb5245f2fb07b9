import * as z from 'zod';
import type { Lime } from '../../lime/client.ts';
import { chunksFor, isOneOf, type LimeRequest, pageSize, query } from '../../lime/requests.ts';
import type { Metadata } from '../../lime/wire.ts';
import { QueryAnswer } from '../../lime/wire.ts';
import type { Candidate, Match, Search, Term } from '../../mapping/search.ts';
import { isSearchable, matchTerm } from '../../mapping/search.ts';
import type { Relation } from '../../mapping/settings/relation.ts';

/** What a relation's search found, one match per search, in the same order. */
export type Matches = readonly Match[];

type Options = {
  relation: Relation;
  company?: string;
  searches: readonly (Search | undefined)[];
  metadata: Metadata;
  country: string;
};

/**
 * Finds the persons (or coworkers) of many conversations together: all rules in one query where it has room for them,
 * else one query per rule for all searches that no earlier rule has answered.
 */
export const findMatches = async (lime: Lime, options: Options): Promise<Matches> => {
  const { relation, searches, country } = options;
  const matches: Match[] = searches.map(() => ({ kind: 'none' }));
  const all = queriesFor(
    searches.flatMap((search) => search ?? []),
    options,
  );
  const together = all.chunks.length === 1 ? await ask(lime, all, options) : undefined;
  for (const rule of relation.rules) {
    const open = searches.flatMap((search, index) => {
      const term = search?.find((candidate) => candidate.rule === rule);
      return term !== undefined && matches[index]?.kind === 'none' ? [{ index, term }] : [];
    });
    const terms = open.map(({ term }) => term);
    const candidates = together ?? (await ask(lime, queriesFor(terms, options), options));
    for (const { index, term } of open) {
      matches[index] = matchTerm(term, candidates, { country, onSeveral: relation.onSeveral });
    }
  }
  return matches;
};

/** What is asked for these terms: the properties that may hold them, and the values in as few parts as fit a query. */
type Queries = {
  searched: string[];
  chunks: (readonly string[])[];
  requestFor: (chunk: readonly string[], offset?: number) => LimeRequest;
};

const queriesFor = (terms: readonly Term[], { relation, company, metadata }: Options): Queries => {
  const known = metadata.get(relation.limetype)?.properties;
  const searched = [...new Set(terms.flatMap((term) => term.rule.properties))].filter((name) =>
    isSearchable(known?.get(name)),
  );
  const extra = [relation.inactive, company, 'name'].filter((name) => name !== undefined && known?.has(name));
  const properties = [...new Set([...searched, ...extra.filter((name) => name !== undefined)])];
  const values = searched.length === 0 ? [] : [...new Set(terms.flatMap((term) => term.spellings))];
  const requestFor = (chunk: readonly string[], offset = 0) =>
    query(relation.limetype, properties, isOneOf(searched, chunk), offset);
  return { searched, chunks: chunksFor(values, requestFor), requestFor };
};

const ask = async (
  lime: Lime,
  { searched, chunks, requestFor }: Queries,
  { relation, company }: Options,
): Promise<Candidate[]> => {
  const found: Candidate[] = [];
  for (const chunk of chunks) {
    for (let offset = 0; ; offset += pageSize) {
      const { objects } = await lime(requestFor(chunk, offset), QueryAnswer);
      found.push(...objects.map((object) => toCandidate(object, searched, relation.inactive, company)));
      if (objects.length < pageSize) break;
    }
  }
  return found;
};

const Id = z.union([z.int().positive(), z.looseObject({ _id: z.int().positive() }).transform(({ _id }) => _id)]);

const toCandidate = (
  object: z.output<typeof QueryAnswer>['objects'][number],
  searched: readonly string[],
  inactive: string | undefined,
  company: string | undefined,
): Candidate => {
  const companyId = company === undefined ? undefined : Id.safeParse(object[company]).data;
  return {
    id: object._id,
    name: typeof object.name === 'string' ? object.name : '',
    inactive: inactive !== undefined && object[inactive] === true,
    ...(companyId !== undefined && { company: companyId }),
    values: Object.fromEntries(
      searched.flatMap((name) => (typeof object[name] === 'string' ? [[name, object[name]]] : [])),
    ),
  };
};
