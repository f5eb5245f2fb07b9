import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchesOf, entryBytes } from '../../../shared/queue/batches.ts';
import { SQS_MAX_BYTES } from '../../../shared/queue/envelope.ts';

const entryOf = (bytes: number) => ({ group: '108905', body: 'x'.repeat(bytes) });
const sizesOf = (...bytes: number[]) =>
  batchesOf(bytes.map(entryOf)).map((batch) => batch.map(({ body }) => body.length));

describe('batches', () => {
  it.each([
    ['none, for nothing', [], []],
    ['one, for one entry', [5], [[5]]],
    ['one, for ten small entries', Array(10).fill(1), [Array(10).fill(1)]],
    ['two, for eleven small entries', Array(11).fill(1), [Array(10).fill(1), [1]]],
    ['filled up to the limit', [1_048_562, 0, 1], [[1_048_562, 0], [1]]],
    ['closed before the limit is crossed', [524_281, 524_282], [[524_281], [524_282]]],
    ['one for each of the largest entries', [1_015_808, 1_015_808], [[1_015_808], [1_015_808]]],
  ])('are %s', (_title, bytes, expected) => {
    expect(sizesOf(...bytes)).toEqual(expected);
  });

  it('count bytes, not characters', () => {
    expect(
      batchesOf([
        { group: '1', body: '€'.repeat(200_000) },
        { group: '1', body: '€'.repeat(200_000) },
      ]),
    ).toHaveLength(2);
  });

  it('lose, repeat and reorder nothing, and keep within the limits of SQS', () => {
    const entries = fc.array(
      fc.record({
        group: fc.stringMatching(/^[\w-]{1,64}$/),
        body: fc.oneof(
          fc.string(),
          fc.nat(1_015_808).map((bytes) => 'x'.repeat(bytes)),
          fc.nat(300_000).map((count) => '€'.repeat(count)),
        ),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(entries, (entries) => {
        const batches = batchesOf(entries);
        expect(
          batches
            .flat()
            .map(({ group, body }) => ({ group, body }))
            .every((entry, index) => entry.body === entries[index]?.body && entry.group === entries[index]?.group),
        ).toBe(true);
        expect(batches.flat()).toHaveLength(entries.length);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(batch.reduce((sum, entry) => sum + entryBytes(entry), 0)).toBeLessThanOrEqual(SQS_MAX_BYTES);
          expect(new Set(batch.map(({ id }) => id)).size).toBe(batch.length);
          for (const { id } of batch) expect(id).toMatch(/^[\w-]{1,80}$/);
        }
      }),
    );
  });

  it('are as few as the order allows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_015_808), { maxLength: 40 }), (bytes) => {
        const batches = batchesOf(bytes.map(entryOf));
        for (const [index, batch] of batches.slice(0, -1).entries()) {
          const [next] = batches[index + 1] ?? [];
          const sum = [...batch, ...(next === undefined ? [] : [next])].reduce(
            (total, entry) => total + entryBytes(entry),
            0,
          );
          expect(batch.length === 10 || sum > SQS_MAX_BYTES).toBe(true);
        }
      }),
    );
  });
});
