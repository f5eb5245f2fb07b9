/** Midnight of the day that `text` names (a date, or a time seen in the zone), with the zone's offset: `2024-02-22T00:00:00+01:00`. */
export const midnightIn = (timeZone: string, text: string): string | undefined => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : dayOf(new Date(text), timeZone);
  if (day === undefined) return undefined;
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return undefined;
  // The offset at midnight may differ from the one at UTC midnight on the day the clocks change: look once more from there.
  const guess = offsetMinutes(new Date(utc), timeZone);
  const offset = offsetMinutes(new Date(utc - guess * 60_000), timeZone);
  const sign = offset < 0 ? '-' : '+';
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${day}T00:00:00${sign}${pad(Math.trunc(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
};

const dayOf = (at: Date, timeZone: string): string | undefined =>
  Number.isNaN(at.getTime())
    ? undefined
    : new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/** Minutes the zone is ahead of UTC at that moment. */
const offsetMinutes = (at: Date, timeZone: string): number => {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - at.getTime()) / 60_000);
};
