import { type LedgerEntry, linkState } from '../../shared/ledger/states.ts';
import type { ListedRecord } from '../failed/list.ts';
import type { LogLine } from '../logs/log-line.ts';

/** Everything that is known of one conversation. */
export type Known = {
  organization: string;
  conversation: string;
  entry: LedgerEntry | undefined;
  records: readonly ListedRecord[];
  events: readonly LogLine[];
};

/** The state of its link; a record in the DLQ that Lime still lacks is parked, whatever the ledger says. */
export function stateOf({ entry, records, events }: Pick<Known, 'entry' | 'records' | 'events'>, now: number): string {
  if (records.some(({ deliveredSince }) => !deliveredSince)) return 'parked';
  if (entry === undefined && events.length === 0) return 'unknown';
  return linkState(entry, now);
}
