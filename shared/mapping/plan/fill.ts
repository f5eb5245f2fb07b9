import * as z from 'zod';
import { isEmpty } from '../../userlike/value-at.ts';
import type { Draft } from '../draft.ts';
import { type Omission, OmissionError } from '../omission.ts';
import { readSource } from '../values/source.ts';
import type { WireValue } from '../values/value.ts';
import { createValueConverter, fitToProperty } from './convert.ts';
import type { PlanContext } from './parts.ts';

/** What a found person may lack: by property the value, or why it does not fit. */
export type FillPlan = {
  limetype: string;
  values: Record<string, { value: WireValue } | { omission: Omission }>;
  /** The property for the company, if an empty one is linked. */
  company?: string;
};

/** Values that a person in Lime gets where a property is blank. Sources without a value are left out. */
export function fillOf({ instance, payload, settings }: Draft, { metadata, path }: PlanContext): { fill?: FillPlan } {
  const { person, company } = instance.relations;
  const type = metadata.get(person?.limetype ?? '');
  if (person?.fill === undefined || type === undefined) return {};
  const values: FillPlan['values'] = {};
  for (const [name, source] of Object.entries(person.fill.properties)) {
    const raw = readSource(source, payload, settings);
    if (isEmpty(raw)) continue;
    const omitted: Omission[] = [];
    const convert = createValueConverter(payload, settings, omitted);
    const fitting = fitToProperty(raw, source, type.properties.get(name));
    try {
      const value = convert.value(type, name, fitting, `${path}.relations.person.fill.properties.${name}`);
      const [omission] = omitted;
      if (value !== undefined) values[name] = { value };
      else if (omission !== undefined) values[name] = { omission };
    } catch (error) {
      if (!(error instanceof OmissionError)) throw error;
      values[name] = { omission: error.omission };
    }
  }
  const isLinked = person.fill.company && company !== undefined && type.properties.has(company.from);
  return { fill: { limetype: type.name, values, ...(isLinked && { company: company.from }) } };
}

const EmptyOption = z.union([z.literal('empty'), z.looseObject({ key: z.literal('empty') })]);

/** Lime reads an option without a choice as one with the key `empty`. A number 0 and a false are values. */
export function isBlank(value: unknown): boolean {
  return isEmpty(value) || EmptyOption.safeParse(value).success;
}
