import type { MatchRule } from '../settings/relation.ts';
import { visible } from './characters.ts';
import { domainOf, domainsIn, wantedDomain } from './domain.ts';
import { emailOf, emailsIn, wantedEmail, writtenEmail } from './email.ts';
import { phoneOf, phonesIn, wantedPhone, writtenPhone } from './phone.ts';

type As = MatchRule['as'];

/**
 * A value that is looked for: as it is compared, the spellings that are asked for, and what every stored spelling
 * holds: of each list one text at least. Empty where a spelling that is not asked for is none.
 */
export type Wanted = { normal: string; spellings: string[]; holds: string[][] };

/** A value as it is compared, everywhere; undefined where it is none of that kind. */
export function normalise(as: As, text: string, country: string): string | undefined {
  if (as === 'phone') return phoneOf(text, country);
  if (as === 'domain') return domainOf(text);
  return as === 'email' ? emailOf(text) : textOf(text);
}

/** All values that a stored field holds, as they are compared. */
export function identitiesIn(as: As, text: string, country: string): string[] {
  if (as === 'phone') return phonesIn(text, country);
  if (as === 'domain') return domainsIn(text);
  return as === 'email' ? emailsIn(text) : [textOf(text) ?? []].flat();
}

/** How to find a value. */
export function wantedOf(as: As, text: string, country: string): Wanted | undefined {
  const wanted = wantedIn(as, text, country);
  return wanted && { ...wanted, spellings: distinct(wanted.spellings), holds: wanted.holds.map(distinct) };
}

/** A value as it is stored in what is made, so that whoever looks for it finds it. */
export function written(as: As, text: string): string {
  if (as === 'email') return writtenEmail(text) ?? text;
  return as === 'phone' ? writtenPhone(text) : visible(text);
}

function wantedIn(as: As, text: string, country: string): Wanted | undefined {
  if (as === 'phone') return wantedPhone(text, country);
  if (as === 'domain') return wantedDomain(text);
  if (as === 'email') return wantedEmail(text);
  const normal = textOf(text);
  return normal === undefined ? undefined : { normal, spellings: [text.trim(), normal], holds: [] };
}

function textOf(text: string): string | undefined {
  return visible(text).toLowerCase() || undefined;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
