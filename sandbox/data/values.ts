import * as z from 'zod';
import { ValidationError } from '../http/errors.ts';
import type { Limetype, Property, PropertyType } from './schema.ts';
import type { Value, Values } from './store.ts';
import { parseTime, startOf } from './swedish-time.ts';

/** Checks that written ids exist. */
export type References = {
  limeobjectExists: (limetype: string, id: number) => boolean;
  fileExists: (id: number) => boolean;
};

type Reading = { value: Value } | { problem: string };
type Reader = (raw: unknown, property: Property, references: References) => Reading;

function refuse(problem: string): Reading {
  return { problem };
}

/** A text must not be null (Lime's own n8n node avoids that), and a text that is too long is refused, not cut. */
const text: Reader = (raw, { name, length }) => {
  if (typeof raw !== 'string') return refuse(`Value of field '${name}' must be a string`);
  const limit = length || Number.POSITIVE_INFINITY;
  if (raw.length > limit) return refuse(`Value of field '${name}' is longer than the allowed ${limit} characters`);
  return { value: raw };
};

const Int32 = z.int32().nullable();
const Decimal = z.number().nullable();

const integer: Reader = (raw, { name }) => {
  const { data, success } = Int32.safeParse(raw);
  return success ? { value: data } : refuse(`Value of field '${name}' must be an integer`);
};

const decimal: Reader = (raw, { name }) => {
  const { data, success } = Decimal.safeParse(raw);
  return success ? { value: data } : refuse(`Value of field '${name}' must be a number`);
};

const yesno: Reader = (raw, { name }) =>
  typeof raw === 'boolean' ? { value: raw } : refuse(`Value of field '${name}' must be true or false`);

const time: Reader = (raw, { name }) => {
  if (raw === null) return { value: null };
  const at = typeof raw === 'string' ? parseTime(raw) : undefined;
  return at === undefined ? refuse(`Value of field '${name}' must be a time in ISO 8601`) : { value: at };
};

function period(length: 'date' | 'month' | 'quarter' | 'year'): Reader {
  return (raw, property, references) => {
    const read = time(raw, property, references);
    return 'value' in read && typeof read.value === 'number' ? { value: startOf(length, read.value) } : read;
  };
}

const KeyForm = z.union([z.string(), z.object({ key: z.string() }).transform(({ key }) => key)]);

const option: Reader = (raw, { name, options }) => {
  const { data } = KeyForm.safeParse(raw);
  if (data === undefined) return refuse(`Value of field '${name}' must be the key of an option`);
  const chosen = options.find(({ key }) => key === data);
  if (chosen === undefined) return refuse(`'${data}' is not an option of field '${name}'`);
  return chosen.inactive ? refuse(`Option '${data}' of field '${name}' is inactive`) : { value: chosen.key };
};

const set: Reader = (raw, property, references) => {
  if (!Array.isArray(raw)) return refuse(`Value of field '${property.name}' must be a list of option keys`);
  const keys: string[] = [];
  for (const entry of raw) {
    const read = option(entry, property, references);
    if ('problem' in read) return read;
    keys.push(String(read.value));
  }
  return { value: [...new Set(keys)] };
};

const belongsto: Reader = (raw, property, references) => {
  const { name, relation = '' } = property;
  const read = integer(raw, property, references);
  if ('problem' in read || typeof read.value !== 'number') return read;
  return references.limeobjectExists(relation, read.value)
    ? read
    : refuse(`Field '${name}': there is no ${relation} with id ${read.value}`);
};

const file: Reader = (raw, property, references) => {
  const read = integer(raw, property, references);
  if ('problem' in read || typeof read.value !== 'number') return read;
  return references.fileExists(read.value)
    ? read
    : refuse(`Field '${property.name}': there is no file with id ${read.value}`);
};

const hasmany: Reader = (_raw, { name }) =>
  refuse(`Field '${name}' cannot be written, set the relation on its other side`);

const readers: Record<PropertyType, Reader> = {
  string: text,
  text,
  phone: text,
  link: text,
  xml: text,
  integer,
  decimal,
  percent: decimal,
  user: integer,
  yesno,
  time,
  date: period('date'),
  month: period('month'),
  quarter: period('quarter'),
  year: period('year'),
  option,
  set,
  belongsto,
  file,
  hasmany,
};

export function emptyValues({ properties }: Limetype): Values {
  return Object.fromEntries(
    [...properties.values()]
      .filter(({ type }) => type !== 'hasmany')
      .map((property) => [property.name, emptyValue(property)]),
  );
}

/** The value of a property that was never written. */
function emptyValue({ type, options, default: byDefault }: Property): Value {
  if (byDefault !== undefined) return byDefault;
  switch (type) {
    case 'string':
    case 'text':
    case 'phone':
    case 'link':
    case 'xml':
      return '';
    case 'yesno':
      return false;
    case 'set':
      return [];
    case 'option':
      return (options.find(({ key }) => key === 'empty') ?? options.find(({ inactive }) => !inactive))?.key ?? null;
    default:
      return null;
  }
}

/**
 * The values of a limeobject after `body` was written over `before`.
 * A required property needs a value, and an option that is still `empty` is none. So `history.type` must be sent, and
 * zeros for required numbers.
 *
 * @throws {ValidationError} with every problem, by property
 */
export function written(limetype: Limetype, before: Values, body: Values | object, references: References): Values {
  const problems: Record<string, string[]> = {};
  const changes: Record<string, Value> = {};
  for (const [name, raw] of Object.entries(body)) {
    const property = limetype.properties.get(name);
    if (name.startsWith('_')) problems[name] = [`Field '${name}' is set by Lime and cannot be written`];
    else if (property === undefined) problems[name] = [`Limetype '${limetype.name}' has no field '${name}'`];
    else {
      const read = readers[property.type](raw, property, references);
      if ('problem' in read) problems[name] = [read.problem];
      else changes[name] = read.value;
    }
  }
  const after = withComputed(limetype, { ...before, ...changes });
  for (const { name, required } of limetype.properties.values()) {
    if (required && isEmpty(after[name])) problems[name] ??= [`Field '${name}' is required`];
  }
  if (Object.keys(problems).length > 0) throw new ValidationError(problems);
  return after;
}

function withComputed({ properties }: Limetype, values: Values): Values {
  const computed = [...properties.values()].filter((property) => property.computed.length > 0);
  const whole = ({ computed: parts }: Property) =>
    parts
      .map((part) => values[part])
      .filter((part) => !isEmpty(part))
      .join(' ');
  return { ...values, ...Object.fromEntries(computed.map((property) => [property.name, whole(property)])) };
}

function isEmpty(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === 'empty' ||
    (Array.isArray(value) && !value.length)
  );
}
