import { type Column, count, printable, renderTable } from '../table.ts';
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

/** A row for each record, and how many there are. */
export const tableOf = (records: readonly FailedRecord[], now: number): string =>
  renderTable(
    columns,
    records.map(({ id, sentAt, organization, conversation, step, status, receives, reason }) => [
      id,
      formatAge(now - sentAt),
      organization,
      conversation,
      step,
      status,
      receives,
      reason,
    ]),
  );

/** For machines: the record with its times as ISO text and seconds; what is not known is null. */
export const jsonOf = ({ id, sentAt, ...record }: FailedRecord, now: number): Record<string, unknown> => ({
  id,
  sentAt: new Date(sentAt).toISOString(),
  ageSeconds: Math.max(0, Math.floor((now - sentAt) / 1_000)),
  ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value ?? null])),
});

/** Names a record in a sentence. */
export const nameOf = ({ id, organization, conversation }: FailedRecord): string =>
  printable(`${id} (organization ${organization ?? 'unknown'}, conversation ${conversation ?? 'unknown'})`);

export const countOf = (records: readonly FailedRecord[]): string => count(records.length, 'record');
