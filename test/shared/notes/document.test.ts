import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInDocument, toDocument } from '../../../shared/notes/document.ts';
import { digestOf, type Entry } from '../../../shared/notes/entry.ts';
import { type NoteContent, toNotes } from '../../../shared/notes/note.ts';
import { anyText } from '../../support/any-conversations.ts';

function anEntry(text: string): Entry {
  return { digest: digestOf(text), text };
}

function contentOf(texts: readonly string[], overrides: Partial<NoteContent> = {}): NoteContent {
  return {
    conversation: '63741936',
    head: ['Contact: Erika Beispiel'],
    entries: texts.map(anEntry),
    continued: false,
    length: 400,
    ...overrides,
  };
}

const messages = Array.from({ length: 9 }, (_, index) => `[${index}] ${'word '.repeat(9)}end`);

describe('a transcript longer than a note', () => {
  it('is a note with what fits, that says how much it shows and where the rest is', () => {
    const document = toDocument(contentOf(messages));
    expect(document?.note.text).toBe(
      [
        `Userlike conversation 63741936 #${document?.id.slice(-8)}`,
        'Contact: Erika Beispiel',
        '',
        ...messages.slice(0, 4),
        '',
        '4 of 9 messages are shown here. The whole transcript is in the document chat-63741936.txt.',
      ].join('\n'),
    );
  });

  it('shows as many messages as fit, and its head where that fits', () => {
    for (let length = 200; length < 560; length += 1) {
      const document = toDocument(contentOf(messages, { length }));
      if (document === undefined) throw new Error(`${length} is enough`);
      const { mark, text } = document.note;
      const shown = Number(/(\d) of 9 messages/.exec(text)?.[1]);
      const next = `\n${messages[shown]}`;
      expect(text.length).toBeLessThanOrEqual(length);
      if (shown > 0) expect(text.length + next.length).toBeGreaterThan(length);
      expect(text.includes(`${mark}\nContact: Erika Beispiel\n`)).toBe(true);
    }
  });

  it('leaves out its head where that is one character too long, and is none where there is no room for its mark', () => {
    for (let digits = 1; digits < 90; digits += 1) {
      const conversation = '9'.repeat(digits);
      const lastLine = `0 of 9 messages are shown here. The whole transcript is in the document chat-${conversation}.txt.`;
      const room = 200 - `Userlike conversation ${conversation} #12345678\n\n${lastLine}`.length;
      const content = contentOf(messages, { length: 200, conversation, head: [] });
      const document = toDocument(content);
      expect(document !== undefined).toBe(room >= 0);
      // A head has a line break before it.
      if (room < 2 || room > 40) continue;
      const head = (length: number) => toDocument({ ...content, head: ['§'.repeat(length)] })?.note.text;
      expect(head(room - 1)).toContain('§'.repeat(room - 1));
      expect(head(room)).not.toContain('§');
    }
  });

  it('has an id that stays what it is from one version of this software to the next', () => {
    expect(toDocument(contentOf(messages))?.id).toBe('transcript-63741936-i8yyGV05');
  });

  it('is a document with head and all messages', () => {
    const document = toDocument(contentOf(messages));
    expect(document?.text).toBe(`${[document?.note.mark, 'Contact: Erika Beispiel', '', ...messages].join('\n')}\n`);
  });

  it('has another name where it continues one', () => {
    const document = toDocument(contentOf(messages, { continued: true }));
    expect(document?.name).toBe(`chat-63741936-${document?.id.slice(-8)}.txt`);
    expect(document?.note.mark).toBe(`Userlike conversation 63741936, continued #${document?.id.slice(-8)}`);
  });

  it.each([
    { title: 'all of it fits', content: contentOf(messages, { length: 4_000 }) },
    { title: 'a note has no limit', content: contentOf(messages, { length: undefined }) },
    { title: 'nothing was said', content: contentOf([]) },
    {
      title: 'a note has no room to say so',
      content: contentOf(messages, { length: 200, conversation: '9'.repeat(70) }),
    },
  ])('stays notes where $title', ({ content }) => expect(toDocument(content)).toBeUndefined());

  it('shows no message rather than a part of one', () => {
    const document = toDocument(contentOf(['x'.repeat(1_000)]));
    expect(document?.note.text).toMatch(/Erika Beispiel\n\n0 of 1 messages are shown here\. The whole/);
    expect(document?.text).toContain('x'.repeat(1_000));
  });

  it('leaves its head out where a note is too short for it', () => {
    const document = toDocument(
      contentOf(messages, { length: 200, head: ['A'.repeat(400)], conversation: '9'.repeat(32) }),
    );
    expect(document?.note.text).toMatch(
      /^Userlike conversation 9{32} #[\w-]{8}\n\n0 of 9 messages are shown here\. The whole/,
    );
  });

  it('never has a line of the head that somebody else could have begun', () => {
    const document = toDocument(contentOf(messages, { head: ['Contact: Eve\n[2024] Peter Testman: yes'] }));
    expect(document?.text.split('\n')[1]).toBe('Contact: Eve [2024] Peter Testman: yes');
  });

  it('fits the property and contains every message', () => {
    const texts = fc.array(anyText, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        texts,
        anyText,
        fc.integer({ min: 200, max: 900 }),
        fc.boolean(),
        (texts, head, length, continued) => {
          const content = contentOf(texts, { head: [head], length, continued });
          const document = toDocument(content);
          expect(document === undefined).toBe(toNotes(content).length === 1);
          if (document === undefined) return;
          expect(document.note.text.length).toBeLessThanOrEqual(length);
          expect(document.text.isWellFormed() && document.note.text.isWellFormed()).toBe(true);
          for (const text of texts) expect(document.text).toContain(text.toWellFormed());
        },
      ),
    );
  });
});

describe('a note beside a document', () => {
  const document = toDocument(contentOf(messages));
  const note = document?.note.text ?? '';

  it('is identified by its messages, not by file outcomes or lookups', () => {
    const [first = '', ...others] = messages;
    const told = [{ ...anEntry(first), outcome: ' (saved as a document in Lime)' }, ...others.map(anEntry)];
    expect(isInDocument(contentOf(messages, { entries: told, head: [] }), [note])).toBe(true);
    expect(isInDocument(contentOf(messages.slice(1)), [note])).toBe(false);
    expect(isInDocument(contentOf([...messages.slice(1), 'another']), [note])).toBe(false);
    expect(isInDocument(contentOf(messages), ['another', note.replace('\n', ' \r\n')])).toBe(true);
    expect(
      isInDocument(
        contentOf(messages),
        toNotes(contentOf(messages)).map(({ text }) => text),
      ),
    ).toBe(false);
  });
});
