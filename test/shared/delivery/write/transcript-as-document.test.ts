import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aTenantWithFiles } from '../../../support/a-tenant-with-files.ts';
import { createWorld, deliverUntilDone } from '../../../support/lime-world.ts';
import {
  identifiersIn,
  jobOf,
  marksIn,
  notesIn,
  numbersIn,
  schedules,
  settingsWith,
  transcriptsIn,
  upTo,
} from '../../../support/numbered-messages.ts';

describe('a transcript that becomes a document where it is longer than a note', () => {
  const settings = settingsWith({ whenLonger: 'document' });

  it('is one document with every message, beside one note with the first of them', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const world = createWorld(schedule);
        await deliverUntilDone(jobOf(12, settings), world);

        const transcripts = transcriptsIn(world);
        expect(transcripts).toHaveLength(1);
        expect(numbersIn(transcripts[0] ?? '')).toEqual(upTo(12));
        expect(world.notes).toHaveLength(1);
        const shown = numbersIn(notesIn(world));
        expect(shown).toEqual(upTo(shown.length));
        expect(notesIn(world)).toContain(
          `${shown.length} of 12 messages are shown here. The whole transcript is in the document chat-7.txt.`,
        );
        expect(new Set(identifiersIn(world)).size).toBe(world.documents.length);
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing where several versions arrive in any order, twice each', async () => {
    const versions = [jobOf(2, settings), jobOf(7, settings), jobOf(12, settings), jobOf(13, settings)];
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2, 3, 3], { minLength: 8 });
    await fc.assert(
      fc.asyncProperty(orders, schedules, async (order, schedule) => {
        const world = createWorld(schedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? jobOf(13, settings), world);

        expect(new Set(marksIn(world)).size).toBe(world.notes.length);
        const all = numbersIn([notesIn(world), ...transcriptsIn(world)].join('\n'));
        expect([...new Set(all)].sort((a, b) => a - b)).toEqual(upTo(13));
        expect(new Set(identifiersIn(world)).size).toBe(world.documents.length);
        expect(world.rows).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  it('stays a note where it fits into one', async () => {
    const world = createWorld([]);
    await deliverUntilDone(jobOf(1, settings), world);
    expect(transcriptsIn(world)).toEqual([]);
    expect(numbersIn(notesIn(world))).toEqual([0]);
  });
});

describe('a transcript longer than a note', () => {
  it('is a text document beside one note', async () => {
    await using tenant = await aTenantWithFiles({ history: { whenLonger: 'document' } });
    expect(await tenant.send([tenant.withFiles(['/order.png'], 900)])).toBe(0);
    expect(tenant.notes()).toHaveLength(1);
    expect(tenant.notes()[0]).toMatch(
      /\d+ of 901 messages are shown here\. The whole transcript is in the document chat-63741936\.txt\.$/,
    );
    const [, transcript] = tenant.documents();
    expect(transcript?.ul_messageid).toMatch(/^transcript-63741936-/);
    const text = await tenant.contentsOf(transcript?.document);
    expect(text).toContain('order.png (saved as a document in Lime)\n');
    expect(text).toMatch(/Message 899\.\n$/);
  });

  it('is parked where Lime refuses the document, and whole after a redrive', async () => {
    await using tenant = await aTenantWithFiles({ history: { whenLonger: 'document' } });
    tenant.sandbox.changeSettings({ maxFileBytes: 100 });
    await tenant.send([tenant.withFiles([], 900)]);
    expect(tenant.parked).toMatchObject([{ step: 'document', status: '413' }]);
    expect(tenant.notes()).toEqual([]);
    tenant.sandbox.changeSettings({ maxFileBytes: 1_000_000 });
    expect(await tenant.send([tenant.withFiles([], 900)])).toBe(0);
    expect([tenant.documents(), tenant.notes()].map(({ length }) => length)).toEqual([1, 1]);
  });
});
