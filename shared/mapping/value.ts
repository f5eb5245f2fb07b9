import type { Property } from '../lime/wire.ts';
import { isEmpty } from './source.ts';
import { midnightIn } from './time.ts';

export type WireValue = string | number | boolean | string[];

/** A value in the form Lime takes for the property, or the rule it breaks; neither where there is nothing to write. */
export type Converted = { value: WireValue } | { rule: string } | undefined;

/**
 * Brings a value to a property's type as Lime's API takes it: texts as text, options by key, percent as a fraction,
 * times with an offset, dates as the tenant's local midnight, relations by id.
 */
export const toWire = (raw: unknown, property: Property, timeZone: string): Converted => {
  if (isEmpty(raw) || (Array.isArray(raw) && raw.length === 0)) return undefined;
  const convert = converters[property.type];
  return convert === undefined ? { rule: `type ${property.type} cannot be written` } : convert(raw, property, timeZone);
};

type Converter = (raw: unknown, property: Property, timeZone: string) => Converted;

const text: Converter = (raw, property) => {
  const value =
    typeof raw === 'string'
      ? raw
      : Array.isArray(raw)
        ? raw.map(String).join(', ')
        : typeof raw === 'object'
          ? JSON.stringify(raw)
          : String(raw);
  return property.length !== undefined && value.length > property.length
    ? { rule: `longer than ${property.length} characters` }
    : { value };
};

const decimal: Converter = (raw) => {
  const value = typeof raw === 'string' ? Number(raw.trim().replace(',', '.')) : raw;
  return typeof value === 'number' && Number.isFinite(value) ? { value } : { rule: 'not a number' };
};

const integer: Converter = (raw, ...rest) => {
  const number = decimal(raw, ...rest);
  return number && 'value' in number && !Number.isSafeInteger(number.value) ? { rule: 'not a whole number' } : number;
};

const id: Converter = (raw, ...rest) => {
  const number = integer(raw, ...rest);
  return number && 'value' in number && Number(number.value) < 1 ? { rule: 'not an id' } : number;
};

const yesno: Converter = (raw) => {
  if (typeof raw === 'boolean') return { value: raw };
  const word = String(raw).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return { value: true };
  return ['false', 'no', '0'].includes(word) ? { value: false } : { rule: 'neither true nor false' };
};

const time: Converter = (raw) => {
  const at = new Date(typeof raw === 'number' ? raw : String(raw));
  return Number.isNaN(at.getTime()) ? { rule: 'not a time' } : { value: at.toISOString() };
};

const date: Converter = (raw, _property, timeZone) => {
  const midnight = midnightIn(timeZone, typeof raw === 'number' ? new Date(raw).toISOString() : String(raw));
  return midnight === undefined ? { rule: 'not a date' } : { value: midnight };
};

const option: Converter = (raw, property) => {
  const key = String(raw);
  return property.options !== undefined && !property.options.includes(key)
    ? { rule: 'not one of its options' }
    : { value: key };
};

const set: Converter = (raw, property) => {
  const keys = (Array.isArray(raw) ? raw : [raw]).map(String);
  return keys.every((key) => property.options === undefined || property.options.includes(key))
    ? { value: keys }
    : { rule: 'not among its options' };
};

const converters: Record<string, Converter | undefined> = {
  string: text,
  text,
  phone: text,
  link: text,
  xml: text,
  integer,
  decimal,
  percent: decimal,
  yesno,
  time,
  date,
  month: date,
  quarter: date,
  year: date,
  option,
  set,
  belongsto: id,
  hasone: id,
  user: id,
  file: id,
};
