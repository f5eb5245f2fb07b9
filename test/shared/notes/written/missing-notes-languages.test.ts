import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf, type Entry } from '../../../../shared/notes/entry.ts';
import { withFileOutcome } from '../../../../shared/notes/lines/file-outcome.ts';
import { type NoteContent, toNotes } from '../../../../shared/notes/note.ts';
import { split } from '../../../../shared/notes/split.ts';
import { type Language, languages } from '../../../../shared/notes/translations/language.ts';
import { translations } from '../../../../shared/notes/translations.ts';
import { missingNotes } from '../../../../shared/notes/written/missing-notes.ts';

const conversation = '63741936';

/** As many messages, each with its number and as many translations. */
function entriesIn(language: Language, lengths: readonly number[]): Entry[] {
  return lengths.map((length, index) => {
    const { contact, colon } = translations[language];
    const said = `#${index}: ${Array.from({ length }, (_, word) => `${index}.${word}`).join(' ')}`;
    return { digest: digestOf(String(index), said), text: `[t] ${contact}${colon}${said}` };
  });
}

function contentOf(language: Language, entries: readonly Entry[], more: Partial<NoteContent> = {}): NoteContent {
  return {
    conversation,
    head: [],
    continued: false,
    language,
    length: 300,
    entries,
    ...more,
  };
}

function textsOf(notes: readonly { text: string }[]): string[] {
  return notes.map(({ text }) => text);
}

/** Every word of every message that the notes hold. */
function toldIn(notes: readonly string[]): string[] {
  return notes.join('\n').match(/\b\d+\.\d+\b/g) ?? [];
}

function wordsOf(lengths: readonly number[]): string[] {
  return lengths.flatMap((length, index) => Array.from({ length }, (_, word) => `${index}.${word}`));
}

const anyLanguage = fc.constantFrom(...languages);
const anyLengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(150)), {
  minLength: 1,
  maxLength: 8,
});

