import type { Limetype, Property } from '../../shared/lime/wire.ts';
import { inEnglish } from '../../shared/mapping/omission.ts';
import { fitToProperty } from '../../shared/mapping/plan/convert.ts';
import { idTemplate } from '../../shared/mapping/settings/identify.ts';
import { nearest } from '../../shared/mapping/settings/nearest.ts';
import type { PropertySource } from '../../shared/mapping/settings/source.ts';
import { toWire } from '../../shared/mapping/values/value.ts';
import { isEmpty } from '../../shared/userlike/value-at.ts';
import { propertyAt, type Scope, texts } from './scope.ts';
import { longestTextOf, pathKind, rendered } from './templates.ts';

/** Types of properties that get their value only from the limeobject's relations. */
const ids = ['belongsto', 'hasone', 'user', 'file'];
const numbers = ['integer', 'decimal', 'percent'];
const times = ['time', 'date', 'month', 'quarter', 'year'];

type Others = {
  /** Properties that a relation sets, unless it finds nothing. */
  maybe?: readonly string[];
  /** Properties that are always set by other parts of the settings. */
  always?: readonly string[];
  /** The consequence of a required property without a value, if the conversation is not parked. */
  otherwise?: string;
};

/** Checks that the sources give values that the tenant accepts, and a value for every required property. */
export function checkSources(
  scope: Scope,
  type: Limetype | undefined,
  sources: Record<string, PropertySource>,
  path: string,
  others: Others = {},
): void {
  for (const [name, source] of Object.entries(sources)) {
    const property = propertyAt(scope, type, name, `${path}.${name}`);
    if (type === undefined || property === undefined) continue;
    checkSource(scope, type, property, source, `${path}.${name}`);
    if (property.required && !property.computed) checkGiven(scope, type, property, source, `${path}.${name}`, others);
  }
  for (const { name, required, hasDefault, computed, ...property } of type?.properties.values() ?? []) {
    const isWritten = Object.hasOwn(sources, name) || others.always?.includes(name);
    if (!required || computed || isWritten || hasDefault === true) continue;
    const about = { path, property: `${type?.name}.${name}` };
    if (others.maybe?.includes(name)) {
      scope.report('hint', {
        ...about,
        rule: `required, but its relation may be empty: ${others.otherwise ?? 'the conversation is then parked'}`,
      });
      continue;
    }
    scope.report('error', { ...about, rule: 'required and not mapped', suggestion: sourceFor(name, property) });
  }
}

/** A source that would satisfy a required property. Undefined for limeobjects, files and options. */
function sourceFor(
  name: string,
  { type, options, length }: Pick<Property, 'type' | 'options' | 'length'>,
): string | undefined {
  if (ids.includes(type)) return undefined;
  const value = numbers.includes(type) ? 0 : type === 'yesno' ? false : options?.find((key) => key !== 'empty');
  if (value === undefined && (type === 'option' || type === 'set')) return undefined;
  const source =
    value !== undefined ? { value } : times.includes(type) ? { path: 'created_at' } : { template: idTemplate(length) };
  return `"${name}": ${JSON.stringify(source)}`;
}

function checkSource(scope: Scope, type: Limetype, property: Property, source: PropertySource, path: string): void {
  const about = { property: `${type.name}.${property.name}` };
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
    if (converted === undefined || 'value' in converted) continue;
    const at = { ...about, path: `${path}.${key}` };
    scope.report('error', {
      ...at,
      rule: ruleOf(inEnglish(converted), property, value),
      suggestion: keyFor(property, value),
    });
    if (property.computed) return;
  }
  if (source.value !== undefined) return;
  const text = source.template === undefined ? undefined : rendered(source.template);
  if (text === undefined) checkConversationValue(scope, property, source, path, about);
}

/** Reports a required property that gets no value, or none from some conversations. */
function checkGiven(
  { report }: Scope,
  type: Limetype,
  property: Property,
  source: PropertySource,
  path: string,
  { otherwise = 'it is then parked' }: Others,
): void {
  const about = { property: `${type.name}.${property.name}`, path };
  if (source.value !== undefined) {
    if (isEmpty(source.value)) report('error', { ...about, rule: 'required and without a value' });
    return;
  }
  if (!isEmpty(source.default) || alwaysGives(source)) return;
  report('hint', {
    ...about,
    rule: `required, but some conversations have no value for it: ${otherwise}`,
    suggestion: 'add a default',
  });
}

/** True if the source gives a value for every conversation. An option map may have no entry for one. */
function alwaysGives({ template, options }: PropertySource): boolean {
  if (template === undefined || options !== undefined) return false;
  return (rendered(template) ?? '').trim() !== '' || longestTextOf(template).always;
}

/** Checks a value of the conversation by its kind, because the value itself is unknown. */
function checkConversationValue(
  { report }: Scope,
  property: Property,
  source: PropertySource,
  path: string,
  about: { property: string },
): void {
  const { type } = property;
  if (source.options !== undefined) return;
  const at = { ...about, path: `${path}.${source.path === undefined ? 'template' : 'path'}` };
  if (property.computed) {
    report('error', { ...at, rule: 'computed by Lime and cannot be written' });
  } else if (type === 'option' || type === 'set') {
    const suggestion = `"options": {"…": "${property.options?.find((key) => key !== 'empty') ?? '…'}"}`;
    report('hint', { ...at, rule: 'an option; values other than its keys are left out', suggestion });
  } else if (texts.includes(type)) {
    if (source.template === undefined || property.length === undefined || source.whenLonger === 'cut') return;
    if (longestTextOf(source.template).characters <= property.length) return;
    const rule = `may be longer than ${property.length} characters, and is then left out`;
    report('hint', { ...at, rule, suggestion: '"whenLonger": "cut"' });
  } else if (type === 'yesno' || [...ids, ...numbers, ...times].includes(type)) {
    const kind = source.path === undefined ? undefined : pathKind(source.path);
    const needed = times.includes(type) ? 'time' : type === 'yesno' ? 'yesno' : 'number';
    if (kind === needed) return;
    const read = (word: string): string => (word === 'yesno' ? 'yes or no' : word);
    if (kind === undefined)
      report('hint', { ...at, rule: `of type ${type}: a value that is not a ${read(needed)} is left out` });
    else report('error', { ...at, rule: `of type ${type}, and ${source.path} is a ${read(kind)}` });
  } else {
    report('error', { ...at, rule: `of type ${type}, which cannot be written` });
  }
}

function ruleOf(rule: string, { choices }: Property, value: unknown): string {
  return choices?.some(({ key, inactive }) => inactive && key === String(value)) ? `an inactive option, ${rule}` : rule;
}

/** The active option whose key or text is nearest to the given value. */
function keyFor({ type, options, choices = [] }: Property, value: unknown): string | undefined {
  if (type !== 'option' && type !== 'set') return undefined;
  const active = choices.filter(({ inactive }) => !inactive);
  const text = String(value);
  const key = nearest(text, options ?? []);
  const read = nearest(
    text,
    active.map((choice) => choice.text),
  );
  const meant = key ?? active.find((choice) => choice.text === read)?.key;
  if (meant !== undefined) return meant;
  const keys = (options ?? []).filter((option) => option !== 'empty').slice(0, 8);
  return keys.length === 0 ? undefined : `one of ${keys.join(', ')}`;
}
