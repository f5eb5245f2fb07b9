import type { Limetype, Metadata } from '../../shared/lime/wire.ts';
import {
  type MatchRule,
  type RelationName,
  type Relations,
  relationNames,
} from '../../shared/mapping/settings/relation.ts';
import { limetypeAt, propertyAt, relationAt, type Scope, texts, typedAt } from './scope.ts';
import { checkPath } from './sources/paths.ts';
import { checkSources } from './sources/sources.ts';

/** The limetype of a relation. A company without rules has the limetype that its person points at. */
export function limetypeOfRelation(
  metadata: Metadata,
  { person, company, coworker }: Relations,
  name: RelationName,
): string | undefined {
  if (name === 'person') return person?.limetype;
  if (name === 'coworker') return coworker?.limetype;
  if (company?.rules !== undefined) return company.limetype;
  return metadata.get(person?.limetype ?? '')?.properties.get(company?.from ?? '')?.relatedType;
}

/** Checks that the related limeobjects can be looked up and linked. */
export function checkRelations(scope: Scope, type: Limetype | undefined, relations: Relations, path: string): void {
  const { person, company, coworker } = relations;
  if (person !== undefined) checkSearched(scope, type, person, `${path}.person`, company?.from);
  if (person?.fill !== undefined) checkFill(scope, relations, `${path}.person.fill`);
  if (company !== undefined) checkCompany(scope, type, relations, `${path}.company`);
  if (coworker === undefined) return;
  checkSearched(scope, type, coworker, `${path}.coworker`);
  coworker.fallback?.forEach(({ path: searched }, index) => {
    if (searched !== undefined) checkPath(scope, searched, `${path}.coworker.fallback.${index}.path`);
  });
}

type Searched = NonNullable<Relations['person']>;

function checkSearched(
  scope: Scope,
  type: Limetype | undefined,
  relation: Searched,
  path: string,
  company?: string,
): void {
  relationAt(scope, type, relation.property, `${path}.property`, relation.limetype);
  const found = limetypeAt(scope, relation.limetype, `${path}.limetype`);
  checkRules(scope, found, relation, path);
  if (relation.create === undefined) return;
  const maybe = company === undefined ? [] : [company];
  checkSources(scope, found, relation.create.properties, `${path}.create.properties`, {
    maybe,
    otherwise: 'the person is then not created',
  });
}

/** An update need not have a value for a required property. A value that does not fit is left out. */
function checkFill(scope: Scope, { person, company }: Relations, path: string): void {
  const found = scope.metadata.get(person?.limetype ?? '');
  const { properties = {}, company: isLinked } = person?.fill ?? {};
  const others = { always: [...(found?.properties.keys() ?? [])], otherwise: 'the property then stays blank' };
  checkSources(scope, found, properties, `${path}.properties`, others);
  if (!isLinked || company !== undefined) return;
  scope.report('error', { path: `${path}.company`, rule: 'needs relations.company, which finds the company' });
}

function checkRules(
  scope: Scope,
  found: Limetype | undefined,
  { rules = [], inactive }: { rules?: MatchRule[] | undefined; inactive?: string | undefined },
  path: string,
): void {
  rules.forEach(({ path: searched, properties }, rule) => {
    checkPath(scope, searched, `${path}.rules.${rule}.path`);
    properties.forEach((name, index) => {
      typedAt(scope, found, name, `${path}.rules.${rule}.properties.${index}`, texts);
    });
  });
  if (inactive !== undefined) typedAt(scope, found, inactive, `${path}.inactive`, ['yesno']);
}

function checkCompany(scope: Scope, type: Limetype | undefined, relations: Relations, path: string): void {
  const { person, company } = relations;
  if (company === undefined) return;
  const related = limetypeOfRelation(scope.metadata, relations, 'company');
  relationAt(scope, type, company.property, `${path}.property`, related);
  if (person !== undefined) {
    const of = scope.metadata.get(person.limetype);
    relationAt(scope, of, company.from, `${path}.from`, company.rules === undefined ? undefined : company.limetype);
  }
  if (company.rules === undefined) {
    if (person !== undefined) return;
    scope.report('hint', { path, rule: 'stays empty: it has no rules, and there is no person to take it from' });
    return;
  }
  const found = limetypeAt(scope, company.limetype, `${path}.limetype`);
  checkRules(scope, found, company, path);
  if (company.create !== undefined) {
    const otherwise = 'the company is then not created';
    checkSources(scope, found, company.create.properties, `${path}.create.properties`, { otherwise });
  }
}

/** Checks relations that another limeobject takes over from the limeobject. */
export function checkInheritedRelations(
  scope: Scope,
  type: Limetype | undefined,
  taken: Partial<Record<RelationName, string>>,
  relations: Relations,
  path: string,
): void {
  for (const name of relationNames) {
    const property = taken[name];
    if (property === undefined) continue;
    const at = `${path}.${name}`;
    if (relations[name] !== undefined) {
      relationAt(scope, type, property, at, limetypeOfRelation(scope.metadata, relations, name));
    } else if (propertyAt(scope, type, property, at) !== undefined) {
      scope.report('hint', { path: at, rule: `stays empty: the instance has no relations.${name}` });
    }
  }
}
