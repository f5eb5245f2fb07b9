import { type FilterImplOptions, Liquid, type LiquidOptions } from 'liquidjs';
import { characterBefore } from '../text/cut.ts';

/**
 * Liquid for all templates in settings. It reads own properties only. Its `truncate` and `slice` count UTF-16 units as
 * Lime does, where liquidjs counts code points, and never split a surrogate pair.
 */
export function createLiquid(options: LiquidOptions = {}): Liquid {
  // Lambda's locale. Without it, each engine asks `Intl`, which takes longer than all the rest.
  const liquid = new Liquid({ ownPropertyOnly: true, locale: 'en-US', ...options });
  liquid.registerFilter('truncate', truncate);
  liquid.registerFilter('slice', slice);
  for (const name of arithmeticFilters) registerWithCommas(liquid, name);
  return liquid;
}

/** Filters that calculate. They take a text that is a number, with point or comma, as properties of a number do. */
export const arithmeticFilters: readonly string[] = [
  ...['abs', 'at_least', 'at_most', 'ceil', 'divided_by', 'floor', 'minus', 'modulo', 'plus', 'round', 'times'],
];

/** Without this, liquidjs takes `12,50` for 0. */
function registerWithCommas(liquid: Liquid, name: string): void {
  const filter = liquid.filters[name];
  if (typeof filter !== 'function') throw new Error(`Liquid has no filter ${name}`);
  liquid.registerFilter(name, function (...values: unknown[]) {
    const [value, ...more] = values.map(withPoint);
    return filter.call(this, value, ...more);
  });
}

function withPoint(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?\d+,\d+\s*$/.test(value) ? value.replace(',', '.') : value;
}

/** The length includes the ellipsis. */
const truncate: FilterImplOptions = function (value: unknown, most: unknown = 50, ellipsis: unknown = '...') {
  const text = textOf(value);
  const room = Number(most);
  this.context.memoryLimit.use(text.length);
  if (!(text.length > room)) return text;
  const end = textOf(ellipsis);
  return room < end.length ? upTo(text, room) : upTo(text, room - end.length) + end;
};

/** The default length is one character. */
const slice: FilterImplOptions = function (value: unknown, begin: unknown, length?: unknown) {
  const whole = Array.isArray(value) ? value : textOf(value);
  this.context.memoryLimit.use(whole.length);
  const from = Number(begin) < 0 ? whole.length + Number(begin) : Number(begin);
  if (from < 0 || Number(length) < 0) return Array.isArray(whole) ? [] : '';
  if (typeof whole !== 'string') return whole.slice(from, from + Number(length ?? 1));
  const rest = whole.slice(from).replace(/^[\udc00-\udfff]/, '');
  return upTo(rest, length === undefined ? String.fromCodePoint(rest.codePointAt(0) ?? 0).length : Number(length));
};

function upTo(text: string, room: number): string {
  return text.length > room ? text.slice(0, characterBefore(text, Math.max(room, 0))) : text;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.map(textOf).join('') : String(value);
}

/** The engine that checks templates of settings. It refuses unknown filters. An engine takes 2 ms of a cold start. */
export const strictLiquid = createLiquid({ strictFilters: true });
