import { describe, expect, it } from '@jest/globals';
import { digestOf, type Entry } from '../../../../shared/notes/entry.ts';
import { type FileOutcome, withFileOutcome, withoutOutcome } from '../../../../shared/notes/lines/file-outcome.ts';
import { wholeText } from '../../../../shared/notes/split.ts';
import { languages } from '../../../../shared/notes/translations/language.ts';
import { importFailures } from '../../../../shared/notes/translations/translation.ts';

const url = 'https://files.example.org/contract.pdf';
const file: Entry = {
  digest: digestOf('1.1.1', `File: ${url}`),
  text: `[2024-02-22 16:49:07] Contact: File contract.pdf: ${url}`,
  media: { id: '1.1.1', url, name: 'contract.pdf' },
};
const results: FileOutcome[] = ['imported', ...importFailures];
const everyOutcome = languages.flatMap((language) => results.map((result) => ({ language, result })));

describe('what became of a file', () => {
  it('stands behind its address', () => {
    expect(wholeText(withFileOutcome(file, 'imported', 'en'))).toBe(`${file.text} (saved as a document in Lime)`);
    expect(wholeText(withFileOutcome(file, 'tooLarge', 'de'))).toBe(`${file.text} (nicht importiert: zu groß)`);
    expect(wholeText(withFileOutcome(file, 'refused', 'fr'))).toBe(`${file.text} (non importé\u00a0: refusé par Lime)`);
    expect(wholeText(file)).toBe(file.text);
  });

  it('takes the place of what was there before', () => {
    for (const { language, result } of everyOutcome) {
      const before = withFileOutcome(file, result, language);
      expect(withFileOutcome(before, 'imported', 'en')).toEqual(withFileOutcome(file, 'imported', 'en'));
      expect(withoutOutcome(wholeText(before))).toBe(file.text);
    }
  });

  it('is cut off the end of a text alone', () => {
    expect(withoutOutcome('x (saved as a document in Lime)')).toBe('x');
    for (const text of ['x (saved) ', 'x(saved)', 'x saved', '']) expect(withoutOutcome(text)).toBe(text);
  });

  it('is added to files only', () => {
    const said: Entry = { digest: digestOf('2', 'x'), text: '[t] Contact: x' };
    expect(withFileOutcome(said, 'noAnswer', 'en')).toBe(said);
  });
});
