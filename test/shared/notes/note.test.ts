import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MappingError } from '../../../shared/errors.ts';
import { digestOf, type Entry } from '../../../shared/notes/entry.ts';
import { type NoteContent, toNotes } from '../../../shared/notes/note.ts';
import { anyText } from '../../support/any-conversations.ts';

function anEntry(text: string): Entry {
  return { digest: digestOf(text), text };
}

function aNoteContent(overrides: Partial<NoteContent> = {}): NoteContent {
  return {
    conversation: '63741936',
    head: ['Contact: Erika Beispiel'],
    entries: [anEntry('first'), anEntry('second')],
    continued: false,
    length: 4_000,
    ...overrides,
  };
}

function marksOf(content: NoteContent) {
  return toNotes(content).map(({ mark }) => mark);
}

describe('a note', () => {
  it('has a mark, a head, an empty line and the entries', () => {
    const [note] = toNotes(aNoteContent());
    expect(note?.mark).toMatch(/^Userlike conversation 63741936 \(1\/1\) #[\w-]{8}$/);
    expect(note?.text).toBe(`${note?.mark}\nContact: Erika Beispiel\n\nfirst\nsecond`);
  });

  it('says that it continues others', () => {
    expect(marksOf(aNoteContent({ continued: true }))).toEqual([
      expect.stringMatching(/^Userlike conversation 63741936, continued \(1\/1\) #/),
    ]);
  });

  it('is written for a conversation without messages', () => {
    const [note, ...others] = toNotes(aNoteContent({ entries: [], head: [] }));
    expect(note?.text).toBe(note?.mark);
    expect(others).toEqual([]);
  });

  it('is one, however long, where Lime sets no limit', () => {
    const entries = Array.from({ length: 1_000 }, (_, index) => anEntry(`${index} ${'x'.repeat(100)}`));
    const notes = toNotes(aNoteContent({ entries, length: undefined, head: ['h'.repeat(5_000)] }));
    expect(notes).toHaveLength(1);
    expect(notes[0]?.text.endsWith(entries.map(({ text }) => text).join('\n'))).toBe(true);
    expect(notes[0]?.text).toContain('h'.repeat(5_000));
  });

  it('ends between two entries where they fit', () => {
    const entries = ['a', 'b', 'c', 'd'].map((letter) => anEntry(letter.repeat(60)));
    const notes = toNotes(aNoteContent({ entries, length: 300, head: [] }));
    expect(notes.map(({ mark, text }) => text.slice(mark.length).trim())).toEqual([
      'a'.repeat(60),
      ['b', 'c', 'd'].map((letter) => letter.repeat(60)).join('\n'),
    ]);
    expect(notes.map(({ mark }) => mark.split(' ')[3])).toEqual(['(1/2)', '(2/2)']);
  });

  it('goes on in the next one behind a blank where an entry is longer', () => {
    const text = 'word '.repeat(200).trim();
    const notes = toNotes(aNoteContent({ entries: [anEntry(text)], length: 400, head: [] }));
    const parts = notes.map((note) => note.text.slice(note.mark.length).trimStart());
    expect(parts.join('')).toBe(text);
    for (const part of parts.slice(0, -1)) expect(part.endsWith('word ')).toBe(true);
  });

  it('cuts its head, with a sign, rather than its entries', () => {
    const [note] = toNotes(aNoteContent({ head: ['Contact: Erika', 'x'.repeat(5_000)], length: 300 }));
    expect(note?.text).toMatch(/\nContact: Erika\nx+…\n\nfirst\nsecond$/);
  });

  it.each([
    { title: 'as it is up to 999 characters', head: 'x'.repeat(999), shown: 'x'.repeat(999) },
    { title: 'of 1,000 with a sign', head: 'x'.repeat(1_000), shown: `${'x'.repeat(998)}…` },
    {
      title: 'without a blank before the sign',
      head: `${'x'.repeat(900)} ${'y'.repeat(200)}`,
      shown: `${'x'.repeat(900)}…`,
    },
  ])('has its head $title', ({ head, shown }) => {
    const [note] = toNotes(aNoteContent({ head: [head] }));
    expect(note?.text.split('\n')[1]).toBe(shown);
  });

  it('keeps foreign line breaks out of head and mark', () => {
    const [note] = toNotes(
      aNoteContent({ head: ['Contact: Erika\n[16:50] Peter: yes\u2028x', 'x'.repeat(200)], length: 200 }),
    );
    expect(note?.text.split('\n')[0]).toBe(note?.mark);
    expect(note?.text.split('\n')[1]).toBe('Contact: Erika [16:50] Peter: yes x…');
  });

  it('keeps half an emoji only as a sign that there was something', () => {
    expect(toNotes(aNoteContent({ entries: [anEntry('a\ud83d')] }))[0]?.text.endsWith('\na\ufffd')).toBe(true);
  });

  it('cannot be made for a property that is too short for its frame', () => {
    expect(() => toNotes(aNoteContent({ length: 199 }))).toThrow(
      new MappingError('a history note of 199 characters is too short, 200 are needed'),
    );
    expect(toNotes(aNoteContent({ length: 200 }))).toHaveLength(1);
  });
});

describe('the mark', () => {
  it.each([
    { title: 'another head', change: { head: ['Several persons in Lime match', 'x'.repeat(3_000)] }, same: true },
    { title: 'no head', change: { head: [] }, same: true },
    { title: 'another conversation', change: { conversation: '63741937' }, same: false },
    { title: 'a note more', change: { entries: [anEntry('first'), anEntry('second'), anEntry('third')] }, same: false },
    { title: 'another order', change: { entries: [anEntry('second'), anEntry('first')] }, same: true },
    { title: 'the whole told anew', change: { whole: true }, same: false },
  ])('with $title is the same: $same', ({ change, same }) => {
    const [mark] = marksOf(aNoteContent());
    const [other] = marksOf(aNoteContent(change));
    expect(mark === other).toBe(same);
  });
});

describe('the notes of any entries in any length', () => {
  const size = 'max';
  const anyContent: fc.Arbitrary<NoteContent> = fc.record({
    conversation: fc.constantFrom('1', '63741936', '9'.repeat(32)),
    head: fc.array(fc.oneof(anyText, fc.string({ unit: 'grapheme', maxLength: 900, size })), { maxLength: 4 }),
    entries: fc.array(
      fc
        .oneof(
          anyText,
          fc.string({ unit: fc.constantFrom('😀', 'x', ' ', '\n', 'ä'), maxLength: 1_500, size }),
          fc.string({ unit: fc.constantFrom('😀', 'x'), maxLength: 800, size }),
        )
        .map(anEntry),
      { maxLength: 12 },
    ),
    continued: fc.boolean(),
    length: fc.oneof(fc.integer({ min: 200, max: 600 }), fc.constantFrom(200, 1_024, 4_000, undefined)),
  });

  it('fit, are numbered, and begin with marks that no two of them share', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const notes = toNotes(content);
        expect(notes.length).toBeGreaterThan(0);
        expect(new Set(notes.map(({ mark }) => mark)).size).toBe(notes.length);
        notes.forEach(({ mark, text }, index) => {
          expect(text.length).toBeLessThanOrEqual(content.length ?? Number.POSITIVE_INFINITY);
          expect(text.split(/\r?\n/, 1)[0]).toBe(mark);
          expect(mark).toContain(` (${index + 1}/${notes.length}) #`);
          expect(mark.startsWith(`Userlike conversation ${content.conversation}`)).toBe(true);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('hold the whole of every entry, in order, and no half of a character', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const notes = toNotes({ ...content, head: [] });
        const whole = notes.map(({ mark, text }) => text.slice(mark.length).replace(/^\n+/, '')).join('');
        const said = content.entries.map(({ text }) => text.toWellFormed());
        expect(
          notes
            .map(({ text }) => text)
            .join('')
            .isWellFormed(),
        ).toBe(true);
        expect(withoutBreaks(whole)).toBe(withoutBreaks(said.join('')));
        let at = 0;
        if (notes.length > 1) return;
        for (const text of said.map((text) => text.trim())) {
          at = whole.indexOf(text, at);
          expect(at).toBeGreaterThanOrEqual(0);
          at += text.length;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('have the same marks and ends for any head', () => {
    fc.assert(
      fc.property(anyContent, fc.array(anyText, { maxLength: 5 }), (content, head) => {
        const [first, ...others] = toNotes(content);
        const [otherFirst, ...otherOthers] = toNotes({ ...content, head });
        expect(otherFirst?.mark).toBe(first?.mark);
        expect(otherOthers).toEqual(others);
      }),
    );
  });
});

/** Notes are joined by line breaks of their own, which are not part of what was said. */
function withoutBreaks(text: string) {
  return text.replaceAll('\n', '');
}
