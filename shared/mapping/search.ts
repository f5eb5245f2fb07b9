import type { Property } from '../lime/wire.ts';
import type { Conversation } from '../userlike/conversation.ts';
import { isEmpty, valueAt } from '../userlike/value-at.ts';
import { identitiesIn, searchValueOf, storedForm } from './identity/identity.ts';
import { isPublicMail } from './identity/public-mail.ts';
import type { SearchValue } from './identity/search-value.ts';
import type { MatchRule, Relation } from './settings/relation.ts';

/**
 * What to look for by one rule: `normal` is compared with what a property holds, `spellings` go into the query, and
 * `holds` into a second one where that finds nobody.
 */
export type Term = SearchValue & { rule: MatchRule };

/** The terms of one relation, in the order of its rules. */
export type Search = Term[];

/** A limeobject that a query returned as a possible match. */
export type Candidate = {
  id: number;
  name: string;
  inactive: boolean;
  company?: number;
  values: Record<string, string>;
};

export type Match =
  | { kind: 'none' }
  | { kind: 'one'; id: number; company?: number }
  | { kind: 'several'; found: { id: number; name: string }[] };

/** Characters of a value that is searched for: no property holds more of an address or a number, and a query has to fit into a URL. */
const MAX_SEARCHED_LENGTH = 500;

/** Types of the properties that a rule can look into: text is compared with text. */
const searchable = ['string', 'text', 'phone', 'link'];

/** Whether the tenant has the property, and it can hold what rules search for. */
export function isSearchable(property: Property | undefined): boolean {
  return property !== undefined && searchable.includes(property.type);
}

/** Tells searches apart: the same value under another rule is another search. */
export function searchKey(search: Search | undefined): string {
  return JSON.stringify(search?.map(({ rule, normal }) => [rule.path, rule.properties, rule.as, normal]) ?? []);
}

/** The search a conversation gives for a relation; rules whose path holds nothing usable are left out. */
export function toSearch(conversation: Conversation, relation: Relation, settings: SearchOptions): Search {
  return relation.rules.flatMap((rule) => {
    const value = valueAt(conversation, rule.path);
    if (isEmpty(value) || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return termOf(rule, String(value), settings) ?? [];
  });
}

/** What of the settings tells how values are compared. */
export type SearchOptions = { country: string; publicMailDomains: readonly string[] };

/** The term for a value; undefined where it is none of the rule's kind, or common to people who share nothing else. */
export function termOf(
  rule: MatchRule,
  value: string,
  { country, publicMailDomains }: SearchOptions,
): Term | undefined {
  const text = value.trim();
  const wanted = text.length > MAX_SEARCHED_LENGTH ? undefined : searchValueOf(rule.as, text, country);
  if (wanted === undefined) return undefined;
  if (rule.as === 'domain' && isPublicMail(wanted.normal, publicMailDomains)) return undefined;
  return { rule, ...wanted };
}

/** What one term finds among the candidates: active ones whose normalised property equals it. */
export function matchTerm(
  term: Term,
  candidates: readonly Candidate[],
  { country, onSeveral = 'empty' }: { country: string; onSeveral?: Relation['onSeveral'] },
): Match {
  const active = candidates.filter(
    (candidate) =>
      !candidate.inactive &&
      term.rule.properties.some((property) => {
        return identitiesOf(candidate, property, term.rule.as, country).includes(term.normal);
      }),
  );
  // A limeobject with two spellings of one number is found once for each where they go into different queries.
  const found = [...new Map(active.map((candidate) => [candidate.id, candidate])).values()].sort((a, b) => a.id - b.id);
  const only = onSeveral === 'newest' ? found.at(-1) : found[0];
  if (only === undefined) return { kind: 'none' };
  if (found.length > 1 && onSeveral === 'empty')
    return { kind: 'several', found: found.map(({ id, name }) => ({ id, name })) };
  return { kind: 'one', id: only.id, ...(only.company !== undefined && { company: only.company }) };
}

/** The values of what is made: what a search looks for in them stands there as it is found. */
export function withSearchedForms<V>(values: Record<string, V>, search: Search = []): Record<string, V | string> {
  const searched = search.flatMap(({ rule }) =>
    rule.properties.flatMap((property) => {
      const value = values[property];
      return typeof value === 'string' ? [[property, storedForm(rule.as, value)] as const] : [];
    }),
  );
  return { ...values, ...Object.fromEntries(searched) };
}

/** What candidates have been read for: a batch compares each with many terms. */
const read = new WeakMap<Candidate, Map<string, string[]>>();

function identitiesOf(candidate: Candidate, property: string, as: MatchRule['as'], country: string): string[] {
  const value = candidate.values[property];
  if (value === undefined) return [];
  const known = read.get(candidate) ?? new Map<string, string[]>();
  read.set(candidate, known);
  const key = `${as} ${country} ${property}`;
  const identities = known.get(key) ?? identitiesIn(as, value, country);
  known.set(key, identities);
  return identities;
}
