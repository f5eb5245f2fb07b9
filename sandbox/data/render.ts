import { API_USER_ID, descriptive, fieldOf, follow, relatedLimetype } from './fields.ts';
import type { Limetype, Option, Property, Schema } from './schema.ts';
import type { Row, Store, Value } from './store.ts';
import { dateText, timeText } from './swedish-time.ts';

type Json = string | number | boolean | null | { id: number; key: string; text: string };

/** A value as in the limeobject API: options as objects, times with an offset. */
export function valueOut({ type, options }: Pick<Property, 'type' | 'options'>, value: Value): Json | Json[] {
  const optionOf = (wanted: string) => options.filter(({ key }) => key === wanted).map(shown);
  if (type === 'option') return optionOf(String(value))[0] ?? null;
  if (typeof value === 'object' && value !== null) return value.flatMap(optionOf);
  if (typeof value !== 'number') return value;
  if (type === 'time') return timeText(value);
  return type === 'date' || type === 'month' || type === 'quarter' || type === 'year' ? dateText(value) : value;
}

function shown({ id, key, text }: Option) {
  return { id, key, text };
}

export function valuesOut(limetype: Limetype, row: Row): Record<string, Json | Json[]> {
  const out: Record<string, Json | Json[]> = {};
  for (const name of limetype.properties.keys()) {
    const field = fieldOf(limetype, name);
    if (field !== undefined) out[name] = valueOut(field.property, field.read(row));
  }
  return out;
}

/** Lime's own fields, which every limeobject has. */
export function systemOut(limetype: Limetype, row: Row) {
  return {
    _id: row.id,
    _descriptive: descriptive(limetype, row),
    _timestamp: timeText(row.changedAt),
    _updateduser: API_USER_ID,
    _createdtime: timeText(row.createdAt),
    _createduser: API_USER_ID,
  };
}

export type Rendering = {
  /** `http://host/application`, encoded. */
  base: string;
  schema: Schema;
  store: Store;
  fileOut: (id: number) => object | undefined;
};

/** A limeobject as a HAL document. A relation without a value is not embedded. */
export function objectOut(how: Rendering, limetype: Limetype, row: Row, embeds: readonly string[] = []): object {
  const embedded: Record<string, object> = {};
  for (const name of embeds) {
    const id = row.values[name] ?? null;
    const related = relatedLimetype(how.schema, limetype, name);
    const other = related && follow(how.store, related, id);
    const content = other ? objectOut(how, related, other) : typeof id === 'number' ? how.fileOut(id) : undefined;
    if (content !== undefined) embedded[`relation_${name}`] = content;
  }
  return {
    ...valuesOut(limetype, row),
    ...systemOut(limetype, row),
    _links: linksOf(how.base, limetype, row),
    ...(Object.keys(embedded).length > 0 ? { _embedded: embedded } : {}),
  };
}

function linksOf(base: string, limetype: Limetype, row: Row): Record<string, { href: string; name?: string }> {
  const self = objectUrl(base, limetype.name, row.id);
  const links: Record<string, { href: string; name?: string }> = {
    limetype: { href: `${base}/api/v1/limetype/${limetype.name}/`, name: limetype.name },
    self: { href: self },
  };
  for (const { name, type } of limetype.properties.values()) {
    if (type !== 'belongsto' && type !== 'hasmany') continue;
    links[`relation_${name}`] = { href: `${self}${name}/`, name };
    if (type === 'hasmany') links[`new_${name}`] = { href: `${self}${name}/new/`, name };
  }
  return links;
}

function objectUrl(base: string, limetype: string, id: number) {
  return `${base}/api/v1/limeobject/${limetype}/${id}/`;
}
