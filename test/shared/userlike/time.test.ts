import { describe, expect, it } from '@jest/globals';
import { timeOf } from '../../../shared/userlike/time.ts';

const at = Date.parse('2024-02-22T15:49:07.000Z');
function nanoseconds(fraction: bigint) {
  return BigInt(at) * 1_000_000n + fraction;
}

describe('a time as Userlike writes it', () => {
  it.each([
    ['without a fraction', '2024-02-22T15:49:07Z', 0n],
    ['in milliseconds, as a contact has it', '2024-02-22T15:49:07.228Z', 228_000_000n],
    ['in microseconds, as a message has it', '2024-02-22T15:49:07.220985Z', 220_985_000n],
    ['in nanoseconds', '2024-02-22T15:49:07.123456789Z', 123_456_789n],
    ['without a zone, which is UTC', '2024-02-22 15:49:07', 0n],
    ['with a T and without a zone', '2024-02-22T15:49:07.5', 500_000_000n],
    ['with an offset', '2024-02-22T16:49:07+01:00', 0n],
    ['with an offset behind UTC, without a colon', '2024-02-22T10:19:07-0530', 0n],
    ['in lower case', '2024-02-22t15:49:07z', 0n],
    ['with an offset of almost a day', '2024-02-23T15:48:07+23:59', 0n],
  ])('is read %s', (_title, text, fraction) => {
    expect(timeOf(text)).toBe(nanoseconds(fraction));
  });

  it.each([
    ['a date alone', '2024-02-22'],
    ['no text', 1_708_616_947],
    ['nothing', null],
    ['an empty text', ''],
    ['30 February', '2024-02-30T00:00:00Z'],
    ['month 13', '2024-13-01T00:00:00Z'],
    ['hour 24', '2024-02-22T24:00:00Z'],
    ['minute 60', '2024-02-22T23:60:00Z'],
    ['more than nanoseconds', '2024-02-22T15:49:07.1234567890Z'],
    ['a point without a fraction', '2024-02-22T15:49:07.Z'],
    ['an offset that no zone has', '2024-02-22T15:49:07+24:00'],
    ['an offset of 60 minutes', '2024-02-22T15:49:07+00:60'],
    ['something before it', ' 2024-02-22T15:49:07Z'],
    ['something behind it', '2024-02-22T15:49:07Z\n'],
    ['words', 'yesterday'],
  ])('is not %s', (_title, value) => {
    expect(timeOf(value)).toBeUndefined();
  });
});
