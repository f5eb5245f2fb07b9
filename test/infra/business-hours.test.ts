import { describe, expect, it } from '@jest/globals';
import { BusinessHours, monitoredMinutes, withinBusinessHours } from '../../infra/monitoring/business-hours.ts';

function hours(override: object = {}) {
  return BusinessHours.parse({ days: ['mon'], from: '09:00', to: '17:00', timeZone: 'UTC', ...override });
}

describe('business hours', () => {
  it.each([
    { title: 'of UTC, as they are', override: {}, minutes: [[540, 1_020]] },
    {
      title: 'where there is summer time, what is inside all year',
      override: { timeZone: 'Europe/Stockholm' },
      minutes: [[480, 900]],
    },
    {
      title: 'south of the equator likewise, and across the end of the week',
      override: { timeZone: 'Australia/Sydney' },
      minutes: [
        [10_020, 10_080],
        [0, 360],
      ],
    },
    {
      title: 'west of Greenwich on Sunday, across the end of the week',
      override: { days: ['sun'], to: '23:00', timeZone: 'America/New_York' },
      minutes: [
        [9_480, 10_080],
        [0, 180],
      ],
    },
    { title: 'with an offset of half an hour', override: { timeZone: 'Asia/Kolkata' }, minutes: [[210, 690]] },
    {
      title: 'each day by itself, whatever the order',
      override: { days: ['tue', 'mon'] },
      minutes: [
        [540, 1_020],
        [1_980, 2_460],
      ],
    },
  ])('are minutes of the UTC week: $title', ({ override, minutes }) => {
    expect(monitoredMinutes(hours(override))).toEqual(minutes);
  });

  it('hold for an hour that lies in them whole', () => {
    expect(withinBusinessHours('sent', hours())).toBe(
      '((((DAY(sent) - 1) * 1440 + HOUR(sent) * 60 + MINUTE(sent)) >= 540 AND ((DAY(sent) - 1) * 1440 + HOUR(sent) * 60 + MINUTE(sent)) <= 960))',
    );
  });

  it('of a whole week fit into an expression of CloudWatch', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

    expect(withinBusinessHours('sent', hours({ days, timeZone: 'Australia/Sydney' })).length).toBeLessThan(1_900);
  });

  it('are taken as JSON, as the command line gives them', () => {
    const text = '{"days":["mon"],"from":"09:00","to":"17:00","timeZone":"UTC"}';

    expect(BusinessHours.parse(text)).toEqual({ days: ['mon'], from: 540, to: 1_020, timeZone: 'UTC' });
  });

  it.each([
    { title: 'no object', value: 'always' },
    { title: 'a day in another language', value: { days: ['lun'], from: '09:00', to: '17:00', timeZone: 'UTC' } },
    { title: 'no time of day', value: { days: ['mon'], from: '9', to: '17:00', timeZone: 'UTC' } },
    { title: 'no time zone', value: { days: ['mon'], from: '09:00', to: '17:00', timeZone: 'Stockholm' } },
    { title: 'an end before the beginning', value: { days: ['mon'], from: '17:00', to: '09:00', timeZone: 'UTC' } },
  ])('refuse $title', ({ value }) => {
    expect(BusinessHours.safeParse(value).success).toBe(false);
  });
});
