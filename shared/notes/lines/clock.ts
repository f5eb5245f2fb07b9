/**
 * Formats a moment, given in nanoseconds since 1970, as local date and time. Adds the offset if that local time occurs
 * twice, as when daylight saving time ends.
 */
export function createClock(timeZone: string): (at: bigint) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  /** Milliseconds that local time is ahead of UTC, at a whole second. */
  const offsetAt = (at: number): number => Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  const days = new Map<number, number[]>();
  /** The offsets around a UTC day. There is more than one if clocks change. */
  function offsetsAround(day: number): number[] {
    const known = days.get(day) ?? [
      // Years with five digits cannot be formatted.
      ...new Set([-1, 0, 1, 2].map((days) => offsetAt((day + days) * DAY_LENGTH)).filter(Number.isFinite)),
    ];
    days.set(day, known);
    return known;
  }
  return (at) => {
    const second = Math.floor(Number(at / 1_000_000n) / 1_000) * 1_000;
    const local = format.format(second);
    const others = offsetsAround(Math.floor(second / DAY_LENGTH));
    if (others.length < 2) return local;
    const offset = offsetAt(second);
    const comesTwice = others.some((other) => other !== offset && offsetAt(second + offset - other) === other);
    return comesTwice ? `${local} ${offsetText(offset)}` : local;
  };
}

const DAY_LENGTH = 86_400_000;

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const [hours, rest] = [Math.trunc(minutes / 60), minutes % 60].map((number) => String(number).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${hours}:${rest}`;
}
