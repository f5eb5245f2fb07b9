import type { Delivered } from '../ledger/states.ts';
import { type Entry, messagesOfOlder, newEntries } from './note.ts';

type Version = { isOlder: boolean };

/** What a version of a conversation tells: one that is older than the delivered one only the messages it has alone. */
export function entriesTold(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'writtenDigests'> | undefined,
  { isOlder }: Version,
): readonly Entry[] {
  return isOlder ? messagesOfOlder(entries, delivered?.writtenDigests) : entries;
}

/** Of what a version tells the entries that Lime does not have. */
export function unwrittenEntries(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'writtenDigests'> | undefined,
  version: Version,
): Entry[] {
  return newEntries(entriesTold(entries, delivered, version), delivered?.writtenDigests);
}
