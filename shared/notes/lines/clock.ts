/**
 * Formats a moment, given in nanoseconds since 1970, as local date and time. Adds the offset if that local time occurs
 * twice, as when daylight saving time ends.
 */
export function clockIn(timeZone: string): (at: bigint) => string {
  const clock = clocks.get(timeZone) ?? createClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/** One for each zone of the settings, because a formatter takes as long to make as a hundred times to format. */
const clocks = new Map<string, (at: bigint) => string>();

function createClock(timeZone: string): (at: bigint) => string {
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
  let cached: { day: number; offsets: number[] } | undefined;
  /** The offsets around a UTC day. There is more than one if clocks change. */
  function offsetsAround(day: number): number[] {
    if (cached?.day === day) return cached.offsets;
    // Years with five digits cannot be formatted.
    const around = [-1, 0, 1, 2].map((days) => offsetAt((day + days) * DAY_LENGTH)).filter(Number.isFinite);
    cached = { day, offsets: [...new Set(around)] };
    return cached.offsets;
  }
  return (at) => {
    const second = Math.floor(Number(at / 1_000_000n) / 1_000) * 1_000;
    const others = offsetsAround(Math.floor(second / DAY_LENGTH));
    const [only] = others;
    // Formatting takes several times as long as adding, which is right for years with four digits.
    if (others.length === 1 && only !== undefined && second > 0 && second < LAST_DAY) {
      return new Date(second + only).toISOString().slice(0, 19).replace('T', ' ');
    }
    const local = format.format(second);
    if (others.length < 2) return local;
    const offset = offsetAt(second);
    const comesTwice = others.some((other) => other !== offset && offsetAt(second + offset - other) === other);
    return comesTwice ? `${local} ${offsetText(offset)}` : local;
  };
}

const DAY_LENGTH = 86_400_000;

/** The last day of 9999. */
const LAST_DAY = Date.UTC(9999, 11, 31);

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const [hours, rest] = [Math.trunc(minutes / 60), minutes % 60].map((number) => String(number).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${hours}:${rest}`;
}
