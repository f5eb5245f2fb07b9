import type { Limetype, Property } from '../../../shared/lime/wire.ts';
import type { PropertySource } from '../../../shared/mapping/settings/source.ts';
import { isEmpty } from '../../../shared/userlike/value-at.ts';
import { propertyAt, type Scope } from '../scope.ts';
import { checkPath, checkTemplate } from './paths.ts';
import { defaultFor, sourceFor } from './suggest.ts';
import { longestTextOf, rendered } from './templates.ts';
import { checkValues } from './values.ts';

type Others = {
  /** Properties that a relation sets, unless it finds nothing. */
  maybe?: readonly string[];
  /** Properties that are always set by other parts of the settings. */
  always?: readonly string[];
  /** The consequence of a required property without a value, if the conversation is not parked. */
  otherwise?: string;
};

const PARKED = 'the conversation is then parked';

/** Checks that the sources give values that the tenant accepts, and a value for every required property. */
export function checkSources(
  scope: Scope,
  type: Limetype | undefined,
  sources: Record<string, PropertySource>,
  path: string,
  others: Others = {},
): void {
  const { otherwise = PARKED } = others;
  for (const [name, source] of Object.entries(sources)) {
    const at = `${path}.${name}`;
    if (source.path !== undefined) checkPath(scope, source.path, `${at}.path`);
    for (const condition of Object.keys(source.when ?? {})) checkPath(scope, condition, `${at}.when.${condition}`);
    if (source.template !== undefined) checkTemplate(scope, source.template, `${at}.template`);
    const property = propertyAt(scope, type, name, at);
    if (type === undefined || property === undefined) continue;
    checkValues(scope, type, property, source, at, otherwise);
    if (property.required && !property.computed) checkGiven(scope, type, property, source, at, otherwise);
  }
  for (const property of type?.properties.values() ?? []) {
    const { name, required, hasDefault, computed } = property;
    const isWritten = Object.hasOwn(sources, name) || others.always?.includes(name);
    if (!required || computed || isWritten || hasDefault === true) continue;
    const about = { path, property: `${type?.name}.${name}` };
    if (others.maybe?.includes(name)) {
      scope.report('hint', { ...about, rule: `required, but its relation may be empty: ${otherwise}` });
      continue;
    }
    scope.report('error', { ...about, rule: 'required and not mapped', suggestion: sourceFor(property) });
  }
}

/** Reports a required property that gets no value, or none from some conversations. */
function checkGiven(
  { report }: Scope,
  type: Limetype,
  property: Property,
  source: PropertySource,
  path: string,
  otherwise: string,
): void {
  const about = { property: `${type.name}.${property.name}`, path };
  const isConstant = source.value !== undefined;
  if (isConstant && isEmpty(source.value)) report('error', { ...about, rule: 'required and without a value' });
  if (source.when === undefined && (isConstant || alwaysGives(source))) return;
  if (!isEmpty(source.default)) return;
  report('hint', {
    ...about,
    rule: `required, but some conversations have no value for it: ${otherwise}`,
    suggestion: defaultFor(property),
  });
}

/** True if the source gives a value for every conversation. An option map may have no entry for one. */
function alwaysGives({ template, options }: PropertySource): boolean {
  if (template === undefined || options !== undefined) return false;
  return (rendered(template) ?? '').trim() !== '' || longestTextOf(template).always;
}
