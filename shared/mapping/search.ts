import type { Property } from '../lime/wire.ts';
import type { Conversation } from '../userlike/conversation.ts';
import type { MatchRule, Relation } from './settings/relation.ts';
import { domainOf, domainSpellings } from './values/domain.ts';
import { normalisePhone, phoneSpellings } from './values/phone.ts';
import { isEmpty, valueAt } from './values/source.ts';

/** What to look for by one rule: `normal` is compared with the normalised property, `spellings` go into the query. */
export type Term = { rule: MatchRule; normal: string; spellings: string[] };

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
const longestSearched = 500;

/** Types of the properties that a rule can look into: text is compared with text. */
const searchable = ['string', 'text', 'phone', 'link'];

/** Whether the tenant has the property, and it can hold what rules search for. */
export const isSearchable = (property: Property | undefined): boolean =>
  property !== undefined && searchable.includes(property.type);

/** Tells searches apart: the same value under another rule is another search. */
export const searchKey = (search: Search | undefined): string =>
  JSON.stringify(search?.map(({ rule, normal }) => [rule.path, rule.properties, rule.as, normal]) ?? []);

/** The search a conversation gives for a relation; rules whose path holds nothing usable are left out. */
export const toSearch = (conversation: Conversation, relation: Relation, country: string): Search =>
  relation.rules.flatMap((rule) => {
    const value = valueAt(conversation, rule.path);
    if (isEmpty(value) || (typeof value !== 'string' && typeof value !== 'number')) return [];
    const text = String(value).trim();
    if (text.length > longestSearched) return [];
    const normal = normalise(rule.as, text, country);
    if (normal === undefined) return [];
    return [{ rule, normal, spellings: spellingsOf(rule.as, text, normal, country) }];
  });

const spellingsOf = (as: MatchRule['as'], text: string, normal: string, country: string): string[] => {
  if (as === 'phone') return phoneSpellings(text, country);
  return as === 'domain' ? domainSpellings(normal) : [...new Set([text, normal])];
};

/** What one term finds among the candidates: active ones whose normalised property equals it. */
export const matchTerm = (
  term: Term,
  candidates: readonly Candidate[],
  { country, onSeveral = 'empty' }: { country: string; onSeveral?: Relation['onSeveral'] },
): Match => {
  const active = candidates.filter(
    (candidate) =>
      !candidate.inactive &&
      term.rule.properties.some((property) => {
        const value = candidate.values[property];
        return value !== undefined && normalise(term.rule.as, value, country) === term.normal;
      }),
  );
  // A limeobject with two spellings of one number is found once for each where they go into different queries.
  const found = [...new Map(active.map((candidate) => [candidate.id, candidate])).values()].sort((a, b) => a.id - b.id);
  const only = onSeveral === 'newest' ? found.at(-1) : found[0];
  if (only === undefined) return { kind: 'none' };
  if (found.length > 1 && onSeveral === 'empty')
    return { kind: 'several', found: found.map(({ id, name }) => ({ id, name })) };
  return { kind: 'one', id: only.id, ...(only.company !== undefined && { company: only.company }) };
};

/** A value as it is compared; undefined where it is none of that kind. */
export const normalise = (as: MatchRule['as'], text: string, country: string): string | undefined => {
  if (as === 'phone') return normalisePhone(text, country);
  if (as === 'domain') return domainOf(text);
  const normal = text.trim().toLowerCase();
  return as === 'email' && !normal.includes('@') ? undefined : normal;
};
