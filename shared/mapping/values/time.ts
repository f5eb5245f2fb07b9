import { timeOf } from '../../userlike/time.ts';

/** The period that a date-like property stands for. It stores the period's first day. */
export type Period = 'date' | 'month' | 'quarter' | 'year';

/**
 * The moment of a value: milliseconds since 1970, or a text in one of Userlike's forms, also without seconds or with a
 * blank before the zone. The default zone is UTC. Undefined if the value is not a time.
 */
export function momentOf(value: unknown): Date | undefined {
  const milliseconds = typeof value === 'number' ? value : typeof value === 'string' ? parse(value) : undefined;
  const at = new Date(milliseconds ?? Number.NaN);
  return !Number.isNaN(at.getTime()) && fourDigitYear.test(at.toISOString()) ? at : undefined;
}

/**
 * Midnight of the (first) day of a value, with the zone's offset: `2024-02-22T00:00:00+01:00`. The value is a date, a
 * moment seen in the zone, or a period no longer than the requested one (`2024-02`, `2024`).
 */
export function midnightIn(timeZone: string, value: unknown, period: Period = 'date'): string | undefined {
  const at = momentOf(value);
  const named = dayNamed(value, period) ?? (at === undefined ? undefined : dayOf(at, timeZone));
  if (named === undefined || !isDay(named)) return undefined;
  const day = firstDay(named, period);
  const offset = offsetAtMidnight(day, timeZone);
  const sign = offset < 0 ? '-' : '+';
  return `${day}T00:00:00${sign}${pad2(Math.trunc(Math.abs(offset) / 60))}:${pad2(Math.abs(offset) % 60)}`;
}

/** The moment at which clocks in the zone show a time of day, `09:00`, on a day. */
export function localMoment(timeZone: string, day: string, clock: string): Date {
  const utc = Date.parse(`${day}T${clock}:00Z`);
  // Clocks may change between the two moments.
  const guess = offsetMinutes(new Date(utc), timeZone);
  return new Date(utc - offsetMinutes(new Date(utc - guess * 60_000), timeZone) * 60_000);
}

/** True if the text is a date without a time: `2024-02-22`. */
export function isDay(text: string): boolean {
  if (!fourDigitYear.test(text) || text.length !== 10) return false;
  const at = new Date(`${text}T00:00:00Z`);
  // Date accepts 30 February as 1 March. Reject days that change.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const fourDigitYear = /^[1-9]\d{3}-/;

function parse(text: string): number | undefined {
  const spelling = text
    .trim()
    .replace(/ (?=[+-]\d{2}:?\d{2}$)/, '')
    .replace(/^([\d-]{10}[T ]\d{2}:\d{2})(?!:)/, '$1:00');
  const nanoseconds = timeOf(spelling);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000_000n);
}

function dayNamed(value: unknown, period: Period): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  if (period !== 'date' && /^\d{4}-\d{2}$/.test(text)) return `${text}-01`;
  return period === 'year' && /^\d{4}$/.test(text) ? `${text}-01-01` : undefined;
}

function firstDay(day: string, period: Period): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  if (period === 'date') return day;
  if (period === 'month') return `${year}-${pad2(month)}-01`;
  return period === 'quarter' ? `${year}-${pad2(month - ((month - 1) % 3))}-01` : `${year}-01-01`;
}

function dayOf(at: Date, timeZone: string): string {
  return formatsIn(timeZone).day.format(at);
}

function offsetAtMidnight(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // On days when clocks change, the offset at midnight may differ from the one at UTC midnight. Look again from there.
  const guess = offsetMinutes(new Date(utc), timeZone);
  const offset = offsetMinutes(new Date(utc - guess * 60_000), timeZone);
  // If clocks go from 23:59 to 01:00 (the Azores, Chile), the day has no midnight. Keep the first guess.
  return dayOf(new Date(utc - offset * 60_000), timeZone) === day ? offset : guess;
}

/** Minutes that the zone is ahead of UTC at that moment. */
function offsetMinutes(at: Date, timeZone: string): number {
  const local = formatsIn(timeZone).moment.format(at);
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - at.getTime()) / 60_000);
}

type Formats = { day: Intl.DateTimeFormat; moment: Intl.DateTimeFormat };

/** The formats of each zone of the settings. Making one takes as long as a hundred uses. */
const formats = new Map<string, Formats>();

function formatsIn(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = {
    day: new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    moment: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }),
  };
  formats.set(timeZone, made);
  return made;
}

function pad2(number: number) {
  return String(number).padStart(2, '0');
}
