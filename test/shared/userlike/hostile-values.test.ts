import { describe, expect, it } from '@jest/globals';
import { noteOptionsOf } from '../../../shared/mapping/note-options.ts';
import { entriesOf } from '../../../shared/notes/entries.ts';
import { anInstance, settingsOf } from '../../support/mapping/builders.ts';
import { parse } from '../../support/userlike/addon-calls.ts';

const settings = settingsOf({ instances: [anInstance({})] });

function entriesIn(overrides: Record<string, unknown>) {
  const [taken] = parse({ id: 1, ...overrides }).conversations;
  const [instance] = settings.instances;
  if (taken === undefined || instance === undefined) throw new Error('not taken');
  return entriesOf(taken.conversation, noteOptionsOf(instance, settings));
}

const megabyte = 'x'.repeat(1_000_000);
function nested(depth: number): unknown {
  return Array.from({ length: depth }).reduce<unknown>((inner) => ({ in: [inner] }), 'x');
}

describe('a hostile conversation', () => {
  it.each([
    {
      title: '20,000 empty messages',
      overrides: { transcript: Array(20_000).fill({}) },
      entries: 20_000,
      characters: 1e6,
    },
    {
      title: '20,000 messages of a contact whose name has a million characters',
      overrides: { contact: { name: megabyte }, transcript: Array(20_000).fill({ body: 'x' }) },
      entries: 20_000,
      characters: 6e6,
    },
    {
      title: 'an operator, a type and a kind of a million characters each',
      overrides: { transcript: [{ sender: { type: megabyte }, name: megabyte, type: megabyte }] },
      entries: 1,
      characters: 1_000,
    },
    {
      title: 'survey answers nested deeply, and many of them',
      overrides: { pre_survey_option: nested(45), post_survey_option: Array(100_000).fill({ a: [], b: 'x' }) },
      entries: 2,
      characters: 10_000,
    },
    {
      title: 'a feedback of 20,000 fields',
      overrides: { feedback_message: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, n])) },
      entries: 1,
      characters: 3_000,
    },
    {
      title: 'a message of 10,000 files in a text of many addresses',
      overrides: {
        transcript: [
          {
            body: 'https://files.example.org/a?sig=1 '.repeat(10_000),
            files: Array.from({ length: 10_000 }, (_, n) => `https://files.example.org/${n}?sig=${n}`),
          },
        ],
      },
      entries: 10_000,
      characters: 3e6,
    },
    {
      title: 'places and cards that are lists of lists',
      overrides: { transcript: [{ location: nested(45), contacts: Array(50_000).fill([[]]), hologram: nested(45) }] },
      entries: 1,
      characters: 10_000,
    },
    {
      title: 'topics, notes and a last message of any shape',
      overrides: { topics: nested(45), notes: nested(45), last_message: nested(45), topic: [] },
      entries: 2,
      characters: 10_000,
    },
    {
      title: 'an offline message of a million characters',
      overrides: { message: megabyte },
      entries: 1,
      characters: 2e6,
    },
  ])('stays within the limits: $title', ({ overrides, entries, characters }) => {
    const told = entriesIn(overrides);
    expect(told).toHaveLength(entries);
    expect(told.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(characters);
  });
});
