import * as z from 'zod';

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const Moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

/** The problem with a text that `parseMoment` does not take. */
export const TIME_FORMATS =
  'must be a length of time (30m, 24h, 7d), a date, or an ISO time with a zone, such as 2026-11-22T10:00:00Z';

/** Milliseconds of `30m`, `24h` or `7d` ago, or of an ISO time or date (UTC). Undefined if there is no such time. */
export function parseMoment(text: string, now: number): number | undefined {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text) ?? [];
  const milliseconds = units[unit];
  if (milliseconds !== undefined) return dateOf(now - Number(amount) * milliseconds);
  const moment = Moment.safeParse(text);
  return moment.success ? Date.parse(moment.data) : undefined;
}

function dateOf(milliseconds: number): number | undefined {
  const time = new Date(milliseconds).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** The two largest units of a duration: `3d 4h`, `12m 5s`. A negative one is `0s`. */
export function formatAge(milliseconds: number): string {
  let left = Math.max(0, Math.floor(milliseconds / 1_000));
  const parts: string[] = [];
  for (const unit of ['d', 'h', 'm', 's']) {
    const seconds = (units[unit] ?? 1_000) / 1_000;
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0 || parts.length > 0 || unit === 's') parts.push(`${count}${unit}`);
  }
  return parts
    .slice(0, 2)
    .filter((part, index) => index === 0 || !part.startsWith('0'))
    .join(' ');
}

/** An ISO time without the fraction of a second. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Seconds with one digit below ten, else the two largest units: `1.2 s`, `45 s`, `5m 2s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  return seconds < 60 ? `${Math.round(seconds)} s` : formatAge(seconds * 1_000);
}
