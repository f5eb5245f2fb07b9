import { readDigests } from '../../ledger/written-digests.ts';
import { writtenWith } from '../../notes/written/new-entries.ts';
import { identifiersOf, importMedia } from './documents.ts';
import { writeNotes } from './notes.ts';
import { writeObject } from './object.ts';
import { writeRow } from './row.ts';
import type { Beside, Writing } from './writing.ts';

/**
 * Writes the limeobject, the conversation's row, its files and its notes, in this order: a message's line says what
 * became of its file. With `look` only what Lime does not have yet. True when it created the limeobject.
 */
export const createWriter =
  (writing: Writing) =>
  async (look: boolean): Promise<boolean> => {
    const { progress } = writing;
    progress.step = 'object';
    const { created, id, found, kept } = await writeObject(writing, look);
    const plan = { ...writing.plan, omitted: [...writing.plan.omitted, ...kept] };
    const before = progress.delivered?.writtenDigests;
    const known = readDigests(before);
    const beside: Beside = { ...writing, plan, found, id, look, documentsThere: documentsOf(writing, id) };
    progress.step = 'row';
    const row = await writeRow(beside, known);
    progress.step = 'document';
    const { results, digests } = await importMedia(beside, known);
    progress.step = 'note';
    const entries = await writeNotes(beside, results);
    progress.delivered = { writtenDigests: writtenWith(before, entries, [...row, ...digests]) };
    return created;
  };

/** Asks once, when it is needed. */
const documentsOf = (writing: Writing, id: number): Beside['documentsThere'] => {
  const { documents } = writing.plan;
  let asked: Promise<ReadonlySet<string>> | undefined;
  return () => {
    asked ??= documents === undefined ? Promise.resolve(new Set<string>()) : identifiersOf(writing, documents, id);
    return asked;
  };
};
