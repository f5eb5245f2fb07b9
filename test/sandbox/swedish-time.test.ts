import { describe, expect, it } from '@jest/globals';
import { dateText, parseTime, parseTimeOrDate, startOf, timeText } from '../../sandbox/data/swedish-time.ts';

function utc(text: string) {
  return Date.parse(`${text}Z`);
}

describe('an instant in the zone of the server', () => {
  it.each([
    { at: '2023-05-17T09:21:12.507', text: '2023-05-17T11:21:12.507000+02:00' },
    { at: '2024-01-31T23:30:00', text: '2024-02-01T00:30:00.000000+01:00' },
    { at: '2024-03-31T00:59:59', text: '2024-03-31T01:59:59.000000+01:00' },
    { at: '2024-03-31T01:00:00', text: '2024-03-31T03:00:00.000000+02:00' },
    { at: '2024-10-27T00:30:00', text: '2024-10-27T02:30:00.000000+02:00' },
    { at: '2024-10-27T01:30:00', text: '2024-10-27T02:30:00.000000+01:00' },
  ])('is written as $text, and read back', ({ at, text }) => {
    expect(timeText(utc(at))).toBe(text);
    expect(parseTime(text)).toBe(utc(at));
  });

  it.each([
    { text: '2021-01-01T00:00Z', at: '2021-01-01T00:00:00' },
    { text: '2021-01-01T00:00+01:00', at: '2020-12-31T23:00:00' },
    { text: '2024-02-22T15:49:23.146123Z', at: '2024-02-22T15:49:23.146' },
    { text: '2024-07-01T12:00:00', at: '2024-07-01T10:00:00' },
    { text: '2024-12-01T12:00', at: '2024-12-01T11:00:00' },
    { text: '2024-03-31T01:30:00', at: '2024-03-31T00:30:00' },
    { text: '2024-03-31T03:30:00', at: '2024-03-31T01:30:00' },
  ])('is read from $text', ({ text, at }) => {
    expect(parseTime(text)).toBe(utc(at));
  });

  it.each([
    '',
    'now',
    '2024-02-22',
    '2024-02-30T10:00:00Z',
    '2024-02-22T25:00Z',
    '2024-02-22 10:00',
    '2024-02-22T10:00ZZ',
    '2024-02-22T10:00+25:00',
  ])('is not read from "%s"', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('is read from a bare date in filters', () => {
    expect(parseTimeOrDate('2020-12-31')).toBe(utc('2020-12-30T23:00:00'));
    expect(parseTimeOrDate('2020-06-31')).toBeUndefined();
  });
});

describe('a period', () => {
  it.each([
    { period: 'date', text: '2024-08-15T00:00:00+02:00' },
    { period: 'month', text: '2024-08-01T00:00:00+02:00' },
    { period: 'quarter', text: '2024-07-01T00:00:00+02:00' },
    { period: 'year', text: '2024-01-01T00:00:00+01:00' },
  ] as const)('of one $period begins at local midnight of its first day', ({ period, text }) => {
    expect(dateText(startOf(period, utc('2024-08-14T22:30:00')))).toBe(text);
  });
});
