import { TokenKind } from 'liquidjs';
import { arithmeticFilters, createLiquid } from '../../../shared/mapping/liquid.ts';
import { identifyValue } from '../../../shared/mapping/settings/identify.ts';
import { fieldAt } from '../../fields/catalogue.ts';

const liquid = createLiquid();

/** An id with one digit more than Userlike's ids have today. */
export const SAMPLE_ID = '1234567890';

/** The output of a template that uses nothing of the conversation but its id. Undefined for any other template. */
export function rendered(template: string): string | undefined {
  const variables = liquid.globalFullVariablesSync(template);
  return variables.every((variable) => variable === 'id') ? identifyValue(template, SAMPLE_ID) : undefined;
}

/**
 * The paths that a template reads. A position in a list is a number, also one that is computed. A loop's variable is
 * the first entry of its list.
 */
export function pathsIn(template: string): string[] {
  const aliases = aliasesIn(template);
  const ofLocals = liquid.variableSegmentsSync(template).flatMap(([name, ...rest]) => {
    const path = aliases.get(String(name));
    return path === undefined || rest.length === 0 ? [] : [[...path.split('.'), ...rest]];
  });
  const all = [...liquid.globalVariableSegmentsSync(template), ...ofLocals];
  return [...new Set(all.map((segments) => segments.map(keyOf).join('.')))];
}

/** The paths behind variables that a template sets by `for` or, without a filter, by `assign`. */
function aliasesIn(template: string): Map<string, string> {
  const loops = [...template.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)/g)];
  const assigned = [...template.matchAll(/\{%-?\s*assign\s+(\w+)\s*=\s*([\w.]+)\s*-?%\}/g)];
  return new Map([
    ...loops.map(([, name = '', path = '']) => [name, `${path}.0`] as const),
    ...assigned.map(([, name = '', path = '']) => [name, path] as const),
  ]);
}

function keyOf(segment: unknown): string {
  return typeof segment === 'string'
    ? segment === 'first' || segment === 'last'
      ? '0'
      : segment
    : String(Number(segment) || 0);
}

/** A number with a decimal comma as the argument of a filter, which reads it as two: `times: 1,5`. */
const commaArgument = /\|\s*(\w+)\s*:\s*(-?\d+),\s*(\d+)/g;

/** Numbers with a decimal comma that a filter of arithmetic reads as two arguments. */
export function decimalCommasIn(template: string): { filter: string; read: string; meant: string }[] {
  return [...template.matchAll(commaArgument)].flatMap(([, filter = '', whole = '', decimals = '']) =>
    arithmeticFilters.includes(filter)
      ? [{ filter, read: `${whole} and ${decimals}`, meant: `${whole}.${decimals}` }]
      : [],
  );
}

/** Tags whose output has no fixed length. */
const unlimited = /\{%-?\s*(?:for|tablerow|cycle|render|include|capture|echo|liquid)\b/;

/** The most characters that a template gives (Infinity: no limit). `always` is true if it is never empty. */
export function longestTextOf(template: string): { characters: number; always: boolean } {
  // The content of a block (if, unless, case, for, …) is output for some conversations only.
  const always = liquid
    .parse(template)
    .some(({ token }) => token.kind === TokenKind.HTML && token.getText().trim() !== '');
  const outputs = [...template.matchAll(/\{\{(.*?)\}\}/gs)].map(([, output = '']) => output);
  const literal = template.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  const lengths = outputs.map((output) => Number(/\|\s*truncate:\s*(\d+)[^|]*$/.exec(output)?.[1] ?? Number.NaN));
  const characters = lengths.reduce((sum, length) => sum + length, literal.length);
  return {
    characters: unlimited.test(template) || Number.isNaN(characters) ? Number.POSITIVE_INFINITY : characters,
    always,
  };
}

/** The kind of value at a path. Undefined if it may be of any kind: free data, an id of another system, an unknown path. */
export function pathKind(path: string): 'time' | 'number' | 'yesno' | 'text' | undefined {
  const type = fieldAt(path)?.type;
  return type === 'time' || type === 'number' || type === 'yesno' || type === 'text' ? type : undefined;
}
