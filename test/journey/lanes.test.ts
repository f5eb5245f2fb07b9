import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as z from 'zod';
import { createClients, embeddedAccess } from '../../tools/local/aws.ts';
import { aConversation, aMessage } from '../support/conversations.ts';
import { type Journey, startJourney } from '../support/journey.ts';

const Addresses = z.object({ queueUrl: z.url() });

/** Seconds for which SQS hides a bulk call. On a slow machine it may come first all the same, with the same result. */
const HIDDEN_SECONDS = 4;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ variables: { TIME_SCALE: '0.02' } });
});
afterAll(() => journey.stop());

/** Makes what is sent to the bulk lane wait there. */
async function hideBulkFor(seconds: number): Promise<void> {
  const { queueUrl } = Addresses.parse(await journey.log(({ message }) => message === 'addresses'));
  const clients = createClients(embeddedAccess(journey.awsEndpoint));
  const Attributes = { DelaySeconds: String(seconds) };
  await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes }));
  clients.destroy();
}

function messageOf(id: number, number: number) {
  return aMessage({ id: `${id}.1.${number}`, sent_at: `2024-02-22T15:0${number}:00Z`, body: `Message ${number}.` });
}

/** A version of a conversation, with as many messages as its number. */
function versionOf(id: number, number: number) {
  return aConversation({
    id,
    contact: { email: `version${number}@example.org` },
    transcript: Array.from({ length: number }, (_, index) => messageOf(id, index + 1)),
    updated_at: `2024-02-22T16:0${number}:00Z`,
  });
}

it.each([
  { title: 'a newer version', id: 901, bulk: 1, single: 2 },
  { title: 'an older version', id: 902, bulk: 2, single: 1 },
  { title: 'the same version', id: 903, bulk: 2, single: 2 },
])(
  '$title of a conversation that waits in the bulk lane arrives before it, and makes one limeobject of the newest',
  async ({ id, bulk, single }) => {
    await hideBulkFor(HIDDEN_SECONDS);
    const others = Array.from({ length: 10 }, (_, index) => id * 100 + index);
    await journey.send([versionOf(id, bulk), ...others.map((other) => aConversation({ id: other, contact: null }))]);
    await hideBulkFor(0);
    await journey.send(versionOf(id, single));
    await journey.ended(id, 2);
    await journey.ended(others);

    const lanes = journey
      .logs()
      .filter(({ message, conversation }) => message === 'delivered' && conversation === `${id}`);
    expect(new Set(lanes.map(({ lane }) => lane))).toEqual(new Set(['interactive', 'bulk']));
    const [helpdesk, ...more] = (await journey.helpdesks()).filter(({ title }) => String(title).endsWith(` · #${id}`));
    expect(more).toEqual([]);
    expect(helpdesk).toMatchObject({ email: 'version2@example.org' });
    const notes = (await journey.notes())
      .filter((note) => note.helpdesk === helpdesk?._id)
      .map(({ note }) => String(note));
    const told = notes.join('\n').match(/Message \d\./g);
    expect(told?.toSorted()).toEqual(['Message 1.', 'Message 2.']);
  },
);

it('records of both lanes return to their queue while Lime is out, and arrive once', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => 90_400 + index);
  await journey.faults([{ kind: 'error', status: 503, match: { method: 'GET' }, times: 6 }]);
  await Promise.all([journey.send(ids.map((id) => aConversation({ id }))), journey.send(aConversation({ id: 905 }))]);
  await journey.ended([...ids, 905]);

  const titles = (await journey.helpdesks()).map(({ title }) => String(title));
  for (const id of [...ids, 905]) expect(titles.filter((title) => title.endsWith(` · #${id}`))).toHaveLength(1);
  const returned = journey.logs().filter(({ message }) => message === 'retrying');
  expect(returned.length).toBeGreaterThan(0);
  expect(journey.logs().filter(({ message }) => message === 'parked')).toEqual([]);
});
