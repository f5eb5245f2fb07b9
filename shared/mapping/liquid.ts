import { type FilterImplOptions, Liquid, type LiquidOptions } from 'liquidjs';
import { characterBefore } from '../text/cut.ts';

/**
 * The Liquid of the settings, wherever a template is read or rendered: it sees own properties only, and its `truncate`
 * and `slice` count UTF-16 units as Lime does (those of liquidjs count code points) and leave no half character.
 */
export function createLiquid(options: LiquidOptions = {}): Liquid {
  const liquid = new Liquid({ ownPropertyOnly: true, ...options });
  liquid.registerFilter('truncate', truncate);
  liquid.registerFilter('slice', slice);
  return liquid;
}

/** The ellipsis counts. */
const truncate: FilterImplOptions = function (value: unknown, most: unknown = 50, ellipsis: unknown = '...') {
  const text = textOf(value);
  const room = Number(most);
  this.context.memoryLimit.use(text.length);
  if (!(text.length > room)) return text;
  const end = textOf(ellipsis);
  return room < end.length ? upTo(text, room) : upTo(text, room - end.length) + end;
};

/** Without a length one character. */
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
