import type { Delivered } from '../../ledger/states.ts';
import { type Entry, newEntries } from './note.ts';

/** What a version of a conversation tells: an older one its messages alone, for a rating of before is no news. */
export function entriesTold(entries: readonly Entry[], { isOlder }: { isOlder: boolean }): readonly Entry[] {
  return isOlder ? entries.filter(isMessage) : entries;
}

/** Of what a version tells the entries that Lime does not have. */
export function unwrittenEntries(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'written'> | undefined,
  version: { isOlder: boolean },
): Entry[] {
  return newEntries(entriesTold(entries, version), delivered?.written ?? '');
}

/** A message begins with its time in brackets, everything else with a label. */
const isMessage = ({ text }: Entry): boolean => text.startsWith('[');
