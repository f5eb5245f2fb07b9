import type { Property } from '../../lime/wire.ts';
import { isEmpty } from '../../userlike/value-at.ts';
import type { BrokenRule } from '../omission.ts';
import { isUnsafeLink } from './link.ts';
import { textOf } from './source.ts';
import { isDay, midnightIn, momentOf, type Period } from './time.ts';

export type WireValue = string | number | boolean | string[];

/** A converted value or the rule that it breaks. Undefined if there is nothing to write. */
export type Converted = { value: WireValue } | BrokenRule | undefined;

/**
 * Converts a value to a property's type in Lime's API: options by key, percent as a fraction, times with an offset,
 * dates as local midnight, relations by id.
 */
export function toWire(raw: unknown, property: Property, timeZone: string): Converted {
  if (isEmpty(raw)) return undefined;
  if (property.computed) return { rule: 'computed' };
  const convert = converters[property.type];
  return convert === undefined ? { rule: 'typeNotWritten', type: property.type } : convert(raw, property, timeZone);
}

/** A value as a list, without empty entries. */
function listed(raw: unknown): unknown[] {
  return (Array.isArray(raw) ? raw : [raw]).filter((entry) => !isEmpty(entry));
}

type Converter = (raw: unknown, property: Property, timeZone: string) => Converted;

/** True if the property holds text. */
export function isText({ type }: Property): boolean {
  return converters[type] === text || type === 'link';
}

/** The value as text for this property. */
export function toText(raw: unknown, { type }: Property): string {
  // A lone surrogate has no UTF-8 form, so Lime could not store it.
  const whole = listed(raw).map(textOf).join(', ').toWellFormed();
  // Outer blanks may be intended in multi-line text only.
  return type === 'text' || type === 'xml' ? whole : whole.trim();
}

const text: Converter = (raw, property) => {
  const value = toText(raw, property);
  return property.length !== undefined && value.length > property.length
    ? { rule: 'tooLong', n: property.length }
    : { value };
};

const link: Converter = (raw, property, timeZone) =>
  listed(raw).map(textOf).some(isUnsafeLink) ? { rule: 'unsafeLink' } : text(raw, property, timeZone);

const decimal: Converter = (raw) => {
  const value = typeof raw === 'string' ? Number(raw.replace(',', '.')) : raw;
  return typeof value === 'number' && Number.isFinite(value) ? { value } : { rule: 'notANumber' };
};

const integer: Converter = (raw, ...rest) => {
  const number = decimal(raw, ...rest);
  return number && 'value' in number && !Number.isSafeInteger(number.value) ? { rule: 'notAWholeNumber' } : number;
};

const id: Converter = (raw, ...rest) => {
  const number = integer(raw, ...rest);
  return number && 'value' in number && Number(number.value) < 1 ? { rule: 'notAnId' } : number;
};

const yesno: Converter = (raw) => {
  const word = textOf(raw).trim().toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return { value: true };
  return ['false', 'no', '0'].includes(word) ? { value: false } : { rule: 'neitherTrueNorFalse' };
};

const time: Converter = (raw, _property, timeZone) => {
  const value = isDay(textOf(raw).trim()) ? midnightIn(timeZone, raw) : momentOf(raw)?.toISOString();
  return value === undefined ? { rule: 'notATime' } : { value };
};

function startOf(period: Period): Converter {
  return (raw, _property, timeZone) => {
    const value = midnightIn(timeZone, raw, period);
    return value === undefined ? { rule: ruleFor[period] } : { value };
  };
}

const ruleFor = { date: 'notADate', month: 'notAMonth', quarter: 'notAQuarter', year: 'notAYear' } as const;

const option: Converter = (raw, property) => {
  const key = textOf(raw);
  return property.options !== undefined && !property.options.includes(key) ? { rule: 'notAnOption' } : { value: key };
};

const set: Converter = (raw, property) => {
  const keys = listed(raw).map(textOf);
  return keys.every((key) => property.options === undefined || property.options.includes(key))
    ? { value: keys }
    : { rule: 'notAmongOptions' };
};

const converters: Record<string, Converter | undefined> = {
  string: text,
  text,
  phone: text,
  link,
  xml: text,
  integer,
  decimal,
  percent: decimal,
  yesno,
  time,
  date: startOf('date'),
  month: startOf('month'),
  quarter: startOf('quarter'),
  year: startOf('year'),
  option,
  set,
  belongsto: id,
  hasone: id,
  user: id,
  file: id,
};
