import type * as z from 'zod';
import { LimeError } from '../../errors.ts';
import type { Lime } from '../../lime/lime.ts';
import {
  chunksFor,
  type Filter,
  fitsIntoQuery,
  holdsOf,
  isAny,
  isOneOf,
  type LimeRequest,
  PAGE_SIZE,
  query,
} from '../../lime/requests.ts';
import type { Metadata } from '../../lime/wire.ts';
import { QueryAnswer, RelatedId } from '../../lime/wire.ts';
import type { Candidate, Match, Search, Term } from '../../mapping/search.ts';
import { isSearchable, matchTerm } from '../../mapping/search.ts';
import type { Relation } from '../../mapping/settings/relation.ts';

/** One match for each search, in the same order. */
export type Matches = readonly Match[];

type Options = {
  relation: Relation;
  company?: string;
  searches: readonly (Search | undefined)[];
  metadata: Metadata;
  country: string;
};

/** Values whose other spellings are searched at once. Each may find many candidates, and a page holds 200. */
const MOST_AT_ONCE = 4;

/** Pages of candidates that are read for parts of a value. More candidates are too many to compare. */
const MOST_PAGES = 5;

/**
 * Finds the persons (or coworkers) of many conversations together. Few values are searched in every spelling at once,
 * because an operator waits for each answer. Otherwise uses one query for all rules if it fits, else one query per rule
 * for the searches without a match so far. Then searches the remaining ones in other spellings.
 */
export async function findMatches(lime: Lime, options: Options): Promise<Matches> {
  const { searches } = options;
  const matches: Match[] = searches.map(() => ({ kind: 'none' }));
  const terms = searches.flatMap((search) => search ?? []);
  const atOnce = await askAtOnce(lime, terms, options);
  if (atOnce !== undefined) {
    await matchByRules(matches, options, async () => atOnce.exact);
    await matchByRules(matches, options, async () => atOnce.all);
    return matches;
  }
  const all = queriesFor(terms, options);
  const together = all.chunks.length === 1 ? await ask(lime, all, options) : undefined;
  await matchByRules(matches, options, async (terms) => together ?? ask(lime, queriesFor(terms, options), options));
  const left = searches.flatMap((search, index) => (matches[index]?.kind === 'none' ? (search ?? []) : []));
  const held = await queryParts(lime, left, options);
  if (held.length > 0) await matchByRules(matches, options, async () => held);
  return matches;
}

/** Matches the remaining searches, rule by rule. */
async function matchByRules(
  matches: Match[],
  { relation, searches, country }: Options,
  candidatesFor: (terms: readonly Term[]) => Promise<Candidate[]>,
): Promise<void> {
  for (const rule of relation.rules) {
    const open = searches.flatMap((search, index) => {
      const term = search?.find((candidate) => candidate.rule === rule);
      return term !== undefined && matches[index]?.kind === 'none' ? [{ index, term }] : [];
    });
    const candidates = await candidatesFor(open.map(({ term }) => term));
    for (const { index, term } of open) {
      matches[index] = matchTerm(term, candidates, { country, onSeveral: relation.onSeveral });
    }
  }
}

/**
 * The candidates of one query for given and other spellings, and those among them that have a given one. Undefined if
 * it would not fit, if Lime refuses it, or if there are more candidates than a page holds.
 */
async function askAtOnce(
  lime: Lime,
  terms: readonly Term[],
  options: Options,
): Promise<{ exact: Candidate[]; all: Candidate[] } | undefined> {
  const searched = searchedIn(terms, options);
  const spellings = [...new Set(terms.flatMap((term) => term.spellings))];
  const parts = partFilters(terms, options);
  if (searched.length === 0 || parts.length === 0 || parts.length > MOST_AT_ONCE) return undefined;
  const filter = isAny([isOneOf(searched, spellings), ...parts]);
  const request = query(options.relation.limetype, propertiesFor(searched, options), filter);
  if (!fitsIntoQuery(spellings, request)) return undefined;
  try {
    const { objects } = await lime(request, QueryAnswer);
    if (objects.length === PAGE_SIZE) return undefined;
    const all = objects.map((object) => toCandidate(object, searched, options.relation.inactive, options.company));
    const given = new Set(spellings.map(folded));
    const exact = all.filter(({ values }) => Object.values(values).some((value) => given.has(folded(value))));
    return { exact, all };
  } catch (error) {
    if (isQueryRefused(error)) return undefined;
    throw error;
  }
}

