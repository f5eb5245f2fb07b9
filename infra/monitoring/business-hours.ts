import * as z from 'zod';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const MINUTES_A_DAY = 24 * 60;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** When conversations are expected: an object in `cdk.json`, or JSON in `-c businessHours=`. */
export const BusinessHours = z.preprocess(
  (value) => (typeof value === 'string' ? parsedOr(value) : value),
  z
    .strictObject({
      days: z.array(z.enum(weekdays)).min(1),
      /** Local times of day. Parsed to minutes since midnight. */
      from: clock,
      to: clock,
      timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Stockholm'),
    })
    .refine(({ from, to }) => to - from >= 4 * 60, 'from and to must be four hours or more apart'),
);
export type BusinessHours = z.infer<typeof BusinessHours>;

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** One date of each half of a year, with different offsets if the zone has daylight saving time. */
const halfYears = [new Date('2026-01-15T12:00:00Z'), new Date('2026-07-15T12:00:00Z')];

/**
 * Business hours as spans of minutes in a UTC week that starts on Monday. CloudWatch knows only UTC. If a zone has
 * daylight saving time, the spans are inside business hours all year, so that no alarm goes off outside them. For half
 * of the year one hour is not monitored.
 */
export function monitoredMinutes({ days, from, to, timeZone }: BusinessHours): [from: number, to: number][] {
  const offsets = halfYears.map((at) => offsetAt(timeZone, at));
  return days
    .map((day) => weekdays.indexOf(day) * MINUTES_A_DAY)
    .toSorted((one, other) => one - other)
    .flatMap((midnight) =>
      splitAtWeekEnd(midnight + from - Math.min(...offsets), midnight + to - Math.max(...offsets)),
    );
}

/** Minutes that a zone is ahead of UTC at a moment. */
function offsetAt(timeZone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function splitAtWeekEnd(from: number, to: number): [number, number][] {
  if (from >= MINUTES_A_WEEK) return [[from - MINUTES_A_WEEK, to - MINUTES_A_WEEK]];
  if (to <= 0) return [[from + MINUTES_A_WEEK, to + MINUTES_A_WEEK]];
  if (from < 0)
    return [
      [from + MINUTES_A_WEEK, MINUTES_A_WEEK],
      [0, to],
    ];
  if (to > MINUTES_A_WEEK)
    return [
      [from, MINUTES_A_WEEK],
      [0, to - MINUTES_A_WEEK],
    ];
  return [[from, to]];
}

/** Metric math that is true for data points whose whole hour is within business hours. */
export function withinBusinessHours(id: string, hours: BusinessHours): string {
  const minute = `((DAY(${id}) - 1) * ${MINUTES_A_DAY} + HOUR(${id}) * 60 + MINUTE(${id}))`;
  const spans = monitoredMinutes(hours).map(([from, to]) => `(${minute} >= ${from} AND ${minute} <= ${to - 60})`);
  return `(${spans.join(' OR ')})`;
}
