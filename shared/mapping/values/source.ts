import type { Liquid, Template } from 'liquidjs';
import type { Conversation } from '../../userlike/conversation.ts';
import { readableText } from '../../userlike/forms/readable-text.ts';
import { isEmpty, valueAt } from '../../userlike/value-at.ts';
import { createLiquid } from '../liquid.ts';
import { RatingScale } from '../settings/rating.ts';
import type { Conditions, PropertySource } from '../settings/source.ts';
import { computedFields } from './computed.ts';

type Engine = { liquid: Liquid; templates: Map<string, Template[]> };

const engines = new Map<string, Engine>();

/**
 * The value of a source, not yet converted to the property's type. Undefined if there is nothing to write. A template
 * that cannot be rendered gives its default. Templates print times in the zone of the settings.
 */
export function readSource(source: PropertySource, conversation: Conversation, options: SourceOptions): unknown {
  return traceSource(source, conversation, options).value;
}

/** The value of a source, what path or template gave for it, and how one became the other. */
export type SourceTrace = {
  gave: unknown;
  value: unknown;
  by:
    | 'constant'
    | 'conversation'
    | 'map'
    | 'default of an empty value'
    | 'default of the map'
    | 'failed template'
    | 'unmet condition';
};

export function traceSource(
  source: PropertySource,
  conversation: Conversation,
  { timeZone, rating }: SourceOptions,
): SourceTrace {
  const scope = scopeOf(conversation, rating);
  if (!holds(source.when, scope)) return { gave: undefined, value: source.default, by: 'unmet condition' };
  if (source.value !== undefined) return { gave: undefined, value: source.value, by: 'constant' };
  const gave =
    source.path === undefined ? renderTemplate(source.template ?? '', scope, timeZone) : valueAt(scope, source.path);
  const isFailed = source.template !== undefined && gave === undefined;
  if (isFailed) return { gave, value: source.default, by: 'failed template' };
  if (isEmpty(gave)) return { gave, value: source.default, by: 'default of an empty value' };
  if (source.options === undefined) return { gave, value: gave, by: 'conversation' };
  const key = textOf(gave);
  return Object.hasOwn(source.options, key)
    ? { gave, value: source.options[key], by: 'map' }
    : { gave, value: source.default, by: 'default of the map' };
}

/** True if the conversation fulfils all conditions. Ignores case and outer blanks. */
function holds(when: Conditions = {}, scope: Conversation): boolean {
  return Object.entries(when).every(([path, values]) => {
    const value = folded(valueAt(scope, path));
    return [values].flat().some((one) => folded(one) === value);
  });
}

function folded(value: unknown): string {
  return isEmpty(value) ? '' : textOf(value).trim().toLowerCase();
}

/** The settings that sources depend on. Without a scale of ratings, Userlike's is used. */
export type SourceOptions = { timeZone: string; rating?: RatingScale | undefined };

const userlikesScale = RatingScale.parse({});

/** The data for paths and templates: the conversation and computed values. */
export function scopeOf(conversation: Conversation, rating: RatingScale = userlikesScale): Conversation {
  const scope = { ...conversation };
  for (const [name, get] of Object.entries(computedFields(conversation, rating))) {
    Object.defineProperty(scope, name, { get, enumerable: true });
  }
  return scope;
}

/** The value as text for people. */
export function textOf(value: unknown): string {
  return typeof value === 'object' ? readableText(value) || JSON.stringify(value) : String(value);
}

/** Undefined if the template cannot be rendered. */
export function renderTemplate(template: string, scope: Conversation, timeZone: string): string | undefined {
  try {
    const { liquid, templates } = engineFor(timeZone);
    const parsed = templates.get(template) ?? liquid.parse(template);
    templates.set(template, parsed);
    return liquid.renderSync(parsed, scope).trim();
  } catch {
    return undefined;
  }
}

/** One engine for each zone, so that times do not depend on the machine's zone. It keeps the settings' templates. */
function engineFor(timeZone: string): Engine {
  const known = engines.get(timeZone);
  if (known !== undefined) return known;
  const limits = { renderLimit: 1_000, memoryLimit: 10_000_000 };
  const engine = { liquid: createLiquid({ timezoneOffset: timeZone, ...limits }), templates: new Map() };
  engines.set(timeZone, engine);
  return engine;
}
