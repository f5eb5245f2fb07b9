import { describe, expect, it } from '@jest/globals';
import { digestOf, type Entry, toNotes } from '../../../../shared/mapping/notes/note.ts';
import { entriesFound, missingNotes } from '../../../../shared/mapping/notes/written.ts';
import { type Language, languages, words } from '../../../../shared/userlike/words.ts';

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

  it('are found whatever line breaks they have themselves', () => {
    const entries = ['\n', '\r\n', '\r'].map((lineBreak, index) => line(index, `${index}${lineBreak}more`));
    expect(found(entries, notesOf(entries))).toEqual(digestsOf(...entries));
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

  it('are found before a rating that has changed since, and where a line of theirs begins like one', () => {
    const rating = (stars: number) => ({ digest: digestOf('rate', `${stars}`), text: `Rating: ${stars}` });
    const really = line(9, 'Hm.\nReally\nRatings?');
    expect(found([hello, really, rating(5)], notesOf([hello, really, rating(4)]))).toEqual(digestsOf(hello, really));
  });

  it('are found where Lime has cut blanks off their ends, or turned their line breaks into its own', () => {
    const entries = [line(10, 'one \u00a0'), line(11, 'two\rlines'), line(12, ' three ')];
    const notes = notesOf(entries).map((note) => note.replaceAll('\r', '\n').replace(/ +$/gm, ''));
    expect(found(entries, notes)).toEqual(digestsOf(...entries));
    const padded = notesOf(entries).map((note) => note.replaceAll('\n', ' \n'));
    expect(found([hello], [...padded, ...notesOf([hello]).map((note) => `${note} `)])).toEqual(digestsOf(hello));
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

describe('notes in another language', () => {
  const conversationOf = (count: number) => (language: Language) =>
    Array.from({ length: count }, (_, index): Entry => {
      const { visitor, colon } = words[language];
      return { digest: digestOf(String(index)), text: `[t] ${visitor}${colon}${index}${'x'.repeat(50)}` };
    });
  const contentIn = (language: Language) => ({ conversation, head: [], continued: false, language, length: 300 });
  const notesIn = (language: Language, count: number): string[] =>
    toNotes({ ...contentIn(language), entries: conversationOf(count)(language) }).map(({ text }) => text);

  it.each(languages)('are the same notes: %s', (language) => {
    for (const wanted of languages) {
      expect(missingNotes(contentIn(wanted), conversationOf(9), '', notesIn(language, 9))).toEqual([]);
    }
  });

  it.each(languages)('that were begun are finished in that language: %s', (language) => {
    const notes = notesIn(language, 9);
    expect(notes.length).toBeGreaterThan(2);
    for (const wanted of languages) {
      const rest = missingNotes(contentIn(wanted), conversationOf(9), '', notes.slice(0, 1)).map(({ text }) => text);
      expect(rest).toEqual(notes.slice(1));
    }
  });

  it.each(languages)('of an older version are gone on with in the wanted one: %s', (language) => {
    const rest = missingNotes(contentIn('fr'), conversationOf(9), '', notesIn(language, 4));
    for (const { mark } of rest) expect(mark).toMatch(/^Conversation Userlike 63741936, suite \(/);
    const told = rest.map(({ text }) => text).join('\n');
    expect(conversationOf(9)('fr').filter(({ text }) => told.includes(text))).toEqual(conversationOf(9)('fr').slice(4));
  });

  it('are none where attempts in two languages hold all that is new together', () => {
    const english = notesIn('en', 9);
    const finnish = notesIn('fi', 9);
    const texts = [...english.slice(0, -1), ...finnish.slice(-1)];
    expect(missingNotes(contentIn('en'), conversationOf(9), '', texts)).toEqual([]);
  });

  it('hold no entry twice where attempts were made in two languages', () => {
    const english = notesIn('en', 2);
    const finnish = notesIn('fi', 1);
    expect(missingNotes(contentIn('sv'), conversationOf(3), '', [...english, ...finnish])).toEqual([
      expect.objectContaining({ text: expect.stringContaining('Besökare: 2') }),
    ]);
  });
});

describe('notes that were split at other places', () => {
  const lineBy = (name: string) => (_: unknown, index: number) => ({
    digest: digestOf(String(index)),
    text: `[t] ${name}: ${index}${'x'.repeat(50)}`,
  });
  const contentOf = (name: string) => Array.from({ length: 5 }, lineBy(name));
  const content = { conversation, head: [], continued: false, length: 300 };

  it('do not stand for these, although they are as many and the same was said: nothing between them gets lost', () => {
    const longer = toNotes({ ...content, entries: contentOf('Ada Example of the longest name in town') });
    const entries = contentOf('Ada');
    expect(toNotes({ ...content, entries })).toHaveLength(longer.length);
    const begun = longer.slice(0, 2).map(({ text }) => text);
    const rest = missingNotes(content, () => entries, '', begun).map(({ text }) => text);
    const told = [...begun, ...rest].join('\n');
    for (const index of entries.keys()) expect(told).toContain(`: ${index}x`);
  });

  it('stand for these where the same entries are in them', () => {
    const notes = toNotes({ ...content, entries: contentOf('Ada') }).map(({ text }) => text);
    expect(missingNotes(content, () => contentOf('Eva'), '', notes)).toEqual([]);
  });
});
