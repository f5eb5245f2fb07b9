import { notFound } from '../http/errors.ts';
import type { Limetype, Property, Schema } from './schema.ts';
import type { Row, Store, Value } from './store.ts';

/** A property or one of Lime's own fields, for reading, filtering and sorting. */
export type Field = { property: Pick<Property, 'name' | 'type' | 'options'>; read: (row: Row) => Value };

/** The user of the API key. */
export const API_USER_ID = 3701;

export function descriptive({ descriptive: name }: Limetype, row: Row): string {
  return String(row.values[name] ?? '');
}

type SystemType = 'integer' | 'user' | 'time' | 'string';
const system: Record<string, [type: SystemType, read: (row: Row, limetype: Limetype) => Value]> = {
  _id: ['integer', (row) => row.id],
  _createdtime: ['time', (row) => row.createdAt],
  _createduser: ['user', () => API_USER_ID],
  _timestamp: ['time', (row) => row.changedAt],
  _updateduser: ['user', () => API_USER_ID],
  _descriptive: ['string', (row, limetype) => descriptive(limetype, row)],
};

/** The field of this name. A hasmany is none, because Lime leaves it out of bodies and filters. */
export function fieldOf(limetype: Limetype, name: string): Field | undefined {
  const own = system[name];
  if (own !== undefined) {
    const [type, read] = own;
    return { property: { name, type, options: [] }, read: (row) => read(row, limetype) };
  }
  const property = limetype.properties.get(name);
  if (property === undefined || property.type === 'hasmany') return undefined;
  return { property, read: (row) => row.values[name] ?? null };
}

/** The field at the end of a path such as `company.coworker.email`, in which all parts but the last are belongsto. */
export function fieldAt(schema: Schema, store: Store, limetype: Limetype, path: string): Field | undefined {
  const [first = '', ...rest] = path.split('.');
  const field = fieldOf(limetype, first);
  if (field === undefined || rest.length === 0) return field;
  const related = relatedLimetype(schema, limetype, first);
  const end = related && fieldAt(schema, store, related, rest.join('.'));
  if (related === undefined || end === undefined) return undefined;
  return {
    property: end.property,
    read: (row) => {
      const other = follow(store, related, field.read(row));
      return other === undefined ? null : end.read(other);
    },
  };
}

/** The limetype that a belongsto property points at. Undefined for any other property. */
export function relatedLimetype(schema: Schema, limetype: Limetype, property: string): Limetype | undefined {
  const { type, relation } = limetype.properties.get(property) ?? {};
  return type === 'belongsto' && relation !== undefined ? schema.get(relation) : undefined;
}

export function follow(store: Store, limetype: Limetype, id: Value): Row | undefined {
  return typeof id === 'number' ? store.find(limetype.name, id) : undefined;
}

export function limetypeOf(schema: Schema, name: string): Limetype {
  const limetype = schema.get(name);
  if (limetype === undefined) throw notFound(`Limetype '${name}' not found`);
  return limetype;
}
