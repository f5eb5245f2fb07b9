const pattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Nanoseconds since 1970 of a Userlike time. Undefined if it is invalid. Userlike uses ISO with milliseconds, ISO with
 * microseconds, and the older `YYYY-MM-DD HH:MM:SS`. The default zone is UTC.
 */
export function timeOf(value: unknown): bigint | undefined {
  // Intake and mapper read the time of each message several times. Slices take half as long as captures.
  if (typeof value !== 'string' || !pattern.test(value)) return undefined;
  const milliseconds = Date.parse(`${value.slice(0, 10)}T${value.slice(11, 19)}Z`);
  // Date accepts 30 February as 1 March, and 24:00 as the next day. Reject days that change. NaN is no day.
  if (new Date(milliseconds).getUTCDate() !== Number(value.slice(8, 10))) return undefined;
  const rest = value.slice(19);
  const sign = Math.max(rest.lastIndexOf('+'), rest.lastIndexOf('-'));
  const offset = sign === -1 ? 0 : offsetMinutes(rest.slice(sign));
  if (offset === undefined) return undefined;
  const hasZ = rest.endsWith('Z') || rest.endsWith('z');
  const fraction = rest.slice(1, sign === -1 ? rest.length - (hasZ ? 1 : 0) : sign);
  return BigInt(milliseconds - offset * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** Minutes ahead of UTC. */
function offsetMinutes(zone: string): number | undefined {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
