import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aCall, callOf } from '../../../tools/fuzz/call.ts';

const calls = aCall('the-key');

function callsOf(seed: number, count: number) {
  return Array.from({ length: count }, (_, number) => {
    const { body = '', ...call } = callOf(calls, seed, number);
    return { ...call, body: createHash('sha256').update(body).digest('hex') };
  });
}

describe('the calls of a seed', () => {
  it('are the same each time', () => {
    expect(callsOf(7, 50)).toEqual(callsOf(7, 50));
  });

  it.each([1, 2 ** 31 - 1])('are of every kind, and hardly two of them are alike: %d', (seed) => {
    const drawn = callsOf(seed, 300);
    const bodies = new Set(drawn.map(({ body }) => body));

    expect(new Set(drawn.map(({ kind }) => kind)).size).toBe(13);
    expect(bodies.size).toBeGreaterThan(200);
  });
});
