import { fill } from '../text/fill.ts';
import { oneLine } from '../text/one-line.ts';
import { digestOf } from './entry.ts';
import { firstLine, titleOf } from './lines/mark.ts';
import { type Note, type NoteContent, toNotes } from './note.ts';
import { wholeText } from './split.ts';
import { translations } from './translations.ts';

/** A text document with the whole transcript, and the note that shows its beginning. */
export type TranscriptDocument = {
  note: Pick<Note, 'mark' | 'text'>;
  /** Identifies the document within its conversation. The same entries give the same id. */
  id: string;
  name: string;
  text: string;
};

/** Undefined if everything fits into one note, or if the property is too short for a reference to the document. */
export function toDocument(content: NoteContent): TranscriptDocument | undefined {
  const { conversation, head, entries, continued, language = 'en', length } = content;
  if (length === undefined || toNotes(content).length <= 1) return undefined;
  const t = toNotes({ ...content, entries: [] })[0];
  if (t === undefined) return undefined;

  const digest = documentDigest(content);
  const mark = `${titleOf(conversation, language, continued)} #${digest}`;
  const name = `chat-${conversation}${continued ? `-${digest}` : ''}.txt`;
  const texts = entries.map(wholeText);
  // Reserve room for the longest possible last line.
  const lastLine = (shown: number) => fill(translations[language].wholeTranscript, { shown, all: texts.length, name });
  const withHead = t.text.replace(t.mark, () => mark);
  const room = length - lastLine(texts.length).length - '\n\n'.length;
  const top = withHead.length <= room ? withHead : mark;
  if (top.length > room) return undefined;

  const shown = countFitting(texts, room - top.length - '\n'.length);
  const body = shown === 0 ? '' : `\n\n${texts.slice(0, shown).join('\n')}`;
  return {
    note: { mark, text: `${top}${body}\n\n${lastLine(shown)}`.toWellFormed() },
    id: `transcript-${conversation}-${digest}`,
    name,
    text: `${[mark, ...head.map(oneLine), '', ...texts].join('\n')}\n`.toWellFormed(),
  };
}

/** True if one of these notes refers to a document with this content. */
export function isInDocument(content: NoteContent, notes: readonly string[]): boolean {
  const ending = ` #${documentDigest(content)}`;
  return notes.some((note) => firstLine(note).endsWith(ending));
}

/** Depends on the entries only, not on the outcome of their files or on the head. */
function documentDigest({ conversation, entries }: NoteContent): string {
  return digestOf('transcript', conversation, ...entries.map((entry) => entry.digest));
}

/** How many whole texts fit, each preceded by a line break. */
function countFitting(texts: readonly string[], room: number): number {
  let used = 0;
  const tooMuch = texts.findIndex((text) => {
    used += '\n'.length + text.length;
    return used > room;
  });
  return tooMuch === -1 ? texts.length : tooMuch;
}
