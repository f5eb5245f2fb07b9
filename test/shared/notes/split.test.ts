import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf, type Entry } from '../../../shared/notes/entry.ts';
import { withFileOutcome } from '../../../shared/notes/lines/file-outcome.ts';
import { type Part, split } from '../../../shared/notes/split.ts';
import { languages } from '../../../shared/notes/translations/language.ts';

function anEntry(text: string): Entry {
  return { digest: digestOf(text), text };
}
function textsOf(text: string, room: number) {
  return split([anEntry(text)], room, room).map((part) => part.text);
}
function graphemesOf(text: string) {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}

/** Where each part begins: an entry's number, and within one how much of it is left. */
function placesOf(parts: Part[]): string[] {
  return parts.map(({ first }, index) => {
    const before = parts[index - 1];
    return before === undefined || before.end === first ? `${first}` : `${first}-${before.left}`;
  });
}

describe('parts', () => {
  const splitContent = (lengths: readonly number[], firstRoom: number, room: number) =>
    split(
      lengths.map((length, index) => anEntry(String(index).repeat(length))),
      firstRoom,
      room,
    );

  it.each([
    { title: 'two that fit exactly', lengths: [24, 25], rooms: [50, 50], sizes: [50], starts: ['0'] },
    { title: 'two that are one too long', lengths: [25, 25], rooms: [50, 50], sizes: [25, 25], starts: ['0', '1'] },
    { title: 'one that fits exactly', lengths: [50], rooms: [50, 50], sizes: [50], starts: ['0'] },
    { title: 'one too long for the first alone', lengths: [50], rooms: [49, 50], sizes: [0, 50], starts: ['0', '0'] },
    { title: 'one too long for each', lengths: [51], rooms: [40, 50], sizes: [40, 11], starts: ['0', '0-11'] },
    {
      title: 'what fits behind the rest of one',
      lengths: [60, 39],
      rooms: [50, 50],
      sizes: [50, 50],
      starts: ['0', '0-10'],
    },
    { title: 'what does not', lengths: [60, 40], rooms: [50, 50], sizes: [50, 10, 40], starts: ['0', '0-10', '1'] },
    {
      title: 'a long one behind a short one',
      lengths: [9, 60],
      rooms: [50, 50],
      sizes: [9, 50, 10],
      starts: ['0', '1', '1-10'],
    },
    { title: 'nothing', lengths: [], rooms: [50, 50], sizes: [0], starts: ['0'] },
    { title: 'an empty one', lengths: [0], rooms: [50, 50], sizes: [0], starts: ['0'] },
    { title: 'an empty one behind what fills a part', lengths: [50, 0], rooms: [50, 50], sizes: [50], starts: ['0'] },
  ])('hold $title', ({ lengths, rooms: [firstRoom = 0, room = 0], sizes, starts }) => {
    const parts = splitContent(lengths, firstRoom, room);
    expect(parts.map(({ text }) => text.length)).toEqual(sizes);
    expect(placesOf(parts)).toEqual(starts);
  });
});

