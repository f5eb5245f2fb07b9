import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createConcurrencyLimit } from '../../../shared/media/limit-concurrency.ts';

describe('tasks with limited concurrency', () => {
  it('is all done, never more at once than may be, also where some of it fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(5), { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        async (works, maxBytes) => {
          const limitConcurrency = createConcurrencyLimit(maxBytes);
          let running = 0;
          let highest = 0;
          const work = (ticks: number) =>
            limitConcurrency(async () => {
              running += 1;
              highest = Math.max(highest, running);
              for (let tick = 0; tick <= ticks; tick += 1) await Promise.resolve();
              running -= 1;
              if (ticks % 2 === 1) throw new Error('odd');
              return ticks;
            });
          const outcomes = await Promise.allSettled(works.map(work));
          expect(outcomes.map(({ status }) => status)).toEqual(
            works.map((ticks) => (ticks % 2 === 1 ? 'rejected' : 'fulfilled')),
          );
          expect(highest).toBe(Math.min(maxBytes, works.length));
          expect(await limitConcurrency(async () => 'still')).toBe('still');
        },
      ),
    );
  });
});
