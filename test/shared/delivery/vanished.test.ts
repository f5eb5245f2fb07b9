import { expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import { createWorld, type Fate, lease } from '../../support/lime-world.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { jobOf, numbersIn, upTo } from '../../support/numbered-messages.ts';

it.each<{ title: string; fate: Fate; wait: number }>([
  { title: 'Lime is overloaded', fate: 'refused for now', wait: 2_000 },
  { title: 'an answer is lost', fate: 'lost before', wait: lease },
  { title: 'the mapper dies', fate: 'killed before', wait: lease },
])(
  'a limeobject that was made anew gets the whole conversation, also where $title before its notes',
  async ({ fate, wait }) => {
    const world = createWorld([]);
    const settings = settingsOf({
      instances: [
        anInstance({
          properties: {
            title: { template: 'Userlike conversation {{ id }}' },
            description: { template: '{{ transcript.size }} messages' },
          },
          history: { relation: 'helpdesk' },
        }),
      ],
    });
    await deliver(jobOf(3, settings), world.deps);
    world.helpdesks.clear();
    world.notes.splice(0);
    // The update of what has vanished, the create, and what comes after it.
    world.meet(['answered', 'answered', fate]);
    await deliver(jobOf(6, settings), world.deps).catch(() => undefined);
    expect([world.helpdesks.size, world.notes]).toEqual([1, []]);
    world.pass(wait);
    expect(await deliver(jobOf(6, settings), world.deps)).toMatchObject({ outcome: 'updated' });

    const [id] = world.helpdesks.keys();
    expect(world.notes.every(({ helpdesk }) => helpdesk === id)).toBe(true);
    expect(numbersIn(world.notes.map(({ note }) => note).join('\n'))).toEqual(upTo(6));
  },
);
