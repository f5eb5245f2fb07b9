import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliver } from '../../../../shared/delivery/deliver.ts';
import { createWorld, deliverUntilDone, lease, type World } from '../../../support/lime-world.ts';
import {
  filesOf,
  jobOf,
  notesIn,
  numbersIn,
  schedules,
  settingsWith,
  upTo,
} from '../../../support/numbered-messages.ts';

describe('row, documents and notes of one conversation, whatever happens to its requests', () => {
  it('are each there once, with every message once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const world = createWorld(schedule);
        await deliverUntilDone(jobOf(12), world);

        expect(world.helpdesks.size).toBe(1);
        expect(world.rows).toMatchObject([{ conversationid: 7, helpdesk: 1_001 }]);
        expect(new Set(filesOf(world)).size).toBe(world.documents.length);
        expect(numbersIn(notesIn(world))).toEqual(upTo(12));
        expect(await world.deps.ledger.read(jobOf(12))).toMatchObject({
          outcome: 'delivered',
          unconfirmedAttempts: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  it('hold every file where only Lime is troubled, and their lines say so', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const world = createWorld(schedule);
        const fetchMedia: World['deps']['fetchMedia'] = async () => ({
          ok: true,
          name: 'x.txt',
          bytes: Buffer.from('x'),
          contentType: 'text/plain',
        });
        await deliverUntilDone(jobOf(12), { ...world, deps: { ...world.deps, fetchMedia } });

        expect(filesOf(world).sort()).toEqual(['1.1.0', '1.1.4', '1.1.8']);
        expect(notesIn(world).match(/saved as a document in Lime/g)).toHaveLength(3);
      }),
      { numRuns: 150 },
    );
  });

  it('lose no message where the next attempt has another outcome for a file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), fc.nat(3), async (words, kills) => {
        const job = jobOf(12, settingsWith(), (index) => words[index] ?? 0);
        const world = createWorld([]);
        const failing: World['deps']['fetchMedia'] = async () => ({ ok: false, reason: 'wrongType' });
        world.meet([
          'answered',
          'answered',
          ...Array.from({ length: kills }, () => 'answered' as const),
          'killed after',
        ]);
        await deliver(job, { ...world.deps, fetchMedia: failing }).catch(() => undefined);
        world.pass(lease);
        await deliverUntilDone(job, world);

        expect(numbersIn(notesIn(world)).sort((a, b) => a - b)).toEqual(upTo(12));
      }),
      { numRuns: 150 },
    );
  });

  it('are each there once where several versions arrive in any order, twice each', async () => {
    const versions = [jobOf(4), jobOf(8), jobOf(12)];
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, schedules, async (order, schedule) => {
        const world = createWorld(schedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? jobOf(12), world);

        expect(world.rows).toHaveLength(1);
        expect(new Set(filesOf(world)).size).toBe(world.documents.length);
        expect(numbersIn(notesIn(world)).sort((a, b) => a - b)).toEqual(upTo(12));
      }),
      { numRuns: 200 },
    );
  });
});
