import { describe, expect, it } from '@jest/globals';
import { cutImport, type ImportResult, withImport, withoutImport } from '../../../../shared/mapping/notes/imports.ts';
import { digestOf, type Entry } from '../../../../shared/mapping/notes/note.ts';
import { entriesFound } from '../../../../shared/mapping/notes/written.ts';
import { importFailures, languages } from '../../../../shared/userlike/words.ts';

const url = 'https://files.example.org/contract.pdf';
const file: Entry = {
  digest: digestOf('1.1.1', `File: ${url}`),
  text: `[2024-02-22 16:49:07] Visitor: File contract.pdf: ${url}`,
  media: { id: '1.1.1', url, name: 'contract.pdf' },
};
const results: ImportResult[] = ['imported', ...importFailures];
const everyOutcome = languages.flatMap((language) => results.map((result) => ({ language, result })));

describe('what became of a file', () => {
  it('stands behind its address', () => {
    expect(withImport(file, 'imported', 'en')).toEqual({ ...file, text: `${file.text} (in Lime as a document)` });
    expect(withImport(file, 'tooLarge', 'de').text).toBe(`${file.text} (nicht importiert: zu groß)`);
    expect(withImport(file, 'refused', 'fr').text).toBe(`${file.text} (non importé\u00a0: refusé par Lime)`);
  });

  it('takes the place of what was there before', () => {
    for (const { language, result } of everyOutcome) {
      const before = withImport(file, result, language);
      expect(withImport(before, 'imported', 'en')).toEqual(withImport(file, 'imported', 'en'));
      expect(withoutImport(before)).toBe(file.text);
    }
  });

  it('is cut off the end of a text alone', () => {
    expect(cutImport('x (in Lime as a document)')).toBe('x');
    for (const text of ['x (in Lime as a document) ', 'x (in Lime)', 'x in Lime as a document', ''])
      expect(cutImport(text)).toBe(text);
  });

  it('is told of files alone, and never taken for a part of an address', () => {
    const said: Entry = { digest: digestOf('2', 'x'), text: '[t] Visitor: x (in Lime as a document)' };
    expect(withImport(said, 'noAnswer', 'en')).toBe(said);
    expect(withoutImport(said)).toBe(said.text);
    const odd = `${url} (in Lime as a document)`;
    const oddFile = { ...file, text: `File: ${odd}`, media: { id: '1', url: odd, name: 'x' } };
    expect(withoutImport(oddFile)).toBe(oddFile.text);
    expect(withImport(oddFile, 'imported', 'en').text).toBe(`${oddFile.text} (in Lime as a document)`);
  });
});

describe('an entry with a file', () => {
  const noteOf = ({ text }: Entry) => `Userlike conversation 1 (1/1) #12345678\n\n${text}`;
  const found = (entry: Entry, note: string) => entriesFound('1', [entry], '', [note]).size;

  it('is found in a note whatever became of the file, told in any language or not at all', () => {
    for (const { language, result } of everyOutcome) {
      expect(found(file, noteOf(withImport(file, result, language)))).toBe(1);
      expect(found(withImport(file, result, language), noteOf(file))).toBe(1);
    }
    expect(found(withImport(file, 'imported', 'en'), noteOf(withImport(file, 'notFound', 'fi')))).toBe(1);
  });

  it('is found once where the note holds one of two equal ones', () => {
    const twin = { ...file, digest: digestOf('twin') };
    expect(entriesFound('1', [file, twin], '', [noteOf(withImport(file, 'imported', 'en'))]).size).toBe(1);
  });

  it('is the only one that is: words alike at the end of a message are its own', () => {
    const said = { digest: digestOf('x'), text: '[t] Visitor: Is it there?' };
    expect(found(said, noteOf({ ...said, text: `${said.text} (in Lime as a document)` }))).toBe(0);
  });
});
