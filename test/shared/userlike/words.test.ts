import { describe, expect, it } from '@jest/globals';
import { fill, importFailures, languages, words } from '../../../shared/userlike/words.ts';

/** All words of a language, those of why a file was not imported under their path. */
const flat = (language: (typeof languages)[number]): [string, string][] =>
  Object.entries(words[language]).flatMap(([key, word]): [string, string][] =>
    typeof word === 'string'
      ? [[key, word]]
      : Object.entries(word).map(([failure, text]) => [`${key}.${failure}`, text]),
  );

const placeholdersIn = (word: string) => word.match(/\{\w*\}/g) ?? [];

describe.each(languages)('the words in %s', (language) => {
  const entries = flat(language);

  it('are those of English, none empty, none with a line break or a bracket that begins a message', () => {
    expect(entries.map(([key]) => key).sort()).toEqual(
      flat('en')
        .map(([key]) => key)
        .sort(),
    );
    for (const [, word] of entries) expect(word.trim()).toMatch(/^[^[\n\r]+$/);
  });

  it('have the placeholders of English', () => {
    const english = new Map(flat('en'));
    for (const [key, word] of entries) {
      expect({ key, placeholders: placeholdersIn(word) }).toEqual({
        key,
        placeholders: placeholdersIn(english.get(key) ?? ''),
      });
    }
  });

  it('tell the labels of sections apart, and the reasons of failed imports', () => {
    const { surveyBefore, surveyAfter, rating, feedback, internalNote } = words[language];
    expect(new Set([surveyBefore, surveyAfter, rating, feedback, internalNote]).size).toBe(5);
    expect(new Set(importFailures.map((failure) => words[language].importFailures[failure])).size).toBe(8);
  });

  it('leave room for the largest id and any number of notes in a mark', () => {
    const { mark, continued } = words[language];
    const longest = `${fill(mark, 'id', '9'.repeat(32))}, ${continued} (999999/999999) #12345678`;
    expect(longest.length).toBeLessThanOrEqual(98);
  });
});

it('a value is put in as it is, whatever it holds', () => {
  expect(fill('in {name}.', 'name', '$& {name}')).toBe('in $& {name}.');
});
