import type { Property } from '../lime/wire.ts';
import type { Conversation } from '../userlike/conversation.ts';
import { isEmpty, valueAt } from '../userlike/value-at.ts';
import { identitiesIn, searchValueOf, storedForm } from './identity/identity.ts';
import { isPublicMail } from './identity/public-mail.ts';
import type { SearchValue } from './identity/search-value.ts';
import type { MatchRule, Relation, SearchRule } from './settings/relation.ts';

/** One rule with the value to search for. */
export type Term = SearchValue & { rule: MatchRule };

/** The terms of a relation, in the order of its rules. */
export type Search = Term[];

/** A possible match that a query returned. */
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

/** Longest value to search for. No e-mail address or number is longer, and a query must fit into a URL. */
const MAX_SEARCHED_LENGTH = 500;

/** Property types that rules can search as text. */
const searchable = ['string', 'text', 'phone', 'link'];

/** True if the property exists and can be searched. */
export function isSearchable(property: Property | undefined): boolean {
  return property !== undefined && searchable.includes(property.type);
}

/** Identifies a search. The same value under another rule is another search. */
export function searchKey(search: Search | undefined): string {
  return JSON.stringify(search?.map(({ rule, normal }) => [rule.path, rule.properties, rule.as, normal]) ?? []);
}

/** The search for a relation. Rules without a usable value are left out. */
export function toSearch(conversation: Conversation, relation: Relation, settings: SearchOptions): Search {
  return relation.rules.flatMap((rule) => {
    const value = searchedFor(rule, conversation);
    if (isEmpty(value) || (typeof value !== 'string' && typeof value !== 'number')) return [];
    return termOf(rule, String(value), settings) ?? [];
  });
}

/** The value of a rule. A fallback may map it, or have one of its own. Case and outer blanks of keys do not count. */
function searchedFor({ path, fallback }: SearchRule, conversation: Conversation): unknown {
  if (fallback?.value !== undefined) return fallback.value;
  const value = valueAt(conversation, path);
  if (fallback?.options === undefined) return value;
  const key = String(value).trim().toLowerCase();
  return Object.entries(fallback.options).find(([one]) => one.trim().toLowerCase() === key)?.[1];
}

/** Settings that affect how values are compared. */
export type SearchOptions = { country: string; publicMailDomains: readonly string[] };

/** The term for a value. Undefined if the value is not of the rule's kind, or is shared by unrelated people. */
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

/** The active candidates with a property that equals the term's value. */
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
  // Several queries may return the same limeobject.
  const found = [...new Map(active.map((candidate) => [candidate.id, candidate])).values()].sort((a, b) => a.id - b.id);
  const only = onSeveral === 'newest' ? found.at(-1) : found[0];
  if (only === undefined) return { kind: 'none' };
  if (found.length > 1 && onSeveral === 'empty')
    return { kind: 'several', found: found.map(({ id, name }) => ({ id, name })) };
  return { kind: 'one', id: only.id, ...(only.company !== undefined && { company: only.company }) };
}

/** Puts searched values of a new limeobject into the form that searches find. */
export function withSearchedForms<V>(values: Record<string, V>, search: Search = []): Record<string, V | string> {
  const searched = search.flatMap(({ rule }) =>
    rule.properties.flatMap((property) => {
      const value = values[property];
      return typeof value === 'string' ? [[property, storedForm(rule.as, value)] as const] : [];
    }),
  );
  return { ...values, ...Object.fromEntries(searched) };
}

/** Caches normalized values, because a batch compares each candidate with many terms. */
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
