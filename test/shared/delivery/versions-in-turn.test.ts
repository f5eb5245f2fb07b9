import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, type Fate, Killed, lease } from '../../support/lime-world.ts';

const deployed = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
/** What is about sales goes to an instance of its own, which writes less. */
const settings = {
  ...deployed,
  instances: deployed.instances.flatMap((instance) => {
    const { title, email } = instance.properties;
    if (title === undefined || email === undefined) throw new Error('neither title nor email');
    return [instance, { ...instance, name: 'Sales', topics: ['Sales'], properties: { title, email } }];
  }),
};

function aVersion(number: number, email: string, messages = 4 * number, topic = 'Support'): Job {
  const conversation = Conversation.parse(
    aConversation({
      contact: { email },
      topics: [topic],
      // Two equal messages in the same second, then the next two; three of them fill a note.
      transcript: Array.from({ length: messages }, (_, index) =>
        aMessage({ id: `1.1.${index}`, body: `Message number ${Math.floor(index / 2)}. ${'word '.repeat(10)}` }),
      ),
      updated_at: new Date(Date.UTC(2024, 1, number)).toISOString(),
    }),
  );
  const draft = toDraft(conversation, settings);
  return { organization: '108905', conversation: '1', callId: 'call', draft, acceptedAt: '2024-02-22', lastTry: false };
}

const fates = fc.constantFrom<Fate>(
  'answered',
  'answered',
  'answered',
  'answered',
  'lost before',
  'lost after',
  'refused for now',
  'killed before',
  'killed after',
);

describe('versions of one conversation whose tries take turns', () => {
  it.each([
    {
      title: 'though an older one had the values changed',
      versions: [aVersion(1, 'first@example.org'), aVersion(2, 'second@example.org'), aVersion(3, 'first@example.org')],
      messages: '001122334455',
    },
    {
      title: 'also where the newest says again what the first said',
      versions: [
        aVersion(1, 'first@example.org', 4),
        aVersion(2, 'second@example.org', 4),
        aVersion(3, 'first@example.org', 4),
      ],
      messages: '0011',
    },
    {
      title: "also where its topic is another instance's for a while",
      versions: [
        aVersion(1, 'first@example.org'),
        aVersion(2, 'second@example.org', 8, 'Sales'),
        aVersion(3, 'first@example.org'),
      ],
      messages: '001122334455',
    },
    {
      title: "also where its topic becomes another instance's",
      versions: [
        aVersion(1, 'first@example.org'),
        aVersion(2, 'second@example.org'),
        aVersion(3, 'first@example.org', 12, 'Sales'),
      ],
      messages: '001122334455',
    },
  ])(
    'leave one limeobject with the values of the newest and every message once, $title',
    async ({ versions, messages }) => {
      const turns = fc.array(fc.nat(2), { maxLength: 12, size: 'max' });
      await fc.assert(
        fc.asyncProperty(turns, fc.array(fates, { maxLength: 40, size: 'max' }), async (order, schedule) => {
          const world = createWorld(schedule);
          const open = new Set(versions);
          const takeTurn = async (job: Job): Promise<void> => {
            const done = await deliver(job, world.deps).then(
              ({ outcome }) => outcome !== 'retry',
              (error: unknown) => {
                if (error instanceof Killed) return false;
                throw error;
              },
            );
            if (done) open.delete(job);
            world.pass(lease);
          };
          for (const index of order) {
            const job = versions[index];
            if (job !== undefined && open.has(job)) await takeTurn(job);
          }
          for (let round = 0; open.size > 0 && round < 50; round += 1) {
            for (const job of open) await takeTurn(job);
          }

          expect(open.size).toBe(0);
          expect([...world.helpdesks.values()]).toMatchObject([{ email: 'first@example.org' }]);
          const text = world.notes.map(({ note }) => note).join('\n');
          expect(
            text
              .match(/(?<=Message number )\d/g)
              ?.sort()
              .join(''),
          ).toBe(messages);
        }),
        // The newest is cut off after its second note, and an older one comes before it is tried again.
        {
          numRuns: 500,
          examples: [
            [
              [2, 0, 2],
              ['answered', 'answered', 'killed after'],
            ],
          ],
        },
      );
    },
  );
});
