import type { Delivered } from '../../ledger/states.ts';
import { type Known, knownIn, type Part, type Written, withWritten } from '../../ledger/written.ts';
import type { Entry } from '../entry.ts';
import type { Language } from '../translations/language.ts';
import { translations } from '../translations.ts';

type Version = { isOlder: boolean };

/** What a version of a conversation tells: one that is older than the delivered one only the messages it has alone. */
export function entriesToWrite(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'written'> | undefined,
  { isOlder }: Version,
): readonly Entry[] {
  return isOlder ? messagesOfOlderVersion(entries, delivered?.written ?? '') : entries;
}

/** Of what a version tells the entries that Lime does not have. */
export function unwrittenEntries(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'written'> | undefined,
  version: Version,
): Entry[] {
  return newEntries(entriesToWrite(entries, delivered, version), delivered?.written ?? '');
}

/** The entries, with the word for it where a message has changed since it was written. */
export function withEdits(entries: readonly Entry[], written: Written, language: Language): Entry[] {
  const known = knownIn(written);
  return entries.map((entry) => {
    const { message, nameEnd, text } = entry;
    if (message === undefined || nameEnd === undefined) return entry;
    if (isWritten(entry, known) || !known.hasAnyOf(message)) return entry;
    return { ...entry, text: `${text.slice(0, nameEnd)} (${translations[language].edited})${text.slice(nameEnd)}` };
  });
}

/** What the ledger keeps once these entries are in Lime, and what else these digests stand for. */
export function writtenWith(written: Written, entries: readonly Entry[], digests: readonly string[]): Written {
  return withWritten(
    written,
    [...digests.map((digest) => ({ digest })), ...entries.map(partOf)],
    entries.flatMap(({ legacyDigest }) => legacyDigest ?? []),
  );
}

/** The entries that Lime does not have as they are. */
export function newEntries(entries: readonly Entry[], written: Written): Entry[] {
  const known = knownIn(written);
  return entries.filter((entry) => !isWritten(entry, known));
}

/**
 * The messages of a version older than the delivered one that Lime has as they are, or in no form. What it says else, of
 * a message that Lime has or of the conversation, is out of date.
 */
export function messagesOfOlderVersion(entries: readonly Entry[], written: Written): Entry[] {
  const known = knownIn(written);
  return entries.filter(
    (entry) => entry.message !== undefined && (isWritten(entry, known) || !known.hasAnyOf(entry.message)),
  );
}

function isWritten(entry: Entry, known: Known): boolean {
  return known.has(partOf(entry)) || (entry.legacyDigest !== undefined && known.has({ digest: entry.legacyDigest }));
}

function partOf({ digest, message, field }: Entry): Part {
  const of = message ?? (field === undefined ? undefined : `\0${field}`);
  return of === undefined ? { digest } : { digest, of };
}
