import { valueAt } from '../../userlike/value-at.ts';
import type { Draft } from '../draft.ts';
import { type Omission, OmissionError } from '../omission.ts';
import { withSearchedForms } from '../search.ts';
import { createValueConverter, notAProperty, type Values } from './convert.ts';
import { findableValues } from './findable.ts';
import type { PlanContext } from './parts.ts';

/** A limeobject to create if lookups find none, or why it cannot be created. `omitted` lists values that do not fit. */
export type Creation = Creatable | { impossible: Omission };
export type Creatable = { limetype: string; values: Values; omitted: Omission[] };

/** A limeobject that cannot be created does not hold up its conversation. */
export function creationOf<R extends 'person' | 'company'>(
  relation: R,
  { instance, payload, settings, searches }: Draft,
  { metadata, path }: PlanContext,
): Partial<Record<R, Creation>> {
  const { limetype, create, inactive } = instance.relations[relation] ?? {};
  if (limetype === undefined || create === undefined) return {};
  const at = `${path}.relations.${relation}`;
  const creation: Partial<Record<R, Creation>> = {};
  const omitted: Omission[] = [];
  const type = metadata.get(limetype);
  if (type === undefined) {
    const message = `the tenant has no limetype ${limetype}`;
    creation[relation] = {
      impossible: { path: `${at}.create.properties`, message, rule: 'noLimetype', type: limetype, of: relation },
    };
    return creation;
  }
  try {
    const { timeZone, country } = settings;
    const search = searches[relation] ?? [];
    const convert = createValueConverter(payload, settings, omitted);
    const mapped = convert.values(type, create.properties, `${at}.create.properties`);
    const values = findableValues(withSearchedForms(mapped, search), {
      type,
      search,
      at,
      inactive,
      isMapped: (property) => Object.hasOwn(create.properties, property),
      searched: ({ rule, normal }) =>
        rule.as === 'phone' || rule.as === 'text' ? valueAt(payload, rule.path) : normal,
      country,
      timeZone,
    });
    creation[relation] = { limetype, values, omitted };
  } catch (error) {
    if (!(error instanceof OmissionError)) throw error;
    creation[relation] = { impossible: { ...error.omission, of: relation } };
  }
  return creation;
}

/** The person's property for the company. Without it, a new person has no company. */
export function companyOf(
  { instance }: Draft,
  { metadata, path }: PlanContext,
  creation: Creation | undefined,
): { companyOfPerson?: string } {
  const { person, company } = instance.relations;
  if (person === undefined || company === undefined) return {};
  const type = metadata.get(person.limetype);
  if (type?.properties.has(company.from)) return { companyOfPerson: company.from };
  if (type !== undefined && creation !== undefined && 'omitted' in creation) {
    creation.omitted.push(notAProperty(type, company.from, `${path}.relations.company.from`));
  }
  return {};
}
