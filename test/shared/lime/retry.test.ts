import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createObject, readLimetype, readObject, updateObject } from '../../../shared/lime/requests.ts';
import { backOff, delayAfter, failureOf, type ResponseForm, retryAfterSeconds } from '../../../shared/lime/retry.ts';

const create = createObject('helpdesk', {});
const update = updateObject('helpdesk', 1500, {});
const read = readObject('helpdesk', 1500);
const metadata = readLimetype('helpdesk');

describe('an answer', () => {
  it.each<{ status: number; form: ResponseForm; create: string; update: string; metadata: string }>([
    { status: 301, form: 'page', create: 'unavailable', update: 'unavailable', metadata: 'unavailable' },
    { status: 304, form: 'page', create: 'unavailable', update: 'unavailable', metadata: 'unavailable' },
    { status: 400, form: 'json', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 400, form: 'page', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 401, form: 'json', create: 'denied', update: 'denied', metadata: 'denied' },
    { status: 401, form: 'page', create: 'denied', update: 'denied', metadata: 'denied' },
    { status: 403, form: 'json', create: 'denied', update: 'denied', metadata: 'denied' },
    { status: 403, form: 'page', create: 'overloaded', update: 'overloaded', metadata: 'overloaded' },
    { status: 404, form: 'json', create: 'gone', update: 'gone', metadata: 'gone' },
    { status: 404, form: 'page', create: 'unavailable', update: 'unavailable', metadata: 'unavailable' },
    { status: 404, form: 'empty', create: 'unavailable', update: 'gone', metadata: 'unavailable' },
    { status: 403, form: 'empty', create: 'overloaded', update: 'overloaded', metadata: 'overloaded' },
    { status: 405, form: 'json', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 408, form: 'page', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
    { status: 409, form: 'json', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 410, form: 'json', create: 'gone', update: 'gone', metadata: 'gone' },
    { status: 413, form: 'page', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 414, form: 'page', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 422, form: 'json', create: 'refused', update: 'refused', metadata: 'refused' },
    { status: 425, form: 'page', create: 'unavailable', update: 'unavailable', metadata: 'unavailable' },
    { status: 429, form: 'json', create: 'overloaded', update: 'overloaded', metadata: 'overloaded' },
    { status: 429, form: 'page', create: 'overloaded', update: 'overloaded', metadata: 'overloaded' },
    { status: 500, form: 'json', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
    { status: 502, form: 'page', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
    { status: 503, form: 'page', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
    { status: 504, form: 'page', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
    { status: 520, form: 'page', create: 'unclear', update: 'unclear', metadata: 'unavailable' },
  ])(
    '$status with a body of the form $form is $create, $update, $metadata for a create, an update, metadata',
    ({ status, form, ...is }) => {
      expect(failureOf(create, status, form)).toBe(is.create);
      expect(failureOf(update, status, form)).toBe(is.update);
      expect(failureOf(read, status, form)).toBe(is.update === 'unclear' ? 'unavailable' : is.update);
      expect(failureOf(metadata, status, form)).toBe(is.metadata);
    },
  );
});

describe('Retry-After', () => {
  const now = Date.parse('2024-02-22T16:00:00.000Z');
  it.each([
    { title: 'seconds', header: '30', seconds: 30 },
    { title: 'seconds with blanks', header: ' 30 ', seconds: 30 },
    { title: 'more than an hour', header: '7200', seconds: 3_600 },
    { title: 'a number beyond all clocks', header: '9'.repeat(400), seconds: 3_600 },
    { title: 'a date', header: 'Thu, 22 Feb 2024 16:02:00 GMT', seconds: 120 },
    { title: 'a date in the older form', header: 'Thursday, 22-Feb-24 16:02:00 GMT', seconds: 120 },
    { title: 'a date in a year', header: 'Sat, 22 Feb 2025 16:02:00 GMT', seconds: 3_600 },
    { title: 'a date that has passed', header: 'Thu, 22 Feb 2024 15:00:00 GMT', seconds: undefined },
    { title: 'no wait at all', header: '0', seconds: undefined },
    { title: 'a negative number', header: '-5', seconds: undefined },
    { title: 'a fraction', header: '1.5', seconds: undefined },
    { title: 'words', header: 'in 10 seconds', seconds: undefined },
    { title: 'words with a date inside', header: 'until 1 May 2099', seconds: undefined },
    { title: 'nothing', header: '', seconds: undefined },
    { title: 'blanks', header: ' ', seconds: undefined },
    { title: 'no header', header: null, seconds: undefined },
  ])('with $title means $seconds seconds', ({ header, seconds }) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });

  it('with anything gives a wait of up to an hour, or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
        const seconds = retryAfterSeconds(header, now) ?? 1;
        expect(seconds).toBeGreaterThan(0);
        expect(seconds).toBeLessThanOrEqual(3_600);
      }),
    );
  });
});

describe('the delay', () => {
  it('after any receive is at least a second and at most the cap, which doubles', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (receives, random) => {
          const delay = delayAfter(receives, () => random);
          expect(delay).toBeGreaterThanOrEqual(1);
          expect(delay).toBeLessThanOrEqual(backOff.longest);
          if (receives <= 1) expect(delay).toBeLessThanOrEqual(backOff.shortest);
        },
      ),
    );
  });

  it('is spread over the whole of the cap', () => {
    const caps = [1, 2, 3, 4, 8, 9, 1_000].map((receives) => delayAfter(receives, () => 0.5) * 2);
    expect(caps).toEqual([10, 20, 40, 80, 1_280, 1_800, 1_800]);
    expect(delayAfter(9, () => 0)).toBe(1);
  });
});
