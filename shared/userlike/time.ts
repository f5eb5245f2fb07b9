const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Nanoseconds since 1970 of a Userlike time. Undefined if it is invalid. Userlike uses ISO with milliseconds, ISO with
 * microseconds, and the older `YYYY-MM-DD HH:MM:SS`. The default zone is UTC.
 */
export function timeOf(value: unknown): bigint | undefined {
  if (typeof value !== 'string') return undefined;
  const [, day, clock, fraction = '', zone = 'Z'] = pattern.exec(value) ?? [];
  const offset = offsetMinutes(zone);
  if (day === undefined || offset === undefined) return undefined;
  const at = new Date(`${day}T${clock}Z`);
  // Date accepts 30 February as 1 March, and 24:00 as the next day. Reject days that change. NaN is no day.
  if (at.getUTCDate() !== Number(day.slice(-2))) return undefined;
  return BigInt(at.getTime() - offset * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** Minutes ahead of UTC. */
function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
