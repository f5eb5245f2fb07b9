import { expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, Killed, lease } from '../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';

const history = { relation: 'helpdesk' };
const settings = settingsOf({
  instances: [anInstance({ name: 'Sales', topics: ['Sales'], history }), anInstance({ name: 'Support', history })],
});

function aVersion(messages: number, topic: string): Job {
  const transcript = Array.from({ length: messages }, (_, index) =>
    aMessage({ id: `1.1.${index}`, body: `Message number ${index}.` }),
  );
  const updated_at = new Date(Date.UTC(2024, 1, messages)).toISOString();
  const conversation = Conversation.parse(aConversation({ topics: [topic], contact: null, transcript, updated_at }));
  const draft = toDraft(conversation, settings);
  return { organization: '1', conversation: '7', callId: 'call', draft, acceptedAt: '2024-02-22', lastTry: false };
}

it('a version that another instance takes looks for what its own crashed attempt has written', async () => {
  const world = createWorld(['answered', 'killed after']);
  const [older, newer] = [aVersion(2, 'Support'), aVersion(4, 'Sales')];
  await expect(deliver(newer, world.deps)).rejects.toBeInstanceOf(Killed);
  world.pass(lease);
  // It finds the limeobject, which is its own instance's from now on.
  expect(await deliver(older, world.deps)).toMatchObject({ instance: 'Support' });
  expect(await deliver(newer, world.deps)).toMatchObject({ outcome: 'updated' });

  expect(world.helpdesks.size).toBe(1);
  expect(
    world.notes
      .map(({ note }) => note)
      .join('\n')
      .match(/Message number \d/g),
  ).toHaveLength(4);
});
