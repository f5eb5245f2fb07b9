import { describe, expect, it } from '@jest/globals';
import type { WrittenDigests } from '../../../../shared/ledger/written-digests.ts';
import { DIGEST_LENGTH, digestOf, type Entry } from '../../../../shared/notes/entry.ts';
import { newEntries, unwrittenEntries, withEdits, writtenWith } from '../../../../shared/notes/written/new-entries.ts';

function anEntry(text: string): Entry {
  return { digest: digestOf(text), text };
}

describe('what is new', () => {
  it('is what has not been written, in order', () => {
    const entries = ['a', 'b', 'c', 'd'].map(anEntry);
    const written = [entries[2], entries[0]].map((entry) => entry?.digest).join('');
    expect(newEntries(entries, '')).toEqual(entries);
    expect(newEntries(entries, written).map(({ text }) => text)).toEqual(['b', 'd']);
    expect(newEntries(entries, entries.map(({ digest }) => digest).join(''))).toEqual([]);
  });

  it('is identified by whole digests, never by parts of two', () => {
    const digest = 'abcdefgh';
    expect(newEntries([{ digest, text: 'x' }], 'XXXXabcdefghXXXX')).toHaveLength(1);
    expect(digestOf('x')).toHaveLength(DIGEST_LENGTH);
    expect(digestOf('a', 'b')).not.toBe(digestOf('ab'));
  });
});

describe('what Lime does not have', () => {
  const line = (message: string, said: string): Entry => ({
    digest: digestOf(message, said),
    text: `[t] Ada: ${said}`,
    message,
    nameEnd: '[t] Ada'.length,
  });
  const rating = (rate: number): Entry => ({
    digest: digestOf('rate', `${rate}`),
    text: `Rating: ${rate}`,
    field: 'rate',
  });
  const written = writtenWith('', [line('1', 'a'), line('2', 'b'), rating(4)], []);
  const newOfOlder = (entries: Entry[], writtenDigests: WrittenDigests) =>
    unwrittenEntries(entries, { writtenDigests }, { isOlder: true });
  const textsOf = (entries: Entry[]) => entries.map(({ text }) => text);

  it('of the newest version are its new messages, the changed ones and new remarks', () => {
    const entries = [line('1', 'a'), line('2', 'B'), line('3', 'c'), rating(5)];
    expect(textsOf(newEntries(entries, written))).toEqual(['[t] Ada: B', '[t] Ada: c', 'Rating: 5']);
  });

  it('of an older version are only messages that Lime has in no form', () => {
    const entries = [line('1', 'old a'), line('2', 'b'), line('3', 'c'), rating(1)];
    expect(textsOf(newOfOlder(entries, written))).toEqual(['[t] Ada: c']);
    const both = writtenWith(written, newOfOlder(entries, written), []);
    expect(newOfOlder(entries, both)).toEqual([]);
    expect(newEntries([line('1', 'a'), line('2', 'b'), line('3', 'c'), rating(4)], both)).toEqual([]);
  });

  it('of a message that has changed says so, in the language of the notes', () => {
    const entries = [line('1', 'a'), line('2', 'B'), line('3', 'c'), rating(5)];
    expect(textsOf(withEdits(entries, written, 'en'))).toEqual([
      '[t] Ada: a',
      '[t] Ada (edited): B',
      '[t] Ada: c',
      'Rating: 5',
    ]);
    expect(textsOf(withEdits(entries, written, 'de'))[1]).toBe('[t] Ada (bearbeitet): B');
    expect(textsOf(withEdits(entries, '', 'en'))).toEqual(textsOf(entries));
  });
});
