import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/job.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, deliverUntilDone, type Fate, Killed, lease, type World } from '../../support/lime-world.ts';
import { anInstance, settingsOf } from '../mapping/builders.ts';

const fates = fc.constantFrom<Fate>(
  'answered',
  'answered',
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);
const schedules = fc.array(fates, { maxLength: 30, size: 'max' });

const settingsWith = (history: Record<string, unknown> = {}) =>
  settingsOf({
    instances: [
      anInstance({
        conversation: { relation: 'helpdesk' },
        documents: { relation: 'helpdesk', identify: 'ul_messageid', media: {} },
        history: { relation: 'helpdesk', ...history },
      }),
    ],
  });

/** Every fourth message is a file. */
const jobOf = (messages: number, settings = settingsWith(), wordsIn = (index: number) => index % 7): Job => {
  const transcript = Array.from({ length: messages }, (_, index) =>
    aMessage({
      id: `1.1.${index}`,
      body: `Message number ${index}. ${'word '.repeat(wordsIn(index))}`,
      url: index % 4 === 0 ? `https://www.userlike.com/files/${index}` : null,
    }),
  );
  const conversation = Conversation.parse(
    aConversation({ id: 7, transcript, updated_at: new Date(Date.UTC(2024, 1, messages)).toISOString() }),
  );
  const draft = toDraft(conversation, settings);
  return { organization: '1', conversation: '7', callId: 'call', draft, acceptedAt: '2024-02-22', lastTry: false };
};

const marksIn = ({ notes }: World): string[] => notes.map(({ note }) => String(note).split('\n')[0] ?? '');
const numbersIn = (text: string): number[] => [...text.matchAll(/Message number (\d+)/g)].map(([, n]) => Number(n));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const notesIn = ({ notes }: World): string => notes.map(({ note }) => note).join('\n');
const identifiersIn = ({ documents }: World): string[] => documents.map(({ ul_messageid }) => String(ul_messageid));
const filesOf = (world: World): string[] => identifiersIn(world).filter((id) => !id.startsWith('transcript'));
const transcriptsIn = ({ documents, files }: World): string[] =>
  documents
    .filter(({ ul_messageid }) => String(ul_messageid).startsWith('transcript'))
    .map(({ document }) => files[Number(document) - 1_001]?.text ?? '');

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
        expect(await world.ports.ledger.read(jobOf(12))).toMatchObject({ outcome: 'delivered', unresolved: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('hold every file where only Lime is troubled, and their lines say so', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const world = createWorld(schedule);
        const fetchMedia: World['ports']['fetchMedia'] = async () => ({
          ok: true,
          bytes: Buffer.from('x'),
          contentType: 'text/plain',
        });
        await deliverUntilDone(jobOf(12), { ...world, ports: { ...world.ports, fetchMedia } });

        expect(filesOf(world).sort()).toEqual(['1.1.0', '1.1.4', '1.1.8']);
        expect(notesIn(world).match(/in Lime as a document/g)).toHaveLength(3);
      }),
      { numRuns: 150 },
    );
  });

  it('lose no message where an attempt has told of a file what the next one finds otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }), fc.nat(3), async (words, kills) => {
        const job = jobOf(12, settingsWith(), (index) => words[index] ?? 0);
        const world = createWorld([]);
        const failing: World['ports']['fetchMedia'] = async () => ({ ok: false, reason: 'wrongType' });
        world.meet([
          'answered',
          'answered',
          ...Array.from({ length: kills }, () => 'answered' as const),
          'killed after',
        ]);
        await deliver(job, { ...world.ports, fetchMedia: failing }).catch(() => undefined);
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
        expect(notesIn(world)).toContain(`(${shown.length}/12) The whole transcript is in the document chat-7.txt.`);
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
    expect((await aResend(jobOf(4), jobOf(5))).asked).toEqual([
      'POST /api/v1/file/',
      'POST /api/v1/limeobject/document/',
      'POST /api/v1/limeobject/history/',
    ]);
  });

  it('tries again what was not imported', async () => {
    const world = createWorld(['answered', 'answered', 'lost before']);
    await deliverUntilDone(jobOf(1), world);
    expect(world.documents).toEqual([]);
    expect(notesIn(world)).toContain('(not imported: no answer)');
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

  describe('that writes the whole again', () => {
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
        const fetchMedia: World['ports']['fetchMedia'] = async () => ({ ok: false, reason: 'notFound' });
        const quiet = { ...world, ports: { ...world.ports, fetchMedia } };
        await deliverUntilDone(jobOf(1, settings), quiet);
        world.meet([...Array.from({ length: answered }, () => 'answered' as const), 'killed after']);
        await expect(deliver(jobOf(6, settings), quiet.ports)).rejects.toThrow(Killed);
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
          const fetchMedia: World['ports']['fetchMedia'] = async () => ({ ok: false, reason: 'notFound' });
          world.meet(schedule);
          await deliverUntilDone(jobOf(12, settings), { ...world, ports: { ...world.ports, fetchMedia } });
          const again = world.notes.slice(before).map(({ note }) => String(note));
          expect(numbersIn(again.join('\n'))).toEqual(upTo(12));
        }),
        { numRuns: 150 },
      );
    });
  });
});
