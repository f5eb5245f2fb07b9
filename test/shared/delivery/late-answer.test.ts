import { describe, expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/job.ts';
import { LimeError } from '../../../shared/errors.ts';
import type { Lime } from '../../../shared/lime/client.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation } from '../../support/conversations.ts';
import { createWorld } from '../../support/lime-world.ts';

const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
const jobOf = (name: string): Job => ({
  organization: '108905',
  conversation: '63741936',
  callId: 'call',
  draft: toDraft(Conversation.parse(aConversation({ contact: { email: `${name}@example.org` } })), settings),
  acceptedAt: '2024-02-22T15:49:23.146Z',
  lastTry: false,
});

const timedOut = new LimeError('unclear', 'timed out', { cause: new DOMException('timeout', 'TimeoutError') });

describe('a create that Lime carries out after nobody waits for it any more', () => {
  it('is found and not repeated, also by another version of the conversation', async () => {
    const world = createWorld([]);
    let carryOut: (() => Promise<unknown>) | undefined;
    const lime: Lime = async (request, answer, sending) => {
      if (request.method !== 'POST' || carryOut !== undefined) return world.ports.lime(request, answer, sending);
      carryOut = () => world.ports.lime(request, answer);
      throw timedOut;
    };
    const ports = { ...world.ports, lime };

    const first = await deliver(jobOf('ada'), ports);
    const seconds = first.outcome === 'retry' ? first.seconds : 0;
    expect(seconds).toBeGreaterThanOrEqual(20);
    world.pass(15_000);
    expect(await deliver(jobOf('eve'), ports)).toMatchObject({ outcome: 'retry', reason: 'another mapper has it' });
    await carryOut?.();
    world.pass(1_000 * seconds);
    expect(await deliver(jobOf('ada'), ports)).toMatchObject({ outcome: 'updated' });
    expect(world.helpdesks.size).toBe(1);
  });
});
