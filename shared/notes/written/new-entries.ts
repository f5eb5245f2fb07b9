import type { Delivered } from '../../ledger/states.ts';
import {
  addDigests,
  type DigestReader,
  readDigests,
  type WrittenDigests,
  type WrittenPart,
} from '../../ledger/written-digests.ts';
import type { Entry } from '../entry.ts';
import type { Language } from '../translations/language.ts';
import { translations } from '../translations.ts';

type Version = { isOlder: boolean };

/**
 * The entries to write for a version of a conversation. A version older than the delivered one adds only messages that
 * Lime does not have.
 */
export function entriesToWrite(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'writtenDigests'> | undefined,
  { isOlder }: Version,
): readonly Entry[] {
  return isOlder ? messagesOfOlderVersion(entries, delivered?.writtenDigests) : entries;
}

/** The entries to write that Lime does not have yet. */
export function unwrittenEntries(
  entries: readonly Entry[],
  delivered: Pick<Delivered, 'writtenDigests'> | undefined,
  version: Version,
): Entry[] {
  return newEntries(entriesToWrite(entries, delivered, version), delivered?.writtenDigests);
}

/** Adds "edited" to messages that have changed since they were written. */
export function withEdits(entries: readonly Entry[], written: WrittenDigests | undefined, language: Language): Entry[] {
  const known = readDigests(written);
  return entries.map((entry) => {
    const { message, nameEnd, text } = entry;
    if (message === undefined || nameEnd === undefined) return entry;
    if (isWritten(entry, known) || !known.hasAnyOf(message)) return entry;
    return { ...entry, text: `${text.slice(0, nameEnd)} (${translations[language].edited})${text.slice(nameEnd)}` };
  });
}

/** The written digests after these entries and digests have been added. */
export function writtenWith(
  written: WrittenDigests | undefined,
  entries: readonly Entry[],
  digests: readonly string[],
): WrittenDigests {
  return addDigests(
    written,
    [...digests.map((digest) => ({ digest })), ...entries.map(partOf)],
    entries.flatMap(({ legacyDigest }) => legacyDigest ?? []),
  );
}

/** The entries that Lime does not have in this form. */
export function newEntries(entries: readonly Entry[], written: WrittenDigests | undefined): Entry[] {
  const known = readDigests(written);
  return entries.filter((entry) => !isWritten(entry, known));
}

/**
 * The messages of an older version that Lime has in this form, or does not have at all. Everything else in an older
 * version is outdated.
 */
export function messagesOfOlderVersion(entries: readonly Entry[], written: WrittenDigests | undefined): Entry[] {
  const known = readDigests(written);
  return entries.filter(
    (entry) => entry.message !== undefined && (isWritten(entry, known) || !known.hasAnyOf(entry.message)),
  );
}

function isWritten(entry: Entry, known: DigestReader): boolean {
  return known.has(partOf(entry)) || (entry.legacyDigest !== undefined && known.has({ digest: entry.legacyDigest }));
}

function partOf({ digest, message, field }: Entry): WrittenPart {
  const of = message ?? (field === undefined ? undefined : `\0${field}`);
  return of === undefined ? { digest } : { digest, of };
}
