import { readDigests, type WrittenDigests } from '../../ledger/written-digests.ts';
import type { Match } from '../../mapping/search.ts';
import { writtenWith } from '../../notes/written/new-entries.ts';
import type { ObjectContext, WriteContext } from './context.ts';
import { documentsOf, importMedia } from './documents.ts';
import { fillPerson } from './fill.ts';
import { writeNotes } from './notes.ts';
import { writeRow } from './row.ts';
import { writeTodo } from './todo.ts';
import type { WrittenObject } from './update.ts';

/**
 * Writes what belongs to the limeobject: blank properties of its person, the conversation's row, its activity, its files
 * and its notes, in this order, because a note contains the outcome of each. Returns what Lime has now.
 */
export async function writeBeside(
  context: ObjectContext,
  { object, found, kept }: WrittenObject,
  person: Match,
): Promise<WrittenDigests> {
  const { plan, delivered, advance } = context;
  const before = delivered?.writtenDigests;
  const known = readDigests(before);
  const filled = await fillPerson(context, person, known);
  const omitted = [...plan.omitted, ...kept, ...filled.omitted];
  const beside: WriteContext = { ...context, object, found, documentsThere: documentsOf(context, object.id) };

  advance({ type: 'step', step: 'row' });
  const row = await writeRow(beside, known);
  const todo = await writeTodo(beside, known);
  advance({ type: 'step', step: 'document' });
  const files = await importMedia(beside, known);
  advance({ type: 'step', step: 'note' });
  const remarked = { ...beside, plan: { ...plan, omitted: [...omitted, ...todo.omitted] } };
  const entries = await writeNotes(remarked, files.results);
  return writtenWith(before, entries, [...filled.digests, ...row, ...todo.digests, ...files.digests]);
}
