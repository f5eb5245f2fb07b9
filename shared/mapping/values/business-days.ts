import { localMoment, midnightIn } from './time.ts';

const DAY_MS = 24 * 3_600_000;
const SATURDAY = 6;
const SUNDAY = 0;

/**
 * The ISO time so many business days after a moment, at a time of day in the zone. Business days are those from Monday
 * to Friday. 0 is the day itself, or the Monday after a weekend. Undefined if the value is not a time.
 */
export function businessDaysAfter(
  moment: unknown,
  { businessDays, at }: { businessDays: number; at: string },
  timeZone: string,
): string | undefined {
  const today = midnightIn(timeZone, moment)?.slice(0, 'YYYY-MM-DD'.length);
  if (today === undefined) return undefined;
  let day = Date.parse(`${today}T00:00:00Z`);
  for (let left = businessDays; left > 0; left -= 1) day = onBusinessDay(day + DAY_MS);
  const due = new Date(onBusinessDay(day)).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return localMoment(timeZone, due, at).toISOString();
}

function onBusinessDay(day: number): number {
  const weekday = new Date(day).getUTCDay();
  if (weekday === SATURDAY) return day + 2 * DAY_MS;
  return weekday === SUNDAY ? day + DAY_MS : day;
}
