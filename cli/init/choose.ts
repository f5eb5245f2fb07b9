import type { Limetype, Property } from '../../shared/lime/wire.ts';
import { idTemplate } from '../../shared/mapping/settings/identify.ts';
import type { Language } from '../../shared/notes/translations/language.ts';
import { translations } from '../../shared/notes/translations.ts';
import { fill } from '../../shared/text/fill.ts';
import { best, type Meaning } from '../tenant/meanings.ts';

/** A source as a settings file has it. */
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

/** Option keys by which some tenants mark what is new, or the note of a chat. */
const likely = ['new', 'reported', 'open', 'contact', 'ny', 'chat', 'comment', 'note', 'other'];

/** The key of a sensible active option, never the empty one. */
export function keyOf({ options = [] }: Property): string | undefined {
  const keys = options.filter((key) => key !== '' && key !== 'empty');
  return likely.find((key) => keys.includes(key)) ?? keys[0];
}

/** A shorter title has only room for its mark. */
const SHORTEST_TITLE = 30;

/** A title that says who asked what, and ends in the mark by which the limeobject is found. */
export function titleOf(language: Language, length = Number.POSITIVE_INFINITY): Json {
  if (length < SHORTEST_TITLE) return { template: idTemplate(length) };
  const { mark, colon } = translations[language];
  const question = `{{ first_question | default: "${fill(mark, { id: '' }).trim()}" }}`;
  return { template: `{% if contact.name != blank %}{{ contact.name }}${colon}{% endif %}${question} · #{{ id }}` };
}

/** The most characters of the first question if Lime sets no limit. The note holds all of it. */
const LONGEST_QUESTION = 10_000;

/** The contact's first question, cut to the property. */
export function questionFor({ length }: Property): Json {
  return {
    ...(length === undefined
      ? { template: `{{ first_question | truncate: ${LONGEST_QUESTION} }}` }
      : { path: 'first_question', whenLonger: 'cut' }),
    onResend: 'keep',
  };
}

/** A source for a required property that the conversation knows nothing about. Undefined for a relation or file. */
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

/** Sources for a limetype's required properties, except for those that are set elsewhere. */
export function requiredOf(type: Limetype, but: readonly (string | undefined)[]): Json {
  return Object.fromEntries(
    [...type.properties.values()].flatMap((property) => {
      if (!property.required || property.computed || property.hasDefault || but.includes(property.name)) return [];
      const source = sourceOf(property);
      return source === undefined ? [] : [[property.name, source]];
    }),
  );
}
