import type { MatchRule } from '../settings/relation.ts';
import { visible } from './characters.ts';
import { domainOf, domainSearchValue, domainsIn } from './domain.ts';
import { emailOf, emailSearchValue, emailsIn, storedEmail } from './email.ts';
import { phoneOf, phoneSearchValue, phonesIn, storedPhone } from './phone.ts';
import type { SearchValue } from './search-value.ts';

type As = MatchRule['as'];

/** The normalized value. Undefined if it is not of that kind. */
export function normalise(as: As, text: string, country: string): string | undefined {
  if (as === 'phone') return phoneOf(text, country);
  if (as === 'domain') return domainOf(text);
  return as === 'email' ? emailOf(text) : textOf(text);
}

/** All normalized values in a stored field. */
export function identitiesIn(as: As, text: string, country: string): string[] {
  if (as === 'phone') return phonesIn(text, country);
  if (as === 'domain') return domainsIn(text);
  return as === 'email' ? emailsIn(text) : [textOf(text) ?? []].flat();
}

/** How to find a value in Lime. */
export function searchValueOf(as: As, text: string, country: string): SearchValue | undefined {
  const value = valueFor(as, text, country);
  return value && { ...value, spellings: distinct(value.spellings), fragments: value.fragments.map(distinct) };
}

/** The value as it is stored in a new limeobject, so that searches find it. */
export function storedForm(as: As, text: string): string {
  if (as === 'email') return storedEmail(text) ?? text;
  return as === 'phone' ? storedPhone(text) : visible(text);
}

function valueFor(as: As, text: string, country: string): SearchValue | undefined {
  if (as === 'phone') return phoneSearchValue(text, country);
  if (as === 'domain') return domainSearchValue(text);
  if (as === 'email') return emailSearchValue(text);
  const normal = textOf(text);
  return normal === undefined ? undefined : { normal, spellings: [text.trim(), normal], fragments: [] };
}

function textOf(text: string): string | undefined {
  return visible(text).toLowerCase() || undefined;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
