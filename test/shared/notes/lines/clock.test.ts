import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockIn } from '../../../../shared/notes/lines/clock.ts';

function at(iso: string): bigint {
  return BigInt(Date.parse(iso)) * 1_000_000n;
}

describe('the time of a message', () => {
  it.each([
    { zone: 'Europe/Berlin', utc: '2024-02-22T15:49:07Z', local: '2024-02-22 16:49:07' },
    { zone: 'Europe/Berlin', utc: '2026-10-24T23:59:59Z', local: '2026-10-25 01:59:59' },
    { zone: 'Europe/Berlin', utc: '2026-10-25T00:00:00Z', local: '2026-10-25 02:00:00 +02:00' },
    { zone: 'Europe/Berlin', utc: '2026-10-25T00:30:00Z', local: '2026-10-25 02:30:00 +02:00' },
    { zone: 'Europe/Berlin', utc: '2026-10-25T01:30:00Z', local: '2026-10-25 02:30:00 +01:00' },
    { zone: 'Europe/Berlin', utc: '2026-10-25T01:59:59.999Z', local: '2026-10-25 02:59:59 +01:00' },
    { zone: 'Europe/Berlin', utc: '2026-10-25T02:00:00Z', local: '2026-10-25 03:00:00' },
    { zone: 'Europe/Berlin', utc: '2026-03-29T00:59:59Z', local: '2026-03-29 01:59:59' },
    { zone: 'Europe/Berlin', utc: '2026-03-29T01:00:00Z', local: '2026-03-29 03:00:00' },
    { zone: 'America/New_York', utc: '2026-11-01T05:30:00Z', local: '2026-11-01 01:30:00 -04:00' },
    { zone: 'America/New_York', utc: '2026-11-01T06:30:00Z', local: '2026-11-01 01:30:00 -05:00' },
    { zone: 'Australia/Lord_Howe', utc: '2026-04-04T14:45:00Z', local: '2026-04-05 01:45:00 +11:00' },
    { zone: 'Australia/Lord_Howe', utc: '2026-04-04T15:15:00Z', local: '2026-04-05 01:45:00 +10:30' },
    { zone: 'Australia/Lord_Howe', utc: '2026-04-04T14:15:00Z', local: '2026-04-05 01:15:00' },
    { zone: 'America/St_Johns', utc: '2026-11-01T03:45:00Z', local: '2026-11-01 01:15:00 -02:30' },
    { zone: 'Asia/Kathmandu', utc: '2026-10-25T00:30:00Z', local: '2026-10-25 06:15:00' },
    { zone: 'UTC', utc: '2026-10-25T00:30:00Z', local: '2026-10-25 00:30:00' },
    { zone: 'Europe/Berlin', utc: '9999-12-31T22:59:59Z', local: '9999-12-31 23:59:59' },
    { zone: 'Europe/Berlin', utc: '1969-12-31T23:00:00.500Z', local: '1970-01-01 00:00:00' },
  ])('at $utc is $local in $zone', ({ zone, utc, local }) => {
    expect(clockIn(zone)(at(utc))).toBe(local);
  });

  it('is another one for each second around a change of clocks', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns');
    const seconds = fc.integer({ min: Date.UTC(2026, 0) / 1_000, max: Date.UTC(2027, 0) / 1_000 });
    fc.assert(
      fc.property(zones, seconds, fc.constantFrom(900, 1_800, 3_600, 7_200), (zone, second, later) => {
        const clock = clockIn(zone);
        const [one, other] = [second, second + later].map((second) => clock(BigInt(second) * 1_000_000_000n));
        expect(one).not.toBe(other);
      }),
    );
  });
});
