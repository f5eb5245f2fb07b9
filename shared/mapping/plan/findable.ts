import type { Limetype } from '../../lime/wire.ts';
import { OmissionError, type Rule } from '../omission.ts';
import { isSearchable, matchTerm, type Search, type Term } from '../search.ts';
import { toWire } from '../values/value.ts';
import type { Values } from './convert.ts';

type Options = {
  type: Limetype;
  search: Search;
  /** Path of the relation in the settings. */
  at: string;
  /** A yesno property. Objects with a true value are not searched. */
  inactive: string | undefined;
  /** Whether the settings give this property a value. */
  isMapped: (property: string) => boolean;
  /** The conversation's value that a rule searches for. */
  searched: (term: Term) => unknown;
  country: string;
  timeZone: string;
};

/**
 * Completes the values of a new limeobject so that its own search finds it. If no value matches, an unmapped searched
 * property gets the searched value. If that does not fit either, only the ledger knows the new limeobject. Throws
 * MappingError if no search could ever find it.
 */
export function findableValues(values: Values, options: Options): Values {
  const { type, search, at, inactive, isMapped, searched, country, timeZone } = options;
  const searchable = ({ rule }: Term) => rule.properties.filter((name) => isSearchable(type.properties.get(name)));
  if (search.length === 0) return values;
  if (search.every((term) => searchable(term).length === 0)) {
    const names = [...new Set(search.flatMap(({ rule }) => rule.properties))].join(', ');
    throw notMade(
      `${at}.rules`,
      `no search could find a new ${type.name}, which has no property ${names}`,
      'notFindable',
    );
  }
  if (inactive !== undefined && values[inactive] === true) {
    const path = `${at}.create.properties.${inactive}`;
    throw notMade(path, `no search could find a new ${type.name}, because it is inactive`, 'inactive');
  }
  const isFound = (candidateValues: Values): boolean =>
    search.some((term) => {
      const texts = searchable(term).flatMap((name) => {
        const value = candidateValues[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      const candidate = { id: 1, name: '', inactive: false, values: Object.fromEntries(texts) };
      return matchTerm(term, [candidate], { country }).kind === 'one';
    });
  if (isFound(values)) return values;
  for (const term of search) {
    for (const name of searchable(term)) {
      const property = type.properties.get(name);
      const converted =
        property === undefined || isMapped(name) ? undefined : toWire(searched(term), property, timeZone);
      const more = converted !== undefined && 'value' in converted ? { ...values, [name]: converted.value } : values;
      if (isFound(more)) return more;
    }
  }
  return values;
}

function notMade(path: string, message: string, rule: Rule): OmissionError {
  return new OmissionError({ path, message, rule });
}
