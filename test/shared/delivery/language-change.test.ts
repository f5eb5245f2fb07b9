import { describe, expect, it } from '@jest/globals';
import { deliver } from '../../../shared/delivery/deliver.ts';
import type { Job } from '../../../shared/delivery/record.ts';
import { loadSettings, settingsFor } from '../../../shared/load-settings.ts';
import { toDraft } from '../../../shared/mapping/draft.ts';
import type { Language } from '../../../shared/notes/translations/language.ts';
import { Conversation } from '../../../shared/userlike/conversation.ts';
import { aConversation, aMessage } from '../../support/conversations.ts';
import { createWorld, type Fate, lease } from '../../support/lime-world.ts';

const settings = settingsFor(loadSettings(new URL('../../../settings', import.meta.url).pathname), '108905');
const bodies = Array.from({ length: 12 }, (_, index) => `#${index}#${'x'.repeat(50)}`);
const conversation = Conversation.parse(
  aConversation({
    contact: {},
    transcript: bodies.map((body, index) => aMessage({ id: `1.1.${index}`, body })),
  }),
);

function jobIn(language: Language): Job {
  return {
    organization: '108905',
    conversation: '63741936',
    callId: 'call',
    draft: toDraft(conversation, { ...settings, language }),
    acceptedAt: '2024-02-22T15:49:23.146Z',
    lastTry: false,
  };
}

function notesIn({ notes }: ReturnType<typeof createWorld>) {
  return notes.map(({ note }) => String(note));
}

it('notes are written in the language of the settings', async () => {
  const world = createWorld([]);
  await deliver(jobIn('sv'), world.deps);
  const [first = '', ...others] = notesIn(world);
  expect(first).toMatch(/^Userlike-konversation 63741936 \(1\/\d+\) #[\w-]{8}\nÄmne: Support\nTidszon: /);
  expect(first).toContain('\nInte sparat: startdate (fältet finns inte i helpdesk)');
  for (const note of others) expect(note).toMatch(/^Userlike-konversation 63741936 \(.*\n\[.*\] Kontakt: /);
});

describe('a changed language', () => {
  it('is no reason to write to Lime what it has', async () => {
    const world = createWorld([]);
    expect(await deliver(jobIn('en'), world.deps)).toMatchObject({ outcome: 'created' });
    const before = notesIn(world);
    expect(await deliver(jobIn('sv'), world.deps)).toMatchObject({ outcome: 'unchanged' });
    expect(notesIn(world)).toEqual(before);
  });

  it.each<{ title: string; fates: Fate[] }>([
    { title: 'the first note', fates: ['answered', 'lost after'] },
    { title: 'a later note', fates: ['answered', 'answered', 'answered', 'lost after'] },
  ])('after an unclear answer to $title doubles nothing and loses nothing', async ({ fates }) => {
    const world = createWorld(fates);
    expect(await deliver(jobIn('en'), world.deps)).toMatchObject({ outcome: 'retry' });
    const begun = notesIn(world).length;
    world.pass(2 * lease);
    expect(await deliver(jobIn('sv'), world.deps)).toMatchObject({ outcome: 'updated' });
    expect(notesIn(world).length).toBeGreaterThan(begun);
    const told = notesIn(world).join('\n');
    for (const body of bodies) expect(told.split(body)).toHaveLength(2);
    for (const note of notesIn(world).slice(begun)) expect(note).toMatch(/^Userlike-konversation 63741936/);
  });
});
