import { describe, expect, it } from '@jest/globals';
import { digestOf, type Entry, toNotes } from '../../../../shared/mapping/notes/note.ts';
import { entriesFound, missingNotes } from '../../../../shared/mapping/notes/written.ts';

const line = (id: number, said: string): Entry => ({
  digest: digestOf(String(id), said),
  text: `[2024-02-22 16:49:07] Visitor: ${said}`,
});
const conversation = '63741936';
const notesOf = (entries: Entry[], length?: number): string[] =>
  toNotes({ conversation, head: ['Contact: Ada'], entries, continued: false, length }).map(({ text }) => text);
const found = (entries: Entry[], notes: string[], written = ''): string[] =>
  [...entriesFound(conversation, entries, written, notes)].map(({ digest }) => digest);
const digestsOf = (...entries: Entry[]): string[] => entries.map(({ digest }) => digest);

const [hello, question, more] = [line(1, 'Hello'), line(2, 'A question:\nhow?'), line(3, 'Are you there?')];

describe('entries that notes of another attempt hold', () => {
  it('are found by their whole text, and those that came later are not', () => {
    expect(found([hello, question, more], notesOf([hello, question]))).toEqual(digestsOf(hello, question));
  });

  it('are found in each of several notes, and with the line breaks of another system', () => {
    const entries = ['a', 'b', 'c'].map((letter, index) => line(index, letter.repeat(60)));
    const notes = notesOf(entries, 300).map((note) => note.replaceAll('\n', '\r\n'));
    expect(notes.length).toBeGreaterThan(1);
    expect(found(entries, notes)).toEqual(digestsOf(...entries));
  });

  it('are not mistaken for the beginning of a longer one', () => {
    expect(found([line(4, 'Hello again'), line(5, 'Hello')], notesOf([line(4, 'Hello again')]))).toEqual(
      digestsOf(line(4, 'Hello again')),
    );
    expect(found([line(6, 'A question:')], notesOf([question]))).toEqual([]);
  });

  it('are counted where several are equal, less those that are known to be written', () => {
    const [one, other] = [line(7, 'OK'), line(8, 'OK')];
    expect(found([one, other], notesOf([one]))).toEqual(digestsOf(one));
    expect(found([one, other], notesOf([one]), one.digest)).toEqual([]);
    expect(found([one, other], notesOf([one, other]), one.digest)).toEqual(digestsOf(other));
  });

  it('are found before a rating, and the rating too', () => {
    const rating = { digest: digestOf('rate', '5'), text: 'Rating: 5' };
    expect(found([hello, question, more, rating], notesOf([hello, question, rating]))).toEqual(
      digestsOf(hello, question, rating),
    );
  });

  it('are looked for in notes of this conversation only', () => {
    const [note = ''] = notesOf([hello]);
    expect(found([hello], [note.replace(conversation, `${conversation}0`), `Copied:\n${hello.text}`])).toEqual([]);
  });
});

describe('the notes that are missing', () => {
  const aContent = (entries: Entry[], length: number | undefined = undefined) => ({
    conversation,
    head: [],
    entries,
    continued: false,
    length,
  });
  const missing = (entries: Entry[], texts: string[], length?: number): string[] =>
    missingNotes(aContent(entries, length), () => entries, '', texts).map(({ text }) => text);
  const long = Array.from({ length: 9 }, (_, index) => line(index, `${index}`.repeat(60)));

  it('are all of them where there is none, and none where all are there', () => {
    expect(missing(long, [], 300)).toEqual(toNotes(aContent(long, 300)).map(({ text }) => text));
    expect(missing(long, missing(long, [], 300), 300)).toEqual([]);
  });

  it('are the others of a set that was begun, also where an entry is split between two of them', () => {
    const split = [line(1, 'word '.repeat(100))];
    const texts = missing(split, [], 300);
    expect(texts.length).toBeGreaterThan(2);
    expect(missing(split, texts.slice(0, 1), 300)).toEqual(texts.slice(1));
  });

  it('hold the rest where another version has begun, also after its own beginning', () => {
    const older = missing(long.slice(0, 5), []);
    expect(missing(long, older)).toEqual([expect.stringContaining(', continued (1/1)')]);
    const begun = missing(long, [], 300).slice(0, 1);
    const rest = missing(long, [...begun, ...older], 300).join('\n');
    expect(long.filter(({ text }) => rest.includes(text))).toEqual(long.slice(5));
  });
});
