import { isOlder, type LedgerEntry, type Recency } from '../../shared/ledger/states.ts';
import { recencyOf } from '../../shared/mapping/draft.ts';
import { entriesOf } from '../../shared/notes/entries.ts';
import type { Entry } from '../../shared/notes/entry.ts';
import { unwrittenEntries } from '../../shared/notes/written/new-entries.ts';
import { decodeRecord } from '../../shared/queue/envelope.ts';
import type { FailedRecord } from './record.ts';

/** A record's version of the conversation, with the hashes of its messages. */
export type Version = { recency: Recency; entries: Entry[] };

/** The version in a record's body. Undefined if it cannot be read. */
export function versionOf(body: string): Version | undefined {
  const decoded = decodeRecord(body);
  if (!decoded.ok) return undefined;
  const { conversation } = decoded;
  try {
    const options = { timeZone: 'UTC', language: 'en', includeNotifications: false, sections: [] } as const;
    const entries = entriesOf(conversation, options).map((entry) => ({ ...entry, text: '' }));
    return { recency: recencyOf(conversation), entries };
  } catch {
    return undefined;
  }
}

/**
 * True if another record has brought this version or a newer one, and Lime lacks no message of it. Dropping the record
 * then loses nothing. A record of an additional limeobject is never meant, because the entry is that of the main one.
 */
export function isDeliveredSince(
  { callId, limetype }: Pick<FailedRecord, 'callId' | 'limetype'>,
  version: Version | undefined,
  entry: LedgerEntry | undefined,
): boolean {
  const { outcome, delivered, object } = entry ?? {};
  if (version === undefined || outcome !== 'delivered' || delivered === undefined) return false;
  if (entry?.callId === callId || (limetype !== undefined && limetype !== object?.limetype)) return false;
  if (isOlder(delivered.recency, version.recency)) return false;
  return unwrittenEntries(version.entries, delivered, { isOlder: true }).length === 0;
}
