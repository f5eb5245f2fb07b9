import { Liquid } from 'liquidjs';
import * as z from 'zod';

const liquid = new Liquid({ strictFilters: true, ownPropertyOnly: true });

/** Ids of Userlike in their extremes: what their values do not hold whole cannot tell conversations apart. */
const samples = ['1', '63741936', '9007199254740991', '01234567890123456789012345678901'];

/** What counts of the source of an identifying property. */
export const IdentifySource = z.looseObject({ template: z.string().optional(), options: z.unknown().optional() });

/**
 * Rules that the source of an identifying property breaks: the same conversation must give the same value at any time,
 * and no other conversation may.
 */
export const problemsOfIdentify = (source: z.infer<typeof IdentifySource> | undefined): string[] => {
  if (source?.template === undefined) return ['identify needs a template for this property'];
  const { template } = source;
  if (variablesOf(template).join() !== 'id') return ['identify may use {{ id }} and nothing else'];
  const problems: string[] = [];
  if (/["'](?:now|today)["']/.test(template)) problems.push('identify must not depend on the time');
  if (!samples.every((id) => identifyValue(template, id)?.includes(id))) {
    problems.push('identify must hold the whole id');
  }
  if (source.options !== undefined) problems.push('identify takes no options');
  return problems;
};

/** What the template gives for an id; undefined where it cannot be rendered. */
export const identifyValue = (template: string, id: string): string | undefined => {
  try {
    return liquid.parseAndRenderSync(template, { id }).trim();
  } catch {
    return undefined;
  }
};

const variablesOf = (text: string): string[] => {
  try {
    return liquid.globalFullVariablesSync(text);
  } catch {
    return [];
  }
};
