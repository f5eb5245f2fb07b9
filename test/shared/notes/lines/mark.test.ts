import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digestOf } from '../../../../shared/notes/entry.ts';
import {
  addDigests,
  digestToNumber,
  numberToDigest,
  readMark,
  subtractDigests,
} from '../../../../shared/notes/lines/mark.ts';
import { toNotes } from '../../../../shared/notes/note.ts';
import { languages } from '../../../../shared/notes/translations/language.ts';
import { translations } from '../../../../shared/notes/translations.ts';

const id = '63741936';

describe("a note's mark", () => {
  it.each([
    'Userlike conversation 63741936 (1/2) #12345678',
    'Userlike conversation 63741936, continued (10/12) #1234-_78',
    'Userlike-Konversation 63741936 (1/1) #12345678',
    'Userlike-Unterhaltung 63741936 (1/1) #12345678+9c \r\nKontakt: Ada',
    'Userlike-keskustelu 63741936, jatkoa (1/1) #12345678\n[t] Ada: 1 (1/1) #87654321',
    'Words of a language to come 63741936 (1/1) #12345678',
    '63741936 (1/1) #12345678',
  ])('is read in any translations: %j', (note) => {
    expect(readMark(id, note)).toMatchObject({ tail: expect.stringMatching(/^\(\d+\/\d+\) #[\w-]{8}(?:\+9c)?$/) });
  });

  it.each([
    'Userlike conversation 637419360 (1/2) #12345678',
    'Userlike conversation 163741936 (1/2) #12345678',
    'Userlike conversation 1 63741936 (1/2) #12345678',
    'Userlike conversation 63741936 and more (1/2) #12345678',
    'Userlike conversation 63741936, continued, twice (1/2) #12345678',
    'Userlike conversation 63741936, part 2 (1/2) #12345678',
    'Userlike conversation 63741936 #12345678',
    'Userlike conversation 63741936 (1/2) #1234567',
    'Userlike conversation 63741936 (1/2) #12345678 and more',
    'Userlike conversation 63741936 (1/2)',
    'Copied:\nUserlike conversation 63741936 (1/2) #12345678',
    `${'x'.repeat(100)} 63741936 (1/2) #12345678`,
    '',
  ])('is none in a first line of another form: %j', (note) => {
    expect(readMark(id, note)).toBeUndefined();
  });

  it.each(languages)('is read as it was written: %s', (language) => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{1,32}$/),
        fc.array(fc.string({ maxLength: 300, size: 'max' }), { maxLength: 6 }),
        fc.boolean(),
        (conversation, texts, continued) => {
          const entries = texts.map((text) => ({ digest: digestOf(text), text }));
          const notes = toNotes({ conversation, head: [], entries, continued, language, length: 200 });
          for (const { tail, text } of notes) expect(readMark(conversation, text)?.tail).toBe(tail);
        },
      ),
      { numRuns: 30 },
    );
    expect(translations[language].mark).not.toContain(',');
  });

  it('of a hundred thousand characters costs nothing', () => {
    for (const unit of ['(', '1', '(1/1) #12345678', ',', ' '])
      expect(readMark(id, unit.repeat(100_000))).toBeUndefined();
  });
});

describe('digests', () => {
  const digest = fc.stringMatching(/^[\w-]{8}$/);

  it('are numbers that can be added and taken away', () => {
    fc.assert(
      fc.property(digest, digest, digest, (one, other, third) => {
        const sum = addDigests(addDigests(digestToNumber(one), digestToNumber(other)), digestToNumber(third));
        expect(subtractDigests(subtractDigests(sum, digestToNumber(one)), digestToNumber(third))).toBe(
          digestToNumber(other),
        );
        expect(numberToDigest(digestToNumber(one))).toBe(one);
        expect(digestToNumber(numberToDigest(sum))).toBe(sum);
      }),
    );
  });
});
