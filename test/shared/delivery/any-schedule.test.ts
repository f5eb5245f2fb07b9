import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Job } from '../../../shared/delivery/record.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, deliverUntilDone, type Fate } from '../../support/lime-world.ts';

const fates = fc.constantFrom<Fate>(
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);

const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
function jobOf(messages: number, bodies = messages): Job {
  const conversation = Conversation.parse(
    aConversation({
      // The newest of the versions below has what the oldest had.
      contact: { email: `ada${messages % 8}@example.org` },
      transcript: Array.from({ length: messages }, (_, index) =>
        aMessage({
          id: `1.1.${index}`,
          body: `Message number ${index}${index < bodies ? '.' : ', edited.'} ${'word '.repeat(index * 5)}`,
        }),
      ),
      updated_at: new Date(Date.UTC(2024, 1, messages)).toISOString(),
    }),
  );
  return {
    organization: '108905',
    conversation: String(conversation.id),
    callId: 'call',
    draft: toDraft(conversation, settings),
    acceptedAt: '2024-02-22T15:49:23.146Z',
    lastTry: false,
  };
}

describe('one conversation, whatever happens to its requests', () => {
  let job: Job;
  beforeAll(() => {
    job = jobOf(12);
  });

  it('becomes one limeobject, with every message once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fates, { maxLength: 12 }), async (schedule) => {
        const world = createWorld(schedule);
        await deliverUntilDone(job, world);

        expect(world.helpdesks.size).toBe(1);
        const text = world.notes.map(({ note }) => note).join('\n');
        const numbers = [...text.matchAll(/Message number (\d+)/g)].map(([, number]) => Number(number));
        expect(numbers).toEqual(Array.from({ length: 12 }, (_, index) => index));
        expect(await world.deps.ledger.read(job)).toMatchObject({ outcome: 'delivered', unconfirmedAttempts: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('becomes one limeobject also where several versions of it arrive in any order, twice each', async () => {
    const versions = [jobOf(4), jobOf(8), jobOf(12)];
    const orders = fc.shuffledSubarray([0, 0, 1, 1, 2, 2], { minLength: 6 });
    await fc.assert(
      fc.asyncProperty(orders, fc.array(fates, { maxLength: 12 }), async (order, schedule) => {
        const world = createWorld(schedule);
        for (const index of order) await deliverUntilDone(versions[index] ?? job, world);

        expect([...world.helpdesks.values()]).toMatchObject([{ email: 'ada4@example.org' }]);
        const text = world.notes.map(({ note }) => note).join('\n');
        expect(new Set([...text.matchAll(/Message number (\d+)/g)].map(([, number]) => number)).size).toBe(12);
        expect(await world.deps.ledger.read(job)).toMatchObject({ outcome: 'delivered' });
      }),
      { numRuns: 300 },
    );
  });

  it('is created again, whole and once, after its limeobject has vanished from Lime', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fates, { maxLength: 12 }), async (schedule) => {
        const world = createWorld([]);
        await deliverUntilDone(jobOf(4), world);
        world.helpdesks.clear();
        world.notes.length = 0;
        world.meet(schedule);
        await deliverUntilDone(jobOf(6), world);

        expect(world.helpdesks.size).toBe(1);
        const text = world.notes.map(({ note }) => note).join('\n');
        const numbers = [...text.matchAll(/Message number (\d+)/g)].map(([, number]) => Number(number));
        expect(numbers).toEqual([0, 1, 2, 3, 4, 5]);
      }),
      { numRuns: 300 },
    );
  });
});