describe('notes of an attempt that was cut off in another language', () => {
  it('and the rest in the wanted one hold every word once', () => {
    fc.assert(
      fc.property(anyLengths, anyLanguage, anyLanguage, fc.nat(20), (lengths, begun, wanted, done) => {
        const there = textsOf(toNotes(contentOf(begun, entriesIn(begun, lengths)))).slice(0, done);
        const entries = entriesIn(wanted, lengths);
        const rest = textsOf(missingNotes(contentOf(wanted, entries), entries, there));
        expect(toldIn([...there, ...rest])).toEqual(wordsOf(lengths));
        expect(missingNotes(contentOf(wanted, entries), entries, [...there, ...rest])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('and the rest of a later version in the wanted one hold every word once', () => {
    fc.assert(
      fc.property(
        anyLengths,
        fc.nat(8),
        anyLanguage,
        anyLanguage,
        fc.nat(20),
        (lengths, count, begun, wanted, done) => {
          const there = textsOf(toNotes(contentOf(begun, entriesIn(begun, lengths.slice(0, count))))).slice(0, done);
          const entries = entriesIn(wanted, lengths);
          const rest = textsOf(missingNotes(contentOf(wanted, entries), entries, there));
          expect(toldIn([...there, ...rest]).sort()).toEqual(wordsOf(lengths).sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('and of an attempt in a third one hold every word once', () => {
    fc.assert(
      fc.property(anyLengths, fc.tuple(anyLanguage, anyLanguage, anyLanguage), fc.nat(6), (lengths, spoken, done) => {
        const there: string[] = [];
        for (const [index, language] of spoken.entries()) {
          const entries = entriesIn(language, lengths);
          const missing = textsOf(missingNotes(contentOf(language, entries), entries, there));
          there.push(...(index < 2 ? missing.slice(0, done) : missing));
        }
        expect(toldIn(there)).toEqual(wordsOf(lengths));
      }),
      { numRuns: 300 },
    );
  });

  it('and the rest of a repeated whole hold every word once more', () => {
    const lengths = [20, 20, 20, 20];
    const whole = (language: Language) => contentOf(language, entriesIn(language, lengths), { whole: true });
    const before = textsOf(toNotes(contentOf('en', entriesIn('en', lengths))));
    const begun = textsOf(toNotes(whole('de'))).slice(0, 1);
    const entries = entriesIn('fi', lengths);
    const rest = missingNotes({ ...whole('fi'), entries }, entries, [...before, ...begun]);
    expect(toldIn([...begun, ...textsOf(rest)])).toEqual(wordsOf(lengths));
  });

  it('tell a message with a file again where it was cut, as translations for the file are of other lengths', () => {
    const url = 'https://files.example.org/contract.pdf';
    const withFile = (language: Language): Entry[] =>
      entriesIn(language, [150]).map((entry) =>
        withFileOutcome(
          {
            ...entry,
            text: `${entry.text}\n${translations[language].file} contract.pdf${translations[language].colon}${url}`,
            media: { id: '1', url, name: 'contract.pdf' },
          },
          'imported',
          language,
        ),
      );
    const there = textsOf(toNotes(contentOf('pt-PT', withFile('pt-PT')))).slice(0, 1);
    const entries = withFile('sv');
    const told = textsOf(missingNotes(contentOf('sv', entries), entries, there)).join('\n');
    expect(toldIn([told])).toEqual(wordsOf([150]));
    expect(told).toContain(`contract.pdf: ${url} (sparad som dokument i Lime)`);
  });
});

describe('notes as they were before the release of 0.1.0', () => {
  const formerMarks: [Language, string, string][] = [
    ['en', 'Userlike conversation', 'continued'],
    ['de', 'Userlike-Konversation', 'Fortsetzung'],
    ['pt-BR', 'Conversa Userlike', 'continuação'],
    ['sv', 'Userlike-konversation', 'fortsättning'],
    ['es', 'Conversación Userlike', 'continuación'],
    ['fr', 'Conversation Userlike', 'suite'],
    ['nl', 'Userlike-gesprek', 'vervolg'],
    ['da', 'Userlike-samtale', 'fortsat'],
    ['nb', 'Userlike-samtale', 'fortsettelse'],
    ['fi', 'Userlike-keskustelu', 'jatkoa'],
  ];
  const lengths = [20, 20, 150, 20];

  /** The same split, one digest for all notes: of the conversation, the entries and the places of the cuts. */
  function formerNotes(title: string, entries: readonly Entry[]): string[] {
    const parts = split(entries, 100, 200);
    const starts = parts.slice(1).map(({ first }, index) => {
      const before = parts[index];
      return before === undefined || before.end === first ? `${first}` : `${first}-${before.left}`;
    });
    const digest = digestOf(conversation, ...entries.map((entry) => entry.digest), ...starts);
    return parts.map(({ text }, index) => `${title} (${index + 1}/${parts.length}) #${digest}\n\n${text}`);
  }

  it.each(formerMarks)('are known by their marks: %s', (language, mark, continued) => {
    const entries = entriesIn(language, lengths);
    for (const title of [`${mark} ${conversation}`, `${mark} ${conversation}, ${continued}`]) {
      const notes = formerNotes(title, entries);
      const missing = (there: string[]) => textsOf(missingNotes(contentOf(language, entries), entries, there));
      expect(notes.length).toBeGreaterThan(4);
      expect(missing(notes)).toEqual([]);
      expect(toldIn([...notes.slice(0, 3), ...missing(notes.slice(0, 3))])).toEqual(wordsOf(lengths));
    }
  });

  it.each(formerMarks)(
    'are known by their texts where another version goes on in another language: %s',
    (language, mark) => {
      const notes = formerNotes(`${mark} ${conversation}`, entriesIn(language, [20, 20]));
      for (const wanted of languages) {
        const entries = entriesIn(wanted, [20, 20, 20]);
        const rest = textsOf(missingNotes(contentOf(wanted, entries), entries, notes));
        expect(toldIn([...notes, ...rest])).toEqual(wordsOf([20, 20, 20]));
      }
    },
  );
});
