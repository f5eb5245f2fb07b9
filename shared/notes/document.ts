import { fill } from '../text/fill.ts';
import { oneLine } from '../text/one-line.ts';
import { digestOf } from './entry.ts';
import { firstLine, titleOf } from './lines/mark.ts';
import { type Note, type NoteContent, toNotes } from './note.ts';
import { wholeText } from './split.ts';
import { translations } from './translations.ts';

/** A transcript that is too long for one note: a document that holds all of it, and the note that shows its beginning. */
export type TranscriptDocument = {
  note: Pick<Note, 'mark' | 'text'>;
  /** Tells the document apart from the conversation's others; the same for the same entries. */
  id: string;
  name: string;
  text: string;
};

/** Undefined where all fits into one note, or a note is too short to say where the rest is. */
export function toDocument(content: NoteContent): TranscriptDocument | undefined {
  const { conversation, head, entries, continued, language = 'en', length } = content;
  if (length === undefined || toNotes(content).length <= 1) return undefined;
  const t = toNotes({ ...content, entries: [] })[0];
  if (t === undefined) return undefined;

  const digest = documentDigest(content);
  const mark = `${titleOf(conversation, language, continued)} #${digest}`;
  const name = `chat-${conversation}${continued ? `-${digest}` : ''}.txt`;
  const texts = entries.map(wholeText);
  // Room is kept for the longest of these lines.
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

/** Whether one of these notes tells that a document holds the content. */
export function isInDocument(content: NoteContent, notes: readonly string[]): boolean {
  const ending = ` #${documentDigest(content)}`;
  return notes.some((note) => firstLine(note).endsWith(ending));
}

/** By what was said alone: what became of files, or what the head says, makes no other document. */
function documentDigest({ conversation, entries }: NoteContent): string {
  return digestOf('transcript', conversation, ...entries.map((entry) => entry.digest));
}

/** How many whole texts fit, each behind a line break. */
function countFitting(texts: readonly string[], room: number): number {
  let used = 0;
  const tooMuch = texts.findIndex((text) => {
    used += '\n'.length + text.length;
    return used > room;
  });
  return tooMuch === -1 ? texts.length : tooMuch;
}
