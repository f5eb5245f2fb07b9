import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDay, midnightIn, momentOf } from '../../../../shared/mapping/values/time.ts';
import { toWire } from '../../../../shared/mapping/values/value.ts';
import { aProperty } from '../../../support/mapping/builders.ts';

function dayIn(timeZone: string, at: number) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

function write(type: string, raw: unknown, timeZone = 'Europe/Stockholm') {
  return toWire(raw, aProperty(type), timeZone);
}

describe('midnight of a day', () => {
  it.each([
    { title: 'winter', zone: 'Europe/Stockholm', day: '2024-02-22', midnight: '2024-02-22T00:00:00+01:00' },
    { title: 'summer', zone: 'Europe/Stockholm', day: '2024-07-01', midnight: '2024-07-01T00:00:00+02:00' },
    { title: 'clocks go forward', zone: 'Europe/Stockholm', day: '2024-03-31', midnight: '2024-03-31T00:00:00+01:00' },
    { title: 'the day after', zone: 'Europe/Stockholm', day: '2024-04-01', midnight: '2024-04-01T00:00:00+02:00' },
    { title: 'clocks go back', zone: 'Europe/Stockholm', day: '2024-10-27', midnight: '2024-10-27T00:00:00+02:00' },
    { title: 'the day after', zone: 'Europe/Stockholm', day: '2024-10-28', midnight: '2024-10-28T00:00:00+01:00' },
    { title: 'west, forward', zone: 'America/New_York', day: '2024-03-10', midnight: '2024-03-10T00:00:00-05:00' },
    { title: 'west, back', zone: 'America/New_York', day: '2024-11-03', midnight: '2024-11-03T00:00:00-04:00' },
    { title: 'forward at midnight', zone: 'Atlantic/Azores', day: '2024-03-31', midnight: '2024-03-31T00:00:00-01:00' },
    { title: 'back to midnight', zone: 'Atlantic/Azores', day: '2024-10-27', midnight: '2024-10-27T00:00:00+00:00' },
    {
      title: 'forward at midnight',
      zone: 'America/Santiago',
      day: '2024-09-08',
      midnight: '2024-09-08T00:00:00-04:00',
    },
    { title: 'back, far east', zone: 'Pacific/Auckland', day: '2024-04-07', midnight: '2024-04-07T00:00:00+13:00' },
    {
      title: 'forward at midnight, east',
      zone: 'Asia/Beirut',
      day: '2024-03-31',
      midnight: '2024-03-31T00:00:00+02:00',
    },
    { title: 'half an hour', zone: 'America/St_Johns', day: '2024-01-01', midnight: '2024-01-01T00:00:00-03:30' },
    { title: 'three quarters', zone: 'Asia/Kathmandu', day: '2024-01-01', midnight: '2024-01-01T00:00:00+05:45' },
    { title: 'far east', zone: 'Pacific/Kiritimati', day: '2024-01-01', midnight: '2024-01-01T00:00:00+14:00' },
    { title: 'UTC', zone: 'UTC', day: '2024-02-29', midnight: '2024-02-29T00:00:00+00:00' },
  ])('$day in $zone ($title) is $midnight', ({ zone, day, midnight }) => {
    expect(midnightIn(zone, day)).toBe(midnight);
  });

  it('is the first moment of that day in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const moments = fc.date({ min: new Date('1980-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, moments, (zone, at) => {
        const day = dayIn(zone, at.getTime());
        const midnight = midnightIn(zone, at.toISOString()) ?? '';
        expect(midnight.startsWith(`${day}T00:00:00`)).toBe(true);
        expect(dayIn(zone, Date.parse(midnight))).toBe(day);
        expect(dayIn(zone, Date.parse(midnight) - 1)).not.toBe(day);
        expect(midnightIn(zone, day)).toBe(midnight);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    { zone: 'Europe/Stockholm', at: '2024-02-22T23:30:00Z', midnight: '2024-02-23T00:00:00+01:00' },
    { zone: 'America/New_York', at: '2024-02-22T03:00:00Z', midnight: '2024-02-21T00:00:00-05:00' },
  ])('is that of the zone for the moment $at seen in $zone', ({ zone, at, midnight }) => {
    expect(midnightIn(zone, at)).toBe(midnight);
    expect(midnightIn(zone, Date.parse(at))).toBe(midnight);
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '0000-01-01',
    '22.02.2024',
    'Conversation 5',
    '2024',
    '2024-02',
    '12024-02-22',
    '2024-02-22x',
    '',
    1e20,
    NaN,
  ])('is none for %j', (value) => {
    expect(midnightIn('Europe/Stockholm', value)).toBeUndefined();
    expect(isDay(String(value))).toBe(false);
  });
});

