import { createObject } from '../../lime/requests.ts';
import { Limeobject } from '../../lime/wire.ts';
import { languageOf } from '../../mapping/note-options.ts';
import { relationValues } from '../../mapping/plan/found.ts';
import { isInDocument, type TranscriptDocument, toDocument } from '../../notes/document.ts';
import type { Entry } from '../../notes/entry.ts';
import { remarksFor } from '../../notes/head.ts';
import { type FileOutcome, withFileOutcome } from '../../notes/lines/file-outcome.ts';
import { type Note, type NoteContent, toNotes } from '../../notes/note.ts';
import { entriesInNotes, missingNotes } from '../../notes/written/missing-notes.ts';
import { entriesToWrite, unwrittenEntries, withEdits } from '../../notes/written/new-entries.ts';
import { attach, identifyFor } from './documents.ts';
import { type Beside, queryAll, whileThere } from './writing.ts';

/**
 * Writes notes with what is new, or with all of a conversation that has something new. Returns the entries that Lime
 * has now.
 */
export const writeNotes = async (beside: Beside, imports: ReadonlyMap<string, FileOutcome>): Promise<Entry[]> => {
  const { plan, draft, found, progress, lime, id, look } = beside;
  const { history } = plan;
  const before = progress.delivered?.writtenDigests;
  const language = languageOf(draft.instance, draft.settings);
  const told = entriesToWrite(draft.entries, progress.delivered, progress);
  const all = withEdits(told, before, language).map((entry) => {
    const result = imports.get(entry.media?.id ?? '');
    return result === undefined ? entry : withFileOutcome(entry, result, language);
  });
  const fresh = unwrittenEntries(all, progress.delivered, progress);
  if (before !== undefined && fresh.length === 0) return all;

  const content = {
    conversation: plan.conversation,
    // Who the contact was then is no news.
    head: progress.isOlder ? [] : [...plan.head, ...remarksFor(plan, found, language)],
    entries: isWhole(beside) ? all : fresh,
    whole: isWhole(beside),
    continued: before !== undefined,
    language,
    length: history.length,
  };
  const there = look ? await notesIn(beside) : [];
  const notes = look ? await openNotes(beside, content, there) : await toWrite(beside, content, toNotes);
  const values = { ...history.values, ...relationValues(history.relations, found), [history.relation]: id };
  progress.step = 'note';
  for (const { text } of notes) {
    const request = createObject(history.limetype, { ...values, [history.note]: text });
    await whileThere(beside, lime(request, Limeobject));
    progress.partial = true;
  }
  return all;
};

/** The content as one note beside a document, where it is too long and the settings want that, else as `otherwise`. */
const toWrite = async (
  beside: Beside,
  content: NoteContent,
  otherwise: (content: NoteContent) => Pick<Note, 'text'>[],
  notes: readonly string[] = [],
): Promise<Pick<Note, 'text'>[]> => {
  if (!isForDocument(beside)) return otherwise(content);
  if (isInDocument(content, notes)) return [];
  const document = toDocument(content);
  if (document === undefined) return otherwise(content);
  await writeDocument(beside, document);
  return [document.note];
};

/** Of the notes that hold the content those that the limeobject does not have. */
const openNotes = async (
  beside: Beside,
  content: NoteContent,
  notes: readonly string[],
): Promise<Pick<Note, 'text'>[]> => {
  const { entries } = beside.draft;
  const missing = () => missingNotes(content, entries, notes);
  if (!isForDocument(beside)) return missing();
  // What a document holds is not looked for in the note beside it, which shows a part only.
  const held = content.whole ? new Map<Entry, number>() : entriesInNotes(content, entries, notes);
  const rest = content.entries.filter((entry) => held.get(entry) !== 0);
  return toWrite(
    beside,
    rest.length === content.entries.length ? content : { ...content, entries: rest, continued: true },
    missing,
    notes,
  );
};

/** An older version lacks what has been said since. */
const isWhole = ({ plan, progress }: Beside): boolean => plan.history.onResend === 'whole' && !progress.isOlder;

const isForDocument = ({ plan }: Beside): boolean =>
  plan.history.whenLonger === 'document' && plan.documents !== undefined;

const writeDocument = async (beside: Beside, { id, name, text }: TranscriptDocument): Promise<void> => {
  const { plan, progress, look } = beside;
  if (plan.documents === undefined) return;
  progress.step = 'document';
  const identify = identifyFor(plan.documents, id);
  if (look && (await beside.documentsThere()).has(identify)) return;
  await attach(beside, identify, { name, contentType: 'text/plain; charset=utf-8', bytes: Buffer.from(text, 'utf8') });
};

/** The texts of the limeobject's notes. */
const notesIn = async ({ plan: { history }, lime, id }: Beside): Promise<string[]> => {
  const notes = await queryAll(lime, history.limetype, [history.note], { key: history.relation, op: '=', exp: id });
  return notes.flatMap((object) => object[history.note] ?? []).filter((note) => typeof note === 'string');
};