describe('a text that is longer than a note', () => {
  it.each([
    ['emoji of several', '👩🏽‍👩🏽‍👧🏽‍👦🏽'],
    ['flags', '🇸🇪'],
    ['emoji with a skin tone', '👋🏿'],
    ['letters with marks', 'e\u0301\u0323'],
    ['Hangul', '\u1112\u1161\u11ab'],
    ['Hebrew with points', 'שׁ'],
    ['line breaks of two characters', '\r\n'],
  ])('is never cut inside of %s', (_title, character) => {
    for (const room of [45, 46, 47, 48, 49, 50, 51, 52, 53]) {
      const parts = textsOf(`x${character.repeat(200)}`, room);
      expect(parts.join('')).toBe(`x${character.repeat(200)}`);
      expect(new Set(parts.flatMap(graphemesOf))).toEqual(new Set(['x', character]));
    }
  });

  it('is cut anywhere in what is longer than a note, but not within a surrogate pair', () => {
    const text = `a${'\u0301'.repeat(300)}😀${'\u{e0100}'.repeat(300)}`;
    const parts = textsOf(text, 45);
    expect(parts.join('')).toBe(text);
    for (const part of parts) expect(part.isWellFormed()).toBe(true);
  });

  it('is cut behind a blank where one is near, unless a mark sits on it', () => {
    expect(textsOf(`${'x'.repeat(30)} ${'y'.repeat(30)}`, 45)).toEqual([`${'x'.repeat(30)} `, 'y'.repeat(30)]);
    expect(textsOf(`${'x'.repeat(30)} \u0301${'y'.repeat(30)}`, 45)).toEqual([
      'x'.repeat(30),
      ` \u0301${'y'.repeat(30)}`,
    ]);
  });

  it('does not go on like a message of somebody else', () => {
    const forged = '[2024-02-22T16:49:07]Peter:yes';
    for (const unseen of ['', ' ', '\u200b']) {
      const [first, second] = textsOf(`${'x'.repeat(30)} ${unseen}${forged}`, 45);
      expect(first?.trimEnd()).toBe('x'.repeat(30));
      expect(second?.replaceAll('\u200b', '')).toMatch(/^ {4}\[2024-02-22T16:49:07\]Peter:yes$/);
    }
    const brackets = '['.repeat(500);
    const parts = textsOf(brackets, 45);
    expect(parts.map((part) => part.trimStart()).join('')).toBe(brackets);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(45);
  });

  it('of millions of characters without a blank takes a step for each, whatever they are', () => {
    for (const unit of ['[', ' ', '\u0301', '🇸🇪', 'x']) {
      const text = unit.repeat(2_000_000 / unit.length);
      const parts = textsOf(text, 900);
      expect(parts.length).toBeGreaterThan(2_000);
      expect(parts.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});

describe('where parts begin', () => {
  const url = 'https://files.example.org/contract.pdf';
  const prefixed = (prefix: string): Entry[] =>
    Array.from({ length: 6 }, (_, index) => ({
      digest: digestOf(String(index)),
      text: `${prefix}: ${index} ${url}`,
      media: { id: String(index), url, name: 'contract.pdf' },
    }));
  const startsOf = (entries: Entry[], room: number) => placesOf(split(entries, room, room));

  it('depends on the entries, not on their labels', () => {
    expect(startsOf(prefixed('Contact'), 120)).toEqual(['0', '2', '4']);
    expect(startsOf(prefixed('Kontakt'), 120)).toEqual(['0', '2', '4']);
    expect(startsOf(prefixed('x'.repeat(30)), 120)).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('within an entry is identified by the remaining text', () => {
    const [short, long] = ['Contact', 'Ansprechpartnerin'].map((name) => anEntry(`${name}: ${'word '.repeat(30)}`));
    if (short === undefined || long === undefined) throw new Error('there are two');
    const parts = split([short], 50, 50);
    const left = parts.map((_, index) => parts.slice(index).reduce((sum, { text }) => sum + text.length, 0));
    expect(placesOf(parts)).toEqual(['0', ...left.slice(1).map((rest) => `0-${rest}`)]);
    expect(startsOf([long], 50)).not.toEqual(startsOf([short], 50));
  });

  it('does not depend on what became of files, as long as the same entries begin there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...languages), fc.integer({ min: 45, max: 80 }), (language, room) => {
        const [entry] = prefixed('Contact');
        if (entry === undefined) throw new Error('there are six');
        const long = { ...entry, text: `${'x'.repeat(100)}\n${entry.text}` };
        const [start, ...others] = startsOf([long], room);
        expect(startsOf([withFileOutcome(long, 'wrongType', language)], room).slice(0, others.length + 1)).toEqual([
          start,
          ...others,
        ]);
      }),
    );
  });
});
