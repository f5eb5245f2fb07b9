import * as z from 'zod';

/**
 * Lime writes times with microseconds and the offset of its server's zone, as published responses of Lime Cloud show.
 * The sandbox's server is in Sweden.
 */
const offsetName = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', timeZoneName: 'longOffset' });

const MINUTE = 60_000;

/** `2023-05-17T11:21:12.507000+02:00` */
export function timeText(at: number): string {
  const offset = offsetAt(at);
  const wall = new Date(at + offset).toISOString().slice(0, -1);
  return `${wall}000${offsetText(offset)}`;
}

function offsetAt(at: number): number {
  const name = offsetName.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
}

/** `2021-01-01T00:00:00+01:00`: the form of date, month, quarter and year. */
export function dateText(at: number): string {
  const offset = offsetAt(at);
  return `${new Date(at + offset).toISOString().slice(0, 19)}${offsetText(offset)}`;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

const wallForm = z.iso.datetime({ local: true });
const dateForm = z.iso.date();

/**
 * Milliseconds since the epoch. Seconds may be missing, as in Lime's own filters. A time without an offset is in the
 * server's zone, as Lime documents for imports.
 */
export function parseTime(text: string): number | undefined {
  const [, wall = '', offset] = /^(.*?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (wall.endsWith('Z') || !wallForm.safeParse(wall).success) return undefined;
  const at = offset === undefined ? fromWallClock(Date.parse(`${wall}Z`)) : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** Milliseconds since the epoch of a Swedish wall-clock time, which is given as if it were UTC. */
function fromWallClock(wall: number): number {
  const guess = wall - offsetAt(wall);
  return wall - offsetAt(guess);
}

/** As `parseTime`, but also takes dates such as `2020-12-31`, as Lime's list filters do. */
export function parseTimeOrDate(text: string): number | undefined {
  return dateForm.safeParse(text).success ? fromWallClock(Date.parse(`${text}T00:00:00Z`)) : parseTime(text);
}

/** Local midnight of the first day of the period around a time. */
export function startOf(period: 'date' | 'month' | 'quarter' | 'year', at: number): number {
  const wall = new Date(at + offsetAt(at));
  const month = wall.getUTCMonth();
  const first = { date: month, month, quarter: month - (month % 3), year: 0 }[period];
  return fromWallClock(Date.UTC(wall.getUTCFullYear(), first, period === 'date' ? wall.getUTCDate() : 1));
}
