import { printable } from '../printable.ts';
import { type Column, count, renderTable } from '../table.ts';
import { formatAge } from '../time.ts';
import type { FailedRecord } from './record.ts';

const columns: readonly Column[] = [
  { title: 'ID' },
  { title: 'AGE', right: true },
  { title: 'ORGANIZATION' },
  { title: 'CONVERSATION' },
  { title: 'STEP' },
  { title: 'STATUS' },
  { title: 'RECEIVES', right: true },
  { title: 'REASON' },
];

/** The words before the reason of a record that need not be sent again. */
const DELIVERED_SINCE = 'delivered since; ';

/** A table of the records and their number. */
export function tableOf(records: readonly (FailedRecord & { deliveredSince?: boolean })[], now: number): string {
  return renderTable(
    columns,
    records.map(({ id, sentAt, organization, conversation, step, status, receives, reason, deliveredSince }) => [
      id,
      formatAge(now - sentAt),
      organization,
      conversation,
      step,
      status,
      receives,
      deliveredSince ? `${DELIVERED_SINCE}${reason}` : reason,
    ]),
  );
}

/** The record as JSON, with times as ISO text and as seconds. Unknown values are null. */
export function jsonOf({ id, sentAt, ...record }: FailedRecord, now: number): Record<string, unknown> {
  return {
    id,
    sentAt: new Date(sentAt).toISOString(),
    ageSeconds: Math.max(0, Math.floor((now - sentAt) / 1_000)),
    ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value ?? null])),
  };
}

/** The name of a record in a sentence. */
export function nameOf({ id, organization, conversation }: FailedRecord): string {
  return printable(`${id} (organization ${organization ?? 'unknown'}, conversation ${conversation ?? 'unknown'})`);
}

export function countOf(records: readonly FailedRecord[]): string {
  return count(records.length, 'record');
}
