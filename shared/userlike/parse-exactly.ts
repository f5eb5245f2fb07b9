import { randomUUID } from 'node:crypto';
import { InvalidCallError } from './invalid-call.ts';

/** Levels of nesting that are accepted: far more than a conversation has, and safe for recursion. */
export const MAX_DEPTH = 100;

/** A parsed text, and the keys whose number JavaScript cannot represent exactly. */
export type ExactJson = { value: unknown; isInexact(container: object, key: string): boolean };

/**
 * Parses JSON without losing precision: integers beyond 2^53 and numbers beyond the range of doubles become text. The
 * last of equal keys wins, as in JSON.parse. `__proto__` keys are dropped. Throws InvalidCallError for invalid JSON and
 * for more than `MAX_DEPTH` levels.
 *
 * JSON.parse can tell each number's source to a reviver, but takes ten times as long with one, and several times the
 * memory. So numbers that may be inexact are marked in the text, and restored in what it parses to.
 */
export function parseExactly(text: string): ExactJson {
  const { depth, numbers } = scan(text);
  if (depth > MAX_DEPTH) throw new InvalidCallError('malformed', `The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  const inexact = new WeakMap<object, Set<string>>();
  const root = { value: parseJson(marked(text, numbers)) };
  if (numbers.length > 0 || mayNameProto.test(text)) restore(root, inexact);
  return { value: root.value, isInexact: (container, key) => inexact.get(container)?.has(key) ?? false };
}

/** Where something is in a text. */
type Span = { from: number; to: number };

/** How deep arrays and objects are nested, and where numbers are that are not exact. What strings contain does not count. */
function scan(text: string): { depth: number; numbers: Span[] } {
  const numbers: Span[] = [];
  let level = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') level += 1;
    else if (character === ']' || character === '}') level -= 1;
    else if (character === '-' || isDigit(character)) {
      const number = numberAt(text, at);
      if (!number.isExact) numbers.push({ from: at, to: number.to });
      at = number.to - 1;
    }
    if (level > depth) depth = level;
  }
  return { depth, numbers };
}

/** Where the string ends that begins at `from`. Strings are most of a text, so they are skipped, not read. */
function endOfString(text: string, from: number): number {
  let end = from;
  do {
    end = text.indexOf('"', end + 1);
    if (end === -1) return text.length;
  } while (isEscaped(text, end));
  return end;
}

/** True after an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

const BACKSLASH = 92;

/** As many digits as a double has in any case. */
const EXACT_LENGTH = 15;

function numberAt(text: string, from: number): { to: number; isExact: boolean } {
  let to = from + 1;
  let hasExponent = false;
  for (; ; to += 1) {
    const character = text.charAt(to);
    if (character === 'e' || character === 'E') hasExponent = true;
    else if (!isDigit(character) && character !== '.' && character !== '-' && character !== '+') break;
  }
  if (to - from <= EXACT_LENGTH && !hasExponent) return { to, isExact: true };
  const source = text.slice(from, to);
  // What is no number is left to JSON.parse.
  return { to, isExact: !numberForm.test(source) || isExact(Number(source), source) };
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A key `__proto__`, or one that is written with an escape. */
const mayNameProto = /__proto__|\\u00/;

/** Begins the texts that stand in for numbers. Nobody else can know it. */
const mark = randomUUID();

function marked(text: string, numbers: readonly Span[]): string {
  let end = 0;
  const parts = numbers.map(({ from, to }) => {
    const part = `${text.slice(end, from)}"${mark}${text.slice(from, to)}"`;
    end = to;
    return part;
  });
  return numbers.length === 0 ? text : parts.join('') + text.slice(end);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new InvalidCallError('malformed', 'The body is not JSON.');
    throw cause;
  }
}

/** Puts numbers in the places of their marked texts, notes those places, and drops `__proto__` keys. */
function restore(container: object, inexact: WeakMap<object, Set<string>>): void {
  for (const key of Array.isArray(container) ? container.keys() : Object.keys(container)) {
    const value: unknown = Reflect.get(container, key);
    if (key === '__proto__') Reflect.deleteProperty(container, key);
    else if (typeof value === 'object' && value !== null) restore(value, inexact);
    else if (typeof value === 'string' && value.startsWith(mark)) {
      const source = value.slice(mark.length);
      const number = Number(source);
      Reflect.set(container, key, isBeyond(number) ? source : number);
      inexact.set(container, (inexact.get(container) ?? new Set()).add(String(key)));
    }
  }
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
