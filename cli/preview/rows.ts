import type { Finding } from '../../shared/errors.ts';
import type { Limetype, Property } from '../../shared/lime/wire.ts';
import type { Draft } from '../../shared/mapping/draft.ts';
import { inEnglish } from '../../shared/mapping/omission.ts';
import { fitToProperty } from '../../shared/mapping/plan/convert.ts';
import type { PropertySource } from '../../shared/mapping/settings/source.ts';
import { type SourceTrace, traceSource } from '../../shared/mapping/values/source.ts';
import { toWire } from '../../shared/mapping/values/value.ts';
import { isEmpty } from '../../shared/userlike/value-at.ts';
import { percentText } from '../percent.ts';

/** A mapped property of a limeobject: its source, what that gave, and what Lime gets. */
export type Row = {
  property: string;
  /** The source in the settings, such as `path contact.email`. */
  source: string;
  /** Missing for a constant, and if the source gave nothing. */
  gave?: unknown;
  /** Missing if Lime gets nothing. */
  gets?: unknown;
  /** Why Lime gets nothing, or something else than the source gave. */
  because?: string;
};

export type Mapped = {
  /** Path of the sources in the settings. */
  path: string;
  sources: Record<string, PropertySource>;
  /** Undefined if the tenant has no such limetype. */
  type: Limetype | undefined;
  /** The body of the request. Undefined if there is no request. */
  body: Record<string, unknown> | undefined;
};

/** A row for each source, in the order of the settings. */
export function rowsOf({ path, sources, type, body }: Mapped, draft: Draft, omitted: readonly Finding[]): Row[] {
  return Object.entries(sources).map(([property, source]) => {
    const trace = traceOf(draft, property, source, path);
    const row: Row = {
      property,
      source: sourceText(source),
      ...(!isEmpty(trace.gave) && { gave: trace.gave }),
    };
    const gets = body?.[property];
    const remarks = [...remarksOf(trace), ...remarksOfValue(gets, trace, type?.properties.get(property))];
    if (gets !== undefined) return { ...row, gets, ...(remarks.length > 0 && { because: remarks.join(', ') }) };
    const because =
      reasonIn(omitted, `${path}.${property}`, property) ?? brokenRule(trace, source, property, { type, draft });
    if (because !== undefined) return { ...row, because };
    return isEmpty(trace.value)
      ? { ...row, because: emptyReason(trace, source) }
      : { ...row, because: 'not sent, because the conversation is parked' };
  });
}

/** The identifying property's value is made in another way, and the draft has it. */
function traceOf(draft: Draft, property: string, source: PropertySource, path: string): SourceTrace {
  const { instance, payload, settings, values } = draft;
  const isTitle = property === instance.identify && path.endsWith(`${settings.instances.indexOf(instance)}.properties`);
  return isTitle
    ? { gave: values[property], value: values[property], by: 'conversation' }
    : traceSource(source, payload, settings);
}

function sourceText({ value, path }: PropertySource): string {
  if (value !== undefined) return 'value';
  return path === undefined ? 'template' : `path ${path}`;
}

function remarksOf({ by }: SourceTrace): string[] {
  if (by === 'map') return ['by options'];
  if (by === 'default of an empty value') return ['the default'];
  if (by === 'default of the map') return ['the default, because options has no such entry'];
  return by === 'failed template' ? ['the default, because the template failed'] : [];
}

/** Explains a value that Lime shows in another form. Lime stores a percentage as a fraction, and a text may be cut. */
function remarksOfValue(gets: unknown, { value }: SourceTrace, property: Property | undefined): string[] {
  if (property?.type === 'percent' && typeof gets === 'number') return [percentText(gets)];
  const isCut = typeof gets === 'string' && typeof value === 'string' && gets.length < value.trim().length;
  return isCut ? [`cut from ${value.length} characters`] : [];
}

function emptyReason({ by }: SourceTrace, { options, template }: PropertySource): string {
  if (by === 'unmet condition') return 'when does not hold, and there is no default';
  if (by === 'failed template') return 'the template failed, and there is no default';
  if (by === 'default of the map') return 'options has no such entry, and there is no default';
  if (by === 'map' && options !== undefined) return 'options gives an empty text';
  return template === undefined ? 'the conversation has no value' : 'the template gave nothing';
}

/** The reason of the mapper, which names the property too. */
function reasonIn(omitted: readonly Finding[], path: string, property: string): string | undefined {
  const found = omitted.find((finding) => finding.path === path)?.message;
  return found === undefined ? undefined : `left out: ${found.replace(`${property} is `, '')}`;
}

/** The rule that a value breaks. Known also if the mapper stopped at another one. */
function brokenRule(
  { value }: SourceTrace,
  source: PropertySource,
  property: string,
  { type, draft }: { type: Limetype | undefined; draft: Draft },
): string | undefined {
  const known = type?.properties.get(property);
  if (type === undefined) return 'the tenant has no such limetype';
  if (known === undefined) return `not a property of ${type.name}`;
  const converted = toWire(fitToProperty(value, source, known), known, draft.settings.timeZone);
  if (converted !== undefined && 'value' in converted) return undefined;
  if (converted !== undefined) return `${inEnglish(converted)}${known.required ? ', and Lime requires it' : ''}`;
  return known.required ? 'empty, and Lime requires it' : undefined;
}
