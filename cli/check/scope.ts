import type { Limetype, Metadata, Property } from '../../shared/lime/wire.ts';
import { nearest } from '../../shared/mapping/settings/nearest.ts';
import { sameMeaning } from '../tenant/meanings.ts';
import type { Against } from './against.ts';
import type { CheckFinding } from './finding.ts';

/** The shared context of the checks: the tenant's data model and the list of findings. */
export type Scope = {
  metadata: Metadata;
  timeZone: string;
  /** Real conversations, if there are any. */
  against?: Against | undefined;
  report: (severity: CheckFinding['severity'], finding: Omit<CheckFinding, 'severity'>) => void;
};

/** The limetype of this name. Reports a finding and returns undefined if there is none. */
export function limetypeAt({ metadata, report }: Scope, name: string, path: string): Limetype | undefined {
  const type = metadata.get(name);
  if (type === undefined) {
    report('error', {
      path,
      rule: `the tenant has no limetype ${name}`,
      suggestion: nearestNamed(name, [...metadata.values()]),
    });
  }
  return type;
}

/** The property of this name. Reports a finding and returns undefined if there is none. */
export function propertyAt(
  { report }: Scope,
  type: Limetype | undefined,
  name: string,
  path: string,
): Property | undefined {
  if (type === undefined) return undefined;
  const property = type.properties.get(name);
  if (property === undefined) {
    report('error', {
      path,
      property: `${type.name}.${name}`,
      rule: `not a property of ${type.name}`,
      suggestion: namedAlike(name, [...type.properties.values()]),
    });
  }
  return property;
}

/** The property of this name, if it has one of these types. */
export function typedAt(
  scope: Scope,
  type: Limetype | undefined,
  name: string,
  path: string,
  types: readonly string[],
): Property | undefined {
  const property = propertyAt(scope, type, name, path);
  if (type === undefined || property === undefined || types.includes(property.type)) return property;
  const candidates = [...type.properties.values()].filter((candidate) => types.includes(candidate.type));
  scope.report('error', {
    path,
    property: `${type.name}.${name}`,
    rule: `of type ${property.type}, needs ${listOf(types)}`,
    suggestion: nearestNamed(name, candidates) ?? only(candidates),
  });
  return undefined;
}

/** The property of this name, if it is a relation to this limetype, or to any if none is given. */
export function relationAt(
  scope: Scope,
  type: Limetype | undefined,
  name: string,
  path: string,
  wanted: string | undefined,
): Property | undefined {
  if (type === undefined) return undefined;
  // A missing limetype is reported where the settings name it.
  const related = wanted !== undefined && scope.metadata.has(wanted) ? wanted : undefined;
  const relations = [...type.properties.values()].filter(
    (candidate) => isRelation(candidate) && (related === undefined || candidate.relatedType === related),
  );
  const property = type.properties.get(name);
  if (property !== undefined && relations.includes(property)) return property;
  // Some metadata do not name the limetype of a relation.
  if (property !== undefined && isRelation(property) && property.relatedType === undefined) return property;
  const rule =
    property === undefined
      ? `not a property of ${type.name}`
      : isRelation(property)
        ? `a relation to ${property.relatedType}, needs one to ${related}`
        : `of type ${property.type}, needs a relation (belongsto)${related === undefined ? '' : ` to ${related}`}`;
  scope.report('error', {
    path,
    property: `${type.name}.${name}`,
    rule,
    suggestion: nearestNamed(name, relations) ?? only(relations),
  });
  return undefined;
}

export const texts = ['string', 'text', 'phone', 'link', 'xml'];

function isRelation({ type }: Property): boolean {
  return type === 'belongsto' || type === 'hasone';
}

type Named = { name: string; localname: string | undefined; label: string | undefined };

/** The name of the candidate that is named most alike. All candidates would do. */
function nearestNamed(name: string, candidates: readonly Named[]): string | undefined {
  return (
    namedAlike(name, candidates) ??
    nearest(
      name,
      candidates.map((candidate) => candidate.name),
      Number.POSITIVE_INFINITY,
    )
  );
}

/** The name of the candidate whose name, displayed name, label or meaning is near. */
function namedAlike(name: string, candidates: readonly Named[]): string | undefined {
  const byName = nearest(
    name,
    candidates.map((candidate) => candidate.name),
  );
  if (byName !== undefined) return byName;
  const aliases = candidates.flatMap((candidate) =>
    [candidate.localname, candidate.label].flatMap((alias) => (alias === undefined ? [] : { alias, candidate })),
  );
  const alias = nearest(
    name,
    aliases.map((one) => one.alias),
  );
  const meant = aliases.find((one) => one.alias === alias)?.candidate ?? sameMeaning(name, candidates);
  return meant?.name;
}

function only(candidates: readonly Property[]): string | undefined {
  return candidates.length === 1 ? candidates[0]?.name : undefined;
}

function listOf(types: readonly string[]): string {
  return types.length === 1 ? `${types[0]}` : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
}
