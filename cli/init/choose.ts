import type { Limetype, Property } from '../../shared/lime/wire.ts';
import { idTemplate } from '../../shared/mapping/settings/identify.ts';
import type { Language } from '../../shared/notes/translations/language.ts';
import { translations } from '../../shared/notes/translations.ts';
import { fill } from '../../shared/text/fill.ts';
import { best, type Meaning } from '../tenant/meanings.ts';

/** The value as it is written in a settings file. */
export type Json = Record<string, unknown>;

export const texts = ['string', 'text', 'phone', 'link'];
export const times = ['time', 'date'];

/** The limetype's writable properties of these types. */
export function ofType(type: Limetype, types: readonly string[]): Property[] {
  return [...type.properties.values()].filter((property) => types.includes(property.type) && !property.computed);
}

/** The belongsto property that leads to a limetype. Of several, the one whose name fits best. */
export function relationTo(from: Limetype, to: Limetype | undefined, meaning?: Meaning): string | undefined {
  const relations = ofType(from, ['belongsto']).filter(({ relatedType }) => relatedType === to?.name);
  const named =
    relations.find(({ name }) => name === to?.name) ?? (meaning && best(relations, meaning)) ?? relations[0];
  return named?.name;
}

/** Option keys that mark something as new, or a note as one of a chat, in some tenants. */
const likely = ['new', 'reported', 'open', 'contact', 'ny', 'chat', 'comment', 'note', 'other'];

/** A sensible active key of an option, never the empty one. */
export function keyOf({ options = [] }: Property): string | undefined {
  const keys = options.filter((key) => key !== '' && key !== 'empty');
  return likely.find((key) => keys.includes(key)) ?? keys[0];
}

/** In a shorter title, only the mark fits. */
const SHORTEST_TITLE = 30;

/** A title for lists: the contact's name and first question, before the mark by which the limeobject is found. */
export function titleOf(language: Language, length = Number.POSITIVE_INFINITY): Json {
  if (length < SHORTEST_TITLE) return { template: idTemplate(length) };
  const { mark, colon } = translations[language];
  const question = `{{ first_question | default: "${fill(mark, { id: '' }).trim()}" }}`;
  return { template: `{% if contact.name != blank %}{{ contact.name }}${colon}{% endif %}${question} · #{{ id }}` };
}

/** Characters of the first question if Lime sets no limit. The note has all of it. */
const LONGEST_QUESTION = 10_000;

/** The contact's first question, cut to the property's length. */
export function questionFor({ length }: Property): Json {
  return {
    ...(length === undefined
      ? { template: `{{ first_question | truncate: ${LONGEST_QUESTION} }}` }
      : { path: 'first_question', whenLonger: 'cut' }),
    onResend: 'keep',
  };
}

/**
 * A source for a property that Lime requires and the conversation has no value for. Undefined for a relation or file.
 */
function sourceOf(property: Property): Json | undefined {
  const { type, length } = property;
  if (['integer', 'decimal', 'percent'].includes(type)) return { value: 0 };
  if (type === 'yesno') return { value: false };
  if (['time', 'date', 'month', 'quarter', 'year'].includes(type)) return { path: 'created_at', onResend: 'keep' };
  if (texts.includes(type)) return { template: idTemplate(length), onResend: 'keep' };
  if (type !== 'option' && type !== 'set') return undefined;
  const key = keyOf(property);
  return key === undefined ? undefined : { value: key };
}

/** Sources for all required properties of a limetype that nothing else writes. */
export function requiredOf(type: Limetype, but: readonly (string | undefined)[]): Json {
  return Object.fromEntries(
    [...type.properties.values()].flatMap((property) => {
      if (!property.required || property.computed || property.hasDefault || but.includes(property.name)) return [];
      const source = sourceOf(property);
      return source === undefined ? [] : [[property.name, source]];
    }),
  );
}