describe('the first day of a period', () => {
  it.each([
    { type: 'date', raw: '2024-08-22', value: '2024-08-22T00:00:00+02:00' },
    { type: 'month', raw: '2024-08-22', value: '2024-08-01T00:00:00+02:00' },
    { type: 'month', raw: '2024-12', value: '2024-12-01T00:00:00+01:00' },
    { type: 'month', raw: '2024-01-31T23:30:00Z', value: '2024-02-01T00:00:00+01:00' },
    { type: 'quarter', raw: '2024-09-30', value: '2024-07-01T00:00:00+02:00' },
    { type: 'quarter', raw: '2024-10-01', value: '2024-10-01T00:00:00+02:00' },
    { type: 'quarter', raw: '2024-03-31', value: '2024-01-01T00:00:00+01:00' },
    { type: 'year', raw: '2024-08-22', value: '2024-01-01T00:00:00+01:00' },
    { type: 'year', raw: '2024', value: '2024-01-01T00:00:00+01:00' },
    { type: 'year', raw: 2024, value: '2024-01-01T00:00:00+01:00' },
    { type: 'year', raw: ' 2024 ', value: '2024-01-01T00:00:00+01:00' },
    { type: 'year', raw: '2024-08', value: '2024-01-01T00:00:00+01:00' },
    { type: 'quarter', raw: '2024-09', value: '2024-07-01T00:00:00+02:00' },
  ])('$raw as a $type is $value', ({ type, raw, value }) => {
    expect(write(type, raw)).toEqual({ value });
  });

  const ruleOf: Record<string, string> = {
    date: 'notADate',
    month: 'notAMonth',
    quarter: 'notAQuarter',
    year: 'notAYear',
  };

  it.each([
    { type: 'date', raw: '2024-08' },
    { type: 'month', raw: '2024' },
    { type: 'month', raw: 'in 2024-08' },
    { type: 'month', raw: '12024-08' },
    { type: 'month', raw: '2024-08-' },
    { type: 'year', raw: '12024' },
    { type: 'year', raw: '20240' },
    { type: 'year', raw: 'x2024-08-22' },
    { type: 'year', raw: ['2024'] },
    { type: 'year', raw: true },
  ])('a $type is not made of $raw', ({ type, raw }) => {
    expect(write(type, raw)).toEqual({ rule: ruleOf[type] });
  });

  it.each(['date', 'month', 'quarter', 'year'])('a %s names its rule for what is no day', (type) => {
    expect(write(type, 'soon')).toEqual({ rule: ruleOf[type] });
    expect(write(type, 1e20)).toEqual({ rule: ruleOf[type] });
  });
});

describe('a time', () => {
  it.each([
    { title: 'ISO with milliseconds', raw: '2024-02-22T15:49:07.228Z', value: '2024-02-22T15:49:07.228Z' },
    { title: 'ISO with microseconds', raw: '2024-02-22T15:49:07.228999Z', value: '2024-02-22T15:49:07.228Z' },
    { title: 'the older form, which is UTC', raw: '2024-02-22 15:49:07', value: '2024-02-22T15:49:07.000Z' },
    { title: 'an offset', raw: '2024-02-22T16:49:07+01:00', value: '2024-02-22T15:49:07.000Z' },
    { title: 'no seconds', raw: '2024-02-22T15:49Z', value: '2024-02-22T15:49:00.000Z' },
    { title: "a template's date filter", raw: '2024-02-22 16:49:07 +0100', value: '2024-02-22T15:49:07.000Z' },
    { title: 'a blank before the offset', raw: '2024-02-22T16:49:07 +01:00', value: '2024-02-22T15:49:07.000Z' },
    { title: 'outer blanks', raw: ' 2024-02-22T15:49Z\n', value: '2024-02-22T15:49:00.000Z' },
    { title: 'a day with outer blanks', raw: ' 2024-02-22 ', value: '2024-02-22T00:00:00+01:00' },
    { title: 'milliseconds since 1970', raw: 1_708_616_947_228, value: '2024-02-22T15:49:07.228Z' },
    { title: "a day, at the tenant's midnight", raw: '2024-02-22', value: '2024-02-22T00:00:00+01:00' },
  ])('is made of $title', ({ raw, value }) => {
    expect(write('time', raw)).toEqual({ value });
  });

  it.each([
    'soon',
    'Conversation 5',
    '1',
    '2024-02-30T10:00:00Z',
    '2024-02-30',
    'x2024-02-22T15:49Z',
    '2024-02-22 16:49:07 +0100 and more',
    true,
    {},
    NaN,
    1e20,
    8.64e15,
    '0001-01-01T00:00:00Z',
  ])('is not made of %j', (raw) => {
    expect(write('time', raw)).toEqual({ rule: 'notATime' });
    expect(momentOf(raw)).toBeUndefined();
  });
});
