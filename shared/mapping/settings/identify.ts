import * as z from 'zod';
import { strictLiquid } from '../liquid.ts';

/** Shortest, usual and longest Userlike ids. A template must keep each of them whole. */
const samples = ['1', '63741936', '9007199254740991', '01234567890123456789012345678901'];

/** The parts of the identifying property's source that are checked. */
export const IdentifySource = z.looseObject({
  template: z.string().optional(),
  options: z.unknown().optional(),
  when: z.unknown().optional(),
});

/**
 * Problems of the source of an identifying property. Its template either ends in a mark with the id or contains the id
 * alone, so that the value is stable and unique for each conversation.
 */
export function identifyProblems(source: z.infer<typeof IdentifySource> | undefined): string[] {
  if (source?.template === undefined) return ['identify needs a template for this property'];
  const { template } = source;
  const others = [
    ...(source.options === undefined ? [] : ['identify takes no options']),
    ...(source.when === undefined ? [] : ['identify takes no when, because its value must not change']),
  ];
  if (parseMarkedTemplate(template) !== undefined) return others;
  if (variablesOf(template).join() !== 'id') {
    return ['identify ends in #{{ id }}, or may use {{ id }} and nothing else'];
  }
  const problems: string[] = [];
  if (/["'](?:now|today)["']/.test(template)) problems.push('identify must not depend on the time');
  if (!samples.every((id) => identifyValue(template, id)?.includes(id))) {
    problems.push('identify must hold the whole id');
  }
  return [...problems, ...others];
}

/** The template's value for an id. Undefined if it cannot be rendered. */
export function identifyValue(template: string, id: string): string | undefined {
  try {
    return strictLiquid.parseAndRenderSync(template, { id }).trim();
  } catch {
    return undefined;
  }
}

/** A template that ends in a mark: its readable part, and the characters between that and the mark. */
export type MarkedTemplate = { readable: string; between: string };

/**
 * Splits a template that ends in `#{{ id }}`. Undefined for others. The mark is added without Liquid, so that no
 * template can change it.
 */
export function parseMarkedTemplate(template: string): MarkedTemplate | undefined {
  const text = template.trimEnd();
  const [end] = /#\{\{-?\s*id\s*-?\}\}$/.exec(text) ?? [];
  if (end === undefined) return undefined;
  const before = text.slice(0, -end.length);
  const signs = [...before.slice(before.lastIndexOf('}') + 1)];
  const between = signs.slice(signs.findLastIndex((sign) => /[\p{L}\p{N}]/u.test(sign)) + 1).join('');
  return { readable: before.slice(0, before.length - between.length), between };
}

/** The end of the text that identifies a conversation's limeobject. */
export function markOf(id: string | number): string {
  return `#${id}`;
}

/**
 * A template of the id alone, as long as the property allows. Defaults and `init` used these before there were marks.
 */
export function idTemplate(length = Number.POSITIVE_INFINITY): string {
  const templates = ['Userlike conversation {{ id }}', 'Userlike {{ id }}', '{{ id }}'];
  // Ids have eight digits now. Reserve ten.
  return templates.find((template) => template.replace('{{ id }}', '0123456789').length <= length) ?? '{{ id }}';
}

function variablesOf(text: string): string[] {
  try {
    return strictLiquid.globalFullVariablesSync(text);
  } catch {
    return [];
  }
}
