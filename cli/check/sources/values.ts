import type { Limetype, Property } from '../../../shared/lime/wire.ts';
import { inEnglish } from '../../../shared/mapping/omission.ts';
import { fitToProperty } from '../../../shared/mapping/plan/convert.ts';
import { nearest } from '../../../shared/mapping/settings/nearest.ts';
import type { PropertySource } from '../../../shared/mapping/settings/source.ts';
import { toWire } from '../../../shared/mapping/values/value.ts';
import { fieldAt } from '../../fields/catalogue.ts';
import { nearestField } from '../../fields/nearest.ts';
import { percentText } from '../../percent.ts';
import { type Scope, texts } from '../scope.ts';
import { defaultFor, ids, keyFor, numbers, times } from './suggest.ts';
import { longestTextOf, pathKind, rendered } from './templates.ts';

type About = { property: string };

/**
 * Checks that a property takes the values of its source: constants as they are, values of conversations by their kind.
 * @param otherwise what becomes of a required property's limeobject if its value does not fit
 */
export function checkValues(
  scope: Scope,
  type: Limetype,
  property: Property,
  source: PropertySource,
  path: string,
  otherwise: string,
): void {
  const about = { property: `${type.name}.${property.name}` };
  const isWritten = checkConstants(scope, property, source, path, about);
  if (!isWritten || source.value !== undefined) return;
  const lost = property.required ? otherwise : 'it is then left out';
  if (source.options !== undefined) checkMap(scope, property, source, path, about);
  else if (source.template === undefined || rendered(source.template) === undefined) {
    checkConversationValue(scope, property, source, { path, about, lost });
  }
}

/** Checks values that the settings hold. False if the property takes none at all. */
function checkConstants(scope: Scope, property: Property, source: PropertySource, path: string, about: About): boolean {
  const constants = [
    ['value', source.value],
    ['default', source.default],
    ...Object.entries(source.options ?? {}).map(([key, value]) => [`options.${key}`, value] as const),
    ...(source.template !== undefined && source.options === undefined
      ? [['template', rendered(source.template)] as const]
      : []),
  ] as const;
  for (const [key, value] of constants) {
    const converted =
      value === undefined ? undefined : toWire(fitToProperty(value, source, property), property, scope.timeZone);
    if (converted === undefined) continue;
    const at = { ...about, path: `${path}.${key}` };
    if ('value' in converted) {
      checkPercent(scope, property, converted.value, at);
      continue;
    }
    const rule = ruleOf(inEnglish(converted), property, value);
    scope.report('error', { ...at, rule, suggestion: keyFor(property, value) });
    if (property.computed) return false;
  }
  return true;
}

/** Lime stores a percentage as a fraction. */
function checkPercent({ report }: Scope, { type }: Property, value: unknown, at: About & { path: string }): void {
  if (type !== 'percent' || typeof value !== 'number' || Math.abs(value) <= 1) return;
  report('hint', { ...at, rule: `${value} means ${percentText(value)}; 1 is 100 %`, suggestion: String(value / 100) });
}

/** An option map gives nothing for a value that it does not have, unless there is a default. */
function checkMap({ report }: Scope, property: Property, source: PropertySource, path: string, about: About): void {
  const { options = {}, default: otherwise } = source;
  const known = source.path === undefined ? undefined : fieldAt(source.path)?.values;
  const at = { ...about, path: `${path}.options` };
  for (const key of Object.keys(options)) {
    const meant = known === undefined || known.includes(key) ? undefined : nearest(key, known);
    if (meant !== undefined && !Object.hasOwn(options, meant)) {
      report('hint', { ...at, path: `${at.path}.${key}`, rule: `${source.path} is never ${key}`, suggestion: meant });
    }
  }
  // A required property without a default is reported as such.
  if (otherwise !== undefined || property.required) return;
  const missing = known?.filter((value) => !Object.hasOwn(options, value)) ?? [];
  if (known !== undefined && missing.length === 0) return;
  const values = missing.length === 0 ? 'other values' : missing.join(', ');
  report('hint', {
    ...at,
    rule: `no entry for ${values}, and no default: nothing is written`,
    suggestion: defaultFor(property),
  });
}

/** Checks a value of the conversation by its kind, because the value itself is unknown. */
function checkConversationValue(
  { report }: Scope,
  property: Property,
  source: PropertySource,
  { path, about, lost }: { path: string; about: About; lost: string },
): void {
  const { type } = property;
  const at = { ...about, path: `${path}.${source.path === undefined ? 'template' : 'path'}` };
  if (property.computed) {
    report('error', { ...at, rule: 'computed by Lime and cannot be written' });
  } else if (type === 'option' || type === 'set') {
    const suggestion = `"options": {"…": "${property.options?.find((key) => key !== 'empty') ?? '…'}"}`;
    report('hint', { ...at, rule: `an option; for a value other than its keys ${lost}`, suggestion });
  } else if (texts.includes(type)) {
    checkObject(report, property, source, at);
    checkLength(report, property, source, at, lost);
  } else if (type === 'yesno' || [...ids, ...numbers, ...times].includes(type)) {
    checkKind(report, property, source, at, lost);
  } else {
    report('error', { ...at, rule: `of type ${type}, which cannot be written` });
  }
}

type At = About & { path: string };

/** An object becomes one text of all its fields. */
function checkObject(report: Scope['report'], { name }: Property, { path }: PropertySource, at: At): void {
  if (path === undefined || fieldAt(path)?.type !== 'object') return;
  const suggestion = nearestField(`${path}.${name}`);
  report('hint', { ...at, rule: `${path} is an object, whose fields become one text`, suggestion });
}

function checkLength(report: Scope['report'], property: Property, source: PropertySource, at: At, lost: string): void {
  const { length } = property;
  if (source.template === undefined || length === undefined || source.whenLonger === 'cut') return;
  if (longestTextOf(source.template).characters <= length) return;
  report('hint', {
    ...at,
    rule: `may be longer than ${length} characters: ${lost}`,
    suggestion: '"whenLonger": "cut"',
  });
}

function checkKind(report: Scope['report'], { type }: Property, source: PropertySource, at: At, lost: string): void {
  const kind = source.path === undefined ? undefined : pathKind(source.path);
  const needed = times.includes(type) ? 'time' : type === 'yesno' ? 'yesno' : 'number';
  const read = (word: string): string => (word === 'yesno' ? 'yes or no' : word);
  if (kind !== undefined && kind !== needed) {
    report('error', { ...at, rule: `of type ${type}, and ${source.path} is a ${read(kind)}` });
  } else if (kind === undefined) {
    const saved = source.default === undefined ? '' : '; the default replaces only an empty value';
    report('hint', { ...at, rule: `of type ${type}: for a value that is not a ${read(needed)} ${lost}${saved}` });
  } else if (type === 'percent') {
    const suggestion = `"template": "{{ ${source.path} | divided_by: 100 }}"`;
    report('hint', { ...at, rule: `1 means 100 %, and ${source.path} may be more`, suggestion });
  }
}

function ruleOf(rule: string, { choices }: Property, value: unknown): string {
  return choices?.some(({ key, inactive }) => inactive && key === String(value)) ? `an inactive option, ${rule}` : rule;
}
