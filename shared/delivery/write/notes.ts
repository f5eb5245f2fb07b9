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
import { queryAll, throwIfObjectGone, type WriteContext } from './context.ts';
import { attach, identifierFor } from './documents.ts';

/**
 * Writes notes with the new entries, or with the whole conversation if it has new entries. Returns the entries that
 * Lime has now.
 */
export async function writeNotes(context: WriteContext, imports: ReadonlyMap<string, FileOutcome>): Promise<Entry[]> {
  const { plan, draft, found, object, delivered, isOlder, reconcileFirst, lime, advance } = context;
  const { history } = plan;
  const language = languageOf(draft.instance, draft.settings);
  const toWrite = entriesToWrite(draft.entries, delivered, { isOlder });
  const all = withEdits(toWrite, delivered?.writtenDigests, language).map((entry) => {
    const result = imports.get(entry.media?.id ?? '');
    return result === undefined ? entry : withFileOutcome(entry, result, language);
  });
  const fresh = unwrittenEntries(all, delivered, { isOlder });
  if (delivered !== undefined && fresh.length === 0) return all;

  const content = {
    conversation: plan.conversation,
    // The contact of an older version is not news.
    head: isOlder ? [] : [...plan.head, ...remarksFor(plan, found, language)],
    entries: isWhole(context) ? all : fresh,
    whole: isWhole(context),
    continued: delivered !== undefined,
    language,
    length: history.length,
  };
  const notes = reconcileFirst
    ? await missingIn(context, content, await notesThere(context))
    : await withDocument(context, content, toNotes);
  const values = { ...history.values, ...relationValues(history.relations, found), [history.relation]: object.id };
  advance({ type: 'step', step: 'note' });
  for (const { text } of notes) {
    const request = createObject(history.limetype, { ...values, [history.note]: text });
    await throwIfObjectGone(context, lime(request, Limeobject));
  }
  return all;
}

/**
 * The content as one note with a document if it is too long and the settings ask for that. Otherwise as `otherwise`.
 */
async function withDocument(
  context: WriteContext,
  content: NoteContent,
  otherwise: (content: NoteContent) => Pick<Note, 'text'>[],
  notes: readonly string[] = [],
): Promise<Pick<Note, 'text'>[]> {
  if (!mayHaveDocument(context)) return otherwise(content);
  if (isInDocument(content, notes)) return [];
  const document = toDocument(content);
  if (document === undefined) return otherwise(content);
  await writeDocument(context, document);
  return [document.note];
}

/** The notes of the content that are not among the limeobject's `notes`. */
async function missingIn(
  context: WriteContext,
  content: NoteContent,
  notes: readonly string[],
): Promise<Pick<Note, 'text'>[]> {
  const { entries } = context.draft;
  const missing = () => missingNotes(content, entries, notes);
  if (!mayHaveDocument(context)) return missing();
  // The note of a document shows only a part of the document.
  const held = content.whole ? new Map<Entry, number>() : entriesInNotes(content, entries, notes);
  const rest = content.entries.filter((entry) => held.get(entry) !== 0);
  return withDocument(
    context,
    rest.length === content.entries.length ? content : { ...content, entries: rest, continued: true },
    missing,
    notes,
  );
}

/** An older version lacks the latest messages, so it is never written whole. */
function isWhole({ plan, isOlder }: WriteContext): boolean {
  return plan.history.onResend === 'whole' && !isOlder;
}

function mayHaveDocument({ plan }: WriteContext): boolean {
  return plan.history.whenLonger === 'document' && plan.documents !== undefined;
}

async function writeDocument(context: WriteContext, { id, name, text }: TranscriptDocument): Promise<void> {
  const { plan, reconcileFirst, advance } = context;
  const { documents } = plan;
  if (documents === undefined) return;
  advance({ type: 'step', step: 'document' });
  if (reconcileFirst && (await context.documentsThere()).has(identifierFor(documents, id))) return;
  const bytes = Buffer.from(text, 'utf8');
  await attach(context, documents, id, { name, contentType: 'text/plain; charset=utf-8', bytes });
}

/** The texts of the limeobject's notes. */
async function notesThere({ plan: { history }, lime, object }: WriteContext): Promise<string[]> {
  const filter = { key: history.relation, op: '=', exp: object.id } as const;
  const notes = await queryAll(lime, history.limetype, [history.note], filter);
  return notes.flatMap((note) => note[history.note] ?? []).filter((text) => typeof text === 'string');
}
