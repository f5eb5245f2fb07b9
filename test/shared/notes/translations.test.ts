import { describe, expect, it } from '@jest/globals';
import { channels } from '../../../shared/notes/translations/channels.ts';
import { languages } from '../../../shared/notes/translations/language.ts';
import { importFailures, rules } from '../../../shared/notes/translations/translation.ts';
import { translations } from '../../../shared/notes/translations.ts';
import { fill } from '../../../shared/text/fill.ts';

type Told = [key: string, word: string];

/** All translations of a language, those of a list under their path. */
function flat(value: object, path = ''): Told[] {
  return Object.entries(value).flatMap(([key, word]): Told[] =>
    typeof word === 'string' ? [[path + key, word]] : flat(word, `${path}${key}.`),
  );
}

function placeholdersIn(word: string) {
  return (word.match(/\{\w*\}/g) ?? []).sort();
}

describe.each(languages)('the translations in %s', (language) => {
  const entries = flat(translations[language]);

  it('are those of English, none empty, none with a line break or a bracket that begins a message', () => {
    expect(entries.map(([key]) => key).sort()).toEqual(
      flat(translations.en)
        .map(([key]) => key)
        .sort(),
    );
    for (const [, word] of entries) expect(word.trim()).toMatch(/^[^[\n\r]+$/);
  });

  it('have the placeholders of English', () => {
    const english = new Map(flat(translations.en));
    for (const [key, word] of entries) {
      expect({ key, placeholders: placeholdersIn(word) }).toEqual({
        key,
        placeholders: placeholdersIn(english.get(key) ?? ''),
      });
    }
  });

  it('tell the labels of sections apart, the reasons of failed imports, the channels and the rules', () => {
    const { surveyBefore, surveyAfter, rating, feedback, internalNote, ...t } = translations[language];
    expect(new Set([surveyBefore, surveyAfter, rating, feedback, internalNote]).size).toBe(5);
    expect(new Set(importFailures.map((failure) => t.importFailures[failure])).size).toBe(importFailures.length);
    expect(new Set(channels.map((channel) => t.channels[channel])).size).toBe(channels.length);
    expect(new Set(rules.map((rule) => t.rules[rule])).size).toBe(rules.length);
  });

  it('have no bracket in what became of a file, which stands in brackets itself', () => {
    const { imported, notImported, importFailures } = translations[language];
    for (const word of [imported, notImported, ...Object.values(importFailures)]) expect(word).not.toMatch(/[()]/);
  });

  it('leave room for the largest id and any number of notes in a mark, and hold no other number', () => {
    const { mark, continued } = translations[language];
    const longest = `${fill(mark, { id: '9'.repeat(32) })}, ${continued} (99999/99999) #12345678+zzzzz`;
    expect(longest.length).toBeLessThanOrEqual(98);
    expect(mark + continued).not.toMatch(/\d|,/);
    expect(mark).toMatch(/\{id\}$/);
  });
});

it('the translations that people read are those of the speakers of each language', () => {
  expect(languages.map((language) => translations[language].contact)).toEqual([
    'Contact',
    'Kontakt',
    'Contato',
    'Contacto',
    'Kontakt',
    'Contacto',
    'Contact',
    'Contact',
    'Kontakt',
    'Kontakt',
    'Yhteyshenkilö',
  ]);
  expect(languages.map((language) => translations[language].notSaved)).toEqual([
    'Not saved',
    'Nicht übernommen',
    'Não salvo',
    'Não guardado',
    'Inte sparat',
    'No guardado',
    'Non enregistré',
    'Niet overgenomen',
    'Ikke gemt',
    'Ikke lagret',
    'Ei tallennettu',
  ]);
});

describe('a value in translations', () => {
  it('is inserted unchanged, even with placeholders', () => {
    expect(fill('in {name}.', { name: '$& {name}' })).toBe('in $& {name}.');
  });

  it('is put in at each of its places, and no other place is touched', () => {
    expect(fill('{id}, {id}, {n}, {other}, {}', { id: '1', n: 2 })).toBe('1, 1, 2, {other}, {}');
    expect(fill('{constructor}', {})).toBe('{constructor}');
  });
});