/** Lime's database ignores case and trailing blanks. */
function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** The properties to search, and the page requests by offset. */
type Queries = {
  searched: string[];
  chunks: ((offset: number) => LimeRequest)[];
};

function queriesFor(terms: readonly Term[], options: Options): Queries {
  const searched = searchedIn(terms, options);
  const properties = propertiesFor(searched, options);
  const values = searched.length === 0 ? [] : [...new Set(terms.flatMap((term) => term.spellings))];
  const requestFor = (chunk: readonly string[], offset = 0) =>
    query(options.relation.limetype, properties, isOneOf(searched, chunk), offset);
  const chunks = chunksFor(values, requestFor);
  return { searched, chunks: chunks.map((chunk) => (offset) => requestFor(chunk, offset)) };
}

/** The same for the parts that every spelling of these terms contains. */
function partQueriesFor(terms: readonly Term[], options: Options): Queries {
  const searched = searchedIn(terms, options);
  const properties = propertiesFor(searched, options);
  const requestFor = (chunk: readonly Filter[], offset = 0) =>
    query(options.relation.limetype, properties, isAny(chunk), offset);
  const chunks = chunksFor(partFilters(terms, options), requestFor);
  return { searched, chunks: chunks.map((chunk) => (offset) => requestFor(chunk, offset)) };
}

function partFilters(terms: readonly Term[], options: Options): Filter[] {
  const filters = terms.flatMap((term) => {
    const own = searchedIn([term], options);
    return own.length === 0 || term.fragments.length === 0 ? [] : [holdsOf(own, term.fragments)];
  });
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()];
}

function searchedIn(terms: readonly Term[], { relation, metadata }: Options): string[] {
  const known = metadata.get(relation.limetype)?.properties;
  return [...new Set(terms.flatMap((term) => term.rule.properties))].filter((name) => isSearchable(known?.get(name)));
}

function propertiesFor(searched: readonly string[], { relation, company, metadata }: Options): string[] {
  const known = metadata.get(relation.limetype)?.properties;
  const extra = [relation.inactive, company, 'name'].filter((name) => name !== undefined && known?.has(name));
  return [...new Set([...searched, ...extra.filter((name) => name !== undefined)])];
}

async function ask(lime: Lime, { searched, chunks }: Queries, options: Options): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const chunk of chunks) found.push(...(await readPages(lime, chunk, searched, options)));
  return found;
}

/** Candidates for other spellings. None if Lime refuses such a query or returns too many. */
async function queryParts(lime: Lime, left: readonly Term[], options: Options): Promise<Candidate[]> {
  const { searched, chunks } = partQueriesFor(left, options);
  const found: Candidate[] = [];
  for (const chunk of chunks) {
    try {
      const pages = await readPages(lime, chunk, searched, options, MOST_PAGES);
      if (pages.length < MOST_PAGES * PAGE_SIZE) found.push(...pages);
    } catch (error) {
      if (isQueryRefused(error)) return found;
      throw error;
    }
  }
  return found;
}

/** True for a 4xx other than those about key and rate. An exact query shows whether Lime takes any. */
function isQueryRefused(error: unknown): boolean {
  if (!(error instanceof LimeError) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status);
}

async function readPages(
  lime: Lime,
  requestAt: (offset: number) => LimeRequest,
  searched: readonly string[],
  { relation, company }: Options,
  most = Number.POSITIVE_INFINITY,
): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (let page = 0; page < most; page += 1) {
    const { objects } = await lime(requestAt(page * PAGE_SIZE), QueryAnswer);
    found.push(...objects.map((object) => toCandidate(object, searched, relation.inactive, company)));
    if (objects.length < PAGE_SIZE) break;
  }
  return found;
}

function toCandidate(
  object: z.output<typeof QueryAnswer>['objects'][number],
  searched: readonly string[],
  inactive: string | undefined,
  company: string | undefined,
): Candidate {
  const companyId = company === undefined ? undefined : RelatedId.safeParse(object[company]).data;
  return {
    id: object._id,
    name: typeof object.name === 'string' ? object.name : '',
    inactive: inactive !== undefined && object[inactive] === true,
    ...(companyId !== undefined && { company: companyId }),
    values: Object.fromEntries(
      searched.flatMap((name) => (typeof object[name] === 'string' ? [[name, object[name]]] : [])),
    ),
  };
}
