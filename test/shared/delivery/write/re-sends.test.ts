import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliver } from '../../../../shared/delivery/deliver.ts';
import type { Job } from '../../../../shared/delivery/record.ts';
import { createWorld, deliverUntilDone, Killed, lease, type World } from '../../../support/lime-world.ts';
import {
  filesOf,
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

describe('a re-send', () => {
  const aResend = async (first: Job, second: Job): Promise<World & { before: number }> => {
    const world = createWorld([]);
    await deliverUntilDone(first, world);
    const before = world.notes.length;
    world.asked.length = 0;
    await deliverUntilDone(second, world);
    return { ...world, before };
  };

  it('without a change asks Lime nothing', async () => {
    expect((await aResend(jobOf(5), jobOf(5))).asked).toEqual([]);
  });

  it('with a new message writes its note only', async () => {
    expect((await aResend(jobOf(1), jobOf(2))).asked).toEqual(['POST /api/v1/limeobject/history/']);
  });

  it('with a new file uploads that one only', async () => {
    const shortOf = (messages: number) => jobOf(messages, settingsWith(), () => 0);
    expect((await aResend(shortOf(4), shortOf(5))).asked).toEqual([
      'POST /api/v1/file/',
      'POST /api/v1/limeobject/document/',
      'POST /api/v1/limeobject/history/',
    ]);
  });

  it('tries again what was not imported', async () => {
    const world = createWorld(['answered', 'answered', 'lost before']);
    await deliverUntilDone(jobOf(1), world);
    expect(world.documents).toEqual([]);
    expect(notesIn(world)).toContain('(not imported: could not be fetched)');
    await deliverUntilDone(jobOf(2), world);
    expect(filesOf(world)).toEqual(['1.1.0']);
  });

  it.each([
    { title: 'in notes', history: {}, textsOf: (world: World) => [notesIn(world)] },
    { title: 'in a document', history: { whenLonger: 'document' }, textsOf: transcriptsIn },
  ])('adds each new message and file once $title, whatever happens to its requests', async ({ history, textsOf }) => {
    const settings = settingsWith(history);
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const world = createWorld([]);
        await deliverUntilDone(jobOf(1, settings), world);
        const [first] = world.notes.splice(0);
        world.meet(schedule);
        await deliverUntilDone(jobOf(14, settings), world);

        expect(first?.note).toContain('Message number 0');
        expect(textsOf(world).map(numbersIn)).toEqual([upTo(14).slice(1)]);
        expect(new Set(marksIn(world)).size).toBe(world.notes.length);
        expect(new Set(identifiersIn(world)).size).toBe(world.documents.length);
        expect(world.rows).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  it('adds the document of the new part where that is longer than a note', async () => {
    const settings = settingsWith({ whenLonger: 'document' });
    const world = await aResend(jobOf(12, settings), jobOf(24, settings));
    expect(transcriptsIn(world).map(numbersIn)).toEqual([upTo(12), upTo(24).slice(12)]);
    const transcripts = world.files.map(({ name }) => name).filter((name) => name.startsWith('chat'));
    expect(transcripts).toEqual(['chat-7.txt', expect.stringMatching(/^chat-7-[\w-]{8}\.txt$/)]);
    expect(world.notes).toHaveLength(2);
    expect(world.notes[1]?.note).toMatch(/^Userlike conversation 7, continued #/);
  });

  describe('a re-send that writes the whole again', () => {
    const settings = settingsWith({ onResend: 'whole' });

    it('has every message in its notes, and each file still once', async () => {
      const world = await aResend(jobOf(4, settings), jobOf(12, settings));
      const again = world.notes.slice(world.before).map(({ note }) => String(note));
      expect(numbersIn(again.join('\n'))).toEqual(upTo(12));
      for (const note of again) expect(note).toMatch(/^Userlike conversation 7, continued \(/);
      expect(filesOf(world)).toEqual(['1.1.0', '1.1.4', '1.1.8']);
      expect(world.rows).toHaveLength(1);
    });

    it.each([
      { title: 'notes', history: {}, textsOf: ({ notes }: World) => notes.map(({ note }) => String(note)) },
      { title: 'a document', history: { whenLonger: 'document' }, textsOf: transcriptsIn },
    ])('leaves out nothing that another version has left in Lime, in $title', async ({ history, textsOf }) => {
      const settings = settingsWith({ onResend: 'whole', ...history });
      for (const answered of [0, 1, 2]) {
        const world = createWorld([]);
        const fetchMedia: World['deps']['fetchMedia'] = async () => ({ ok: false, reason: 'notFound' });
        const quiet = { ...world, deps: { ...world.deps, fetchMedia } };
        await deliverUntilDone(jobOf(1, settings), quiet);
        world.meet([...Array.from({ length: answered }, () => 'answered' as const), 'killed after']);
        await expect(deliver(jobOf(6, settings), quiet.deps)).rejects.toThrow(Killed);
        world.pass(lease);
        const before = textsOf(world).length;
        await deliverUntilDone(jobOf(12, settings), quiet);
        expect(numbersIn(textsOf(world).slice(before).join('\n'))).toEqual(upTo(12));
      }
    });

    it('does so once, whatever happens to its requests, and its files are there once', async () => {
      await fc.assert(
        fc.asyncProperty(schedules, async (schedule) => {
          const world = createWorld([]);
          await deliverUntilDone(jobOf(3, settings), world);
          const before = world.notes.length;
          const fetchMedia: World['deps']['fetchMedia'] = async () => ({ ok: false, reason: 'notFound' });
          world.meet(schedule);
          await deliverUntilDone(jobOf(12, settings), { ...world, deps: { ...world.deps, fetchMedia } });
          const again = world.notes.slice(before).map(({ note }) => String(note));
          expect(numbersIn(again.join('\n'))).toEqual(upTo(12));
        }),
        { numRuns: 150 },
      );
    });
  });
});
