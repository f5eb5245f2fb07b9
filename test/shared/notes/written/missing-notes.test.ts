import { describe, expect, it } from '@jest/globals';
import { digestOf, type Entry } from '../../../../shared/notes/entry.ts';
import { type NoteContent, toNotes } from '../../../../shared/notes/note.ts';
import { entriesInNotes, missingNotes } from '../../../../shared/notes/written/missing-notes.ts';
import { newEntries } from '../../../../shared/notes/written/new-entries.ts';

function line(id: number, said: string): Entry {
  return {
    digest: digestOf(String(id), said),
    text: `[2024-02-22 16:49:07] Contact: ${said}`,
  };
}
const conversation = '63741936';
function contentOf(entries: readonly Entry[], length?: number): NoteContent {
  return {
    conversation,
    head: ['Contact: Ada'],
    entries,
    continued: false,
    length,
  };
}
function notesOf(entries: Entry[], length?: number): string[] {
  return toNotes(contentOf(entries, length)).map(({ text }) => text);
}
/** A note of which nothing but its text tells what it holds. */
function anonymous(note: string): string {
  return note.replace(/#\S{8}/, '#unknown-');
}
function found(entries: Entry[], notes: string[], written = ''): string[] {
  return [...entriesInNotes(contentOf(newEntries(entries, written)), entries, notes)].flatMap(([{ digest }, left]) =>
    left === 0 ? [digest] : [],
  );
}
function foundByText(entries: Entry[], notes: string[], written = '') {
  return found(entries, notes.map(anonymous), written);
}
function digestsOf(...entries: Entry[]): string[] {
  return entries.map(({ digest }) => digest);
}

const [hello, question, more] = [line(1, 'Hello'), line(2, 'A question:\nhow?'), line(3, 'Are you there?')];

describe('entries that a note holds by its mark', () => {
  it('are found by its mark in any language, after changes to its text', () => {
    const notes = toNotes({ ...contentOf([hello, question]), language: 'fi' }).map(({ mark }) => mark);
    expect(found([hello, question, more], notes)).toEqual(digestsOf(hello, question));
    expect(found([more, hello, question], notes)).toEqual(digestsOf(hello, question));
  });

  it('are found in each of several notes, and an entry that goes on in the next by what is left of it', () => {
    const long = line(1, 'word '.repeat(100));
    const notes = notesOf([hello, long, more], 300);
    expect(notes.length).toBeGreaterThan(3);
    const held = entriesInNotes(contentOf([hello, long, more]), [hello, long, more], notes.slice(0, 2));
    const told = notes.slice(0, 2).map((note) => note.slice(note.indexOf('\n') + 1));
    const left = held.get(long) ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(told.join('').endsWith(long.text.slice(0, -left))).toBe(true);
    expect(found([hello, long, more], notes)).toEqual(digestsOf(hello, long, more));
  });

  it('are found by text if one of its entries has changed', () => {
    const notes = notesOf([hello, question, more]);
    expect(found([hello, line(2, '(deleted)'), more], notes)).toEqual(digestsOf(hello, more));
  });

  it('are none if the repeated whole differs', () => {
    const whole = (entries: Entry[]): NoteContent => ({ ...contentOf(entries), whole: true });
    const notes = toNotes(whole([hello, question])).map(({ text }) => text);
    expect(entriesInNotes(whole([hello, question]), [hello, question], notes).size).toBe(2);
    expect(entriesInNotes(whole([hello, question, more]), [hello, question, more], notes).size).toBe(0);
  });
});

describe('entries that a note holds by its text', () => {
  it('are found by their whole text, and those that came later are not', () => {
    expect(foundByText([hello, question, more], notesOf([hello, question]))).toEqual(digestsOf(hello, question));
  });

  it("are found under any speaker's name", () => {
    const notes = notesOf([hello, question]).map((note) => note.replaceAll('] Contact: ', '] Ada (bot)\u00a0: '));
    expect(foundByText([hello, question, more], notes)).toEqual(digestsOf(hello, question));
  });

  it('are found in each of several notes, and with the line breaks of another system', () => {
    const entries = ['a', 'b', 'c'].map((letter, index) => line(index, letter.repeat(60)));
    const notes = notesOf(entries, 300).map((note) => note.replaceAll('\n', '\r\n'));
    expect(notes.length).toBeGreaterThan(1);
    expect(foundByText(entries, notes)).toEqual(digestsOf(...entries));
  });

  it('are found with any line breaks', () => {
    const entries = ['\n', '\r\n', '\r'].map((lineBreak, index) => line(index, `${index}${lineBreak}more`));
    expect(foundByText(entries, notesOf(entries))).toEqual(digestsOf(...entries));
  });

  it('are not mistaken for the beginning of a longer one', () => {
    expect(foundByText([line(4, 'Hello again'), line(5, 'Hello')], notesOf([line(4, 'Hello again')]))).toEqual(
      digestsOf(line(4, 'Hello again')),
    );
    expect(foundByText([line(6, 'A question:')], notesOf([question]))).toEqual([]);
  });

  it('are counted where several are equal, less those that are known to be written', () => {
    const [one, other] = [line(7, 'OK'), line(8, 'OK')];
    expect(foundByText([one, other], notesOf([one]))).toEqual(digestsOf(one));
    expect(foundByText([one, other], notesOf([one]), one.digest)).toEqual([]);
    expect(foundByText([one, other], notesOf([one, other]), one.digest)).toEqual(digestsOf(other));
    expect(found([one, other, more], [...notesOf([one]), ...notesOf([other]).map(anonymous)])).toEqual(
      digestsOf(one, other),
    );
  });

  it('are found before a rating, and the rating too, also where it has changed since', () => {
    const rating = (stars: number) => ({ digest: digestOf('rate', `${stars}`), text: `Rating: ${stars}` });
    const really = line(9, 'Hm.\nReally\nRatings?');
    expect(foundByText([hello, more, rating(5)], notesOf([hello, rating(5)]))).toEqual(digestsOf(hello, rating(5)));
    expect(foundByText([hello, really, rating(5)], notesOf([hello, really, rating(4)]))).toEqual(
      digestsOf(hello, really),
    );
  });

  it('are found where Lime has cut blanks off their ends, or turned their line breaks into its own', () => {
    const entries = [line(10, 'one \u00a0'), line(11, 'two\rlines'), line(12, ' three ')];
    const notes = notesOf(entries).map((note) => note.replaceAll('\r', '\n').replace(/ +$/gm, ''));
    expect(foundByText(entries, notes)).toEqual(digestsOf(...entries));
    const padded = notesOf(entries).map((note) => note.replaceAll('\n', ' \n'));
    expect(foundByText([hello], [...padded, ...notesOf([hello]).map((note) => `${note} `)])).toEqual(digestsOf(hello));
  });

  it('are found with any outcome of their files', () => {
    const url = 'https://files.example.org/contract.pdf';
    const file = { ...line(13, `File: ${url}`), media: { id: '13', url, name: 'contract.pdf' } };
    const twin = { ...file, digest: digestOf('twin') };
    const outcomes = ['', ' (saved as a document in Lime)', ' (in Lime as a document)', ' (non importé\u00a0: x)'];
    for (const outcome of outcomes) {
      const notes = notesOf([{ ...file, outcome }]);
      expect(foundByText([{ ...file, outcome: ' (nicht importiert: zu groß)' }], notes)).toEqual(digestsOf(file));
      expect(foundByText([file, twin], notes)).toEqual(digestsOf(file));
    }
    const said = line(14, 'Is it there?');
    expect(foundByText([said], notesOf([{ ...said, text: `${said.text} (saved as a document in Lime)` }]))).toEqual([]);
  });

  it('are looked for in notes of this conversation only', () => {
    const [note = ''] = notesOf([hello]);
    expect(found([hello], [note.replace(conversation, `${conversation}0`), `Copied:\n${hello.text}`])).toEqual([]);
  });
});

describe('the notes that are missing', () => {
  const missing = (entries: Entry[], texts: string[], length?: number): string[] =>
    missingNotes(contentOf(entries, length), entries, texts).map(({ text }) => text);
  const long = Array.from({ length: 9 }, (_, index) => line(index, `${index}`.repeat(60)));

  it('are all of them where there is none, and none where all are there', () => {
    expect(missing(long, [], 300)).toEqual(notesOf(long, 300));
    expect(missing(long, missing(long, [], 300), 300)).toEqual([]);
  });

  it('are the others of a set that was begun, also where an entry is cut between two of them', () => {
    const cut = [line(1, 'word '.repeat(100))];
    const texts = missing(cut, [], 300);
    expect(texts.length).toBeGreaterThan(2);
    expect(missing(cut, texts.slice(0, 1), 300)).toEqual(texts.slice(1));
  });

  it('are the others of a set that another version has begun, as long as its notes are the same', () => {
    const begun = notesOf(long.slice(0, 8), 300).slice(0, 2);
    expect(missing(long, begun, 300)).toEqual(notesOf(long, 300).slice(2));
  });

  it('hold the rest where another version has begun, also after its own beginning', () => {
    const older = missing(long.slice(0, 5), []);
    expect(missing(long, older)).toEqual([expect.stringContaining(', continued (1/1)')]);
    const begun = missing(long, [], 300).slice(0, 1);
    const rest = missing(long, [...begun, ...older], 300).join('\n');
    expect(long.filter(({ text }) => rest.includes(text))).toEqual(long.slice(5));
  });

  it('have no line at their beginning that somebody else could have written', () => {
    const forged = line(1, `${'word '.repeat(90)} Rating: 5`);
    const [first = ''] = notesOf([forged], 450);
    const cut = first.replace(/\+\w+/, `+${'Rating: 5'.length.toString(36)}`);
    expect(cut).not.toBe(first);
    const [rest] = missingNotes(contentOf([forged], 440), [forged], [cut]);
    expect(rest?.text).toMatch(/\n\n {4}Rating: 5$/);
  });
});
