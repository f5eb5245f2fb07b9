import { InvalidCallError } from './invalid-call.ts';

/** Levels of nesting that are accepted: far more than a conversation has, and safe for recursion. */
export const MAX_DEPTH = 100;

type Container = Record<string, unknown> | unknown[];

/** A parsed text, and the keys whose number JavaScript cannot represent exactly. */
export type ExactJson = { value: unknown; isInexact(container: object, key: string): boolean };

/** The third argument contains each number's source text. TypeScript's library does not declare it yet. */
type Reviver = (this: Container, key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * Parses JSON without losing precision: integers beyond 2^53 and numbers beyond the range of doubles become text. The
 * last of equal keys wins, as in JSON.parse. `__proto__` keys are dropped. Throws InvalidCallError for invalid JSON and
 * for more than `MAX_DEPTH` levels.
 */
export function parseExactly(text: string): ExactJson {
  if (depthOf(text) > MAX_DEPTH)
    throw new InvalidCallError('malformed', `The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  const inexact = new WeakMap<object, Set<string>>();
  const value = parseJson(text, function (key, value, context) {
    if (key === '__proto__') return undefined;
    if (typeof value !== 'number' || context?.source === undefined || isExact(value, context.source)) return value;
    inexact.set(this, (inexact.get(this) ?? new Set()).add(key));
    return isBeyond(value) ? context.source : value;
  });
  return { value, isInexact: (container, key) => inexact.get(container)?.has(key) ?? false };
}

function parseJson(text: string, reviver: Reviver): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, reviver);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new InvalidCallError('malformed', 'The body is not JSON.');
    throw cause;
  }
}

/** The nesting of arrays and objects. Brackets in strings do not count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString && character === '\\') at += 1;
    else if (inString) continue;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

/** An integer that may be rounded, or a number that became infinite. */
function isBeyond(value: number): boolean {
  return Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
}

/** True if the number is exact, whatever its notation (`6.3741936e7`, `1.0`). Integers must be safe. */
function isExact(value: number, source: string): boolean {
  if (isBeyond(value)) return false;
  const text = String(value);
  return text === source || decimalOf(text) === decimalOf(source);
}

/** One notation for each number: its digits without outer zeros, and the exponent. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const end = lastNonZero(digits) + 1;
  const significant = digits.slice(0, end).replace(/^0+/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + (digits.length - end)}`;
}

function lastNonZero(digits: string): number {
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === '0') at -= 1;
  return at;
}
