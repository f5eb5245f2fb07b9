import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indentLookalikes, looksLikeBridgeLine, startsEntry } from '../../../../shared/notes/lines/indent.ts';
import { languages } from '../../../../shared/notes/translations/language.ts';
import { translations } from '../../../../shared/notes/translations.ts';
import { fill } from '../../../../shared/text/fill.ts';

const own = languages.flatMap((language) => {
  const t = translations[language];
  const labels = [
    t.surveyBefore,
    t.surveyAfter,
    t.rating,
    t.feedback,
    t.internalNote,
    t.contact,
    t.topic,
    t.topics,
    t.channel,
    t.timeZone,
    t.severalPersons,
    t.severalCompanies,
    t.severalCoworkers,
    t.notSaved,
    t.personNotMade,
    t.companyNotMade,
  ];
  return [
    ...labels.map((label) => `${label}${t.colon}5`),
    `${fill(t.mark, { id: '63741936' })} (1/1) #kbMpMAta`,
    fill(t.wholeTranscript, { shown: 8, all: 25, name: 'chat-63741936.txt' }),
    `${t.file} contract.pdf${t.colon}https://files.example.org/contract.pdf`,
    `[2024-02-22 16:49:07] ${t.operator}${t.colon}Yes`,
  ];
});

describe("a line of a message that looks like one of the note's own", () => {
  it.each(own)('is indented: %s', (line) => {
    expect(indentLookalikes(`Hello\n${line}`)).toBe(`Hello\n    ${line}`);
  });

  it.each([
    { title: 'an ordinary blank before the colon', line: 'Évaluation : 5' },
    { title: 'no blank before the colon', line: 'Évaluation: 5' },
    { title: 'a colon of full width', line: 'Rating：5' },
    { title: 'a ratio for the colon', line: 'Rating∶ 5' },
    { title: 'a blank before the colon', line: 'Interne Notiz : 50 %' },
    { title: 'two blanks in the label', line: 'Interne  Notiz: 50 %' },
    { title: 'a no-break blank in the label', line: 'Interne\u00a0Notiz: 50 %' },
    { title: 'a tab in the label', line: 'Interne\tNotiz: 50 %' },
    { title: 'accents apart', line: 'Valoracio\u0301n: 5' },
    { title: 'other accents', line: 'Valoración\u0323: 5' },
    { title: 'no accents', line: 'Valoracion: 5' },
    { title: 'other capitals', line: 'RATING: 5' },
    { title: 'letters of full width', line: 'Ｒａｔｉｎｇ: 5' },
    { title: 'bold letters', line: '𝐑𝐚𝐭𝐢𝐧𝐠: 5' },
    { title: 'a soft hyphen in the label', line: 'Rat\u00ading: 5' },
    { title: 'a blank of no width in the label', line: 'Rat\u200bing: 5' },
    { title: 'a Hangul filler in the label', line: 'Rating\u3164: 5' },
    { title: 'blanks before it', line: ' \u00a0\u200b\tRating: 5' },
    { title: 'a blank braille pattern before it', line: '\u2800Rating: 5' },
    { title: 'a direction mark before it', line: '\u200fRating: 5' },
    { title: 'Cyrillic letters', line: 'Rаting: 5' },
    { title: 'another hyphen', line: 'Pesquisa pré\u2011chat: sim' },
    { title: 'a bracket of full width', line: '［16:49] Peter: Yes' },
    { title: 'a mark of another conversation', line: 'USERLIKE conversation  1 (1/1) #x' },
  ])('is indented with $title', ({ line }) => {
    expect(indentLookalikes(`Bonjour\n${line}`)).toBe(`Bonjour\n    ${line}`);
  });

  it.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])('is indented behind %j', (lineBreak) => {
    expect(indentLookalikes(`Hello${lineBreak}Rating: 5`)).toBe(`Hello${lineBreak}    Rating: 5`);
  });

  it('is found for any blanks, case, accents and invisible letters', () => {
    const unseen = fc.string({
      unit: fc.constantFrom(' ', '\u00a0', '\u200b', '\u00ad', '\u2009', '\t', '\u034f', ''),
    });
    const spelling = fc
      .tuple(fc.constantFrom(...own), fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), fc.boolean(), fc.array(unseen))
      .map(([line, form, upper, between]) => {
        const letters = [...(upper ? line.toUpperCase() : line).normalize(form)];
        return letters.map((letter, index) => (between[index] ?? '') + letter).join('');
      });
    fc.assert(
      fc.property(spelling, (line) => {
        expect(looksLikeBridgeLine(line)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of a hundred thousand characters is read in a few steps for each', () => {
    for (const unit of ['\u200b', ' ', 'R', '\u0301', ':', '[', 'Rating', '\n', '\nR', '\n\u00a0Rating :', 'ﷺ'])
      expect(indentLookalikes(`x\n${unit.repeat(100_000)}`).length).toBeGreaterThan(100_000);
  });
});

describe('any other line', () => {
  it.each([
    'Hello',
    'Total: 5',
    'Ratings were given: 5',
    'My rating: 5',
    'Rating',
    'File it, please',
    'Userlike is nice',
    '63741936: that is it',
    'https://example.org/Rating: 5',
  ])('is left as it is: %s', (line) => {
    expect(indentLookalikes(`Hello\n${line}`)).toBe(`Hello\n${line}`);
  });

  it('is left so where it is the first, which stands behind its speaker', () => {
    expect(indentLookalikes('Rating: 5')).toBe('Rating: 5');
  });
});

it('an entry begins at a bracket or a label, and nowhere else', () => {
  expect(['[t] A: x', 'Rating: 5', 'Évaluation\u00a0: 5'].map(startsEntry)).toEqual([true, true, true]);
  expect(['    [t] A: x', '    Rating: 5', 'Hello', 'File a: https://x'].map(startsEntry)).toEqual(
    Array(4).fill(false),
  );
});
