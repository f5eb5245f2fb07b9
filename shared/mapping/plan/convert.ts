import type { Limetype, Property } from '../../lime/wire.ts';
import { shorten } from '../../text/cut.ts';
import type { Conversation } from '../../userlike/conversation.ts';
import { isEmpty } from '../../userlike/value-at.ts';
import { type BrokenRule, inEnglish, type Omission, OmissionError } from '../omission.ts';
import type { PropertySource } from '../settings/source.ts';
import { readSource, type SourceOptions } from '../values/source.ts';
import { type Converted, isText, toText, toWire, type WireValue } from '../values/value.ts';

/** Converted values by property. */
export type Values = Record<string, WireValue>;

/** Converts values for the tenant's data model. Values that do not fit are added to `omitted`. */
export type ValueConverter = {
  /**
   * The value in the form that the property accepts. Undefined if there is nothing to write. Throws MappingError if a
   * `needed` or required property cannot be written.
   * @param at path in the settings
   */
  value: (type: Limetype, name: string, raw: unknown, at: string, needed?: 'needed') => WireValue | undefined;
  /** Converts the values of all sources. */
  values: (type: Limetype, sources: Record<string, PropertySource>, at: string) => Values;
  /** Keeps the names of existing properties. */
  names: <K extends string>(
    type: Limetype,
    names: Partial<Record<K, string>>,
    at: string,
  ) => Partial<Record<K, string>>;
};

export function createValueConverter(
  conversation: Conversation,
  options: SourceOptions,
  omitted: Omission[],
): ValueConverter {
  const value: ValueConverter['value'] = (type, name, raw, at, needed) => {
    const property = type.properties.get(name);
    const converted: Converted =
      property === undefined ? { rule: 'notAProperty', type: type.name } : toWire(raw, property, options.timeZone);
    if (converted !== undefined && 'value' in converted) return converted.value;
    const must = needed !== undefined || property?.required === true;
    const broken = converted ?? (must ? { rule: 'missing' as const } : undefined);
    if (broken === undefined) return undefined;
    const omission = omissionOf(type, name, at, broken);
    if (must) {
      throw new OmissionError({ ...omission, message: `${type.name}.${omission.message}` });
    }
    omitted.push(omission);
    return undefined;
  };
  return {
    value,
    values: (type, sources, at) => {
      const values: Values = {};
      for (const [name, source] of Object.entries(sources)) {
        const raw = readSource(source, conversation, options);
        const converted = value(type, name, fitToProperty(raw, source, type.properties.get(name)), `${at}.${name}`);
        if (converted !== undefined) values[name] = converted;
      }
      return values;
    },
    names: (type, names, at) => {
      const known = { ...names };
      for (const key in names) {
        const name = names[key];
        if (name === undefined || type.properties.has(name)) continue;
        omitted.push(notAProperty(type, name, `${at}.${key}`));
        delete known[key];
      }
      return known;
    },
  };
}

/** A property that the limetype does not have. */
export function notAProperty(type: Limetype, name: string, path: string): Omission {
  return omissionOf(type, name, path, { rule: 'notAProperty', type: type.name });
}

function omissionOf(type: Limetype, name: string, path: string, broken: BrokenRule): Omission {
  return {
    path,
    message: `${name} is ${inEnglish(broken)}`,
    ...broken,
    field: type.properties.get(name)?.localname || name,
    ...(broken.rule === 'notAProperty' && { type: type.localname || type.name }),
  };
}

/** Cuts a value to the property's length if the settings ask for it. */
export function fitToProperty(raw: unknown, { whenLonger }: PropertySource, property: Property | undefined): unknown {
  return whenLonger !== 'cut' || property?.length === undefined || !isText(property) || isEmpty(raw)
    ? raw
    : shorten(toText(raw, property), property.length);
}
