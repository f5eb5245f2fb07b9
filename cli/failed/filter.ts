import type { FailedRecord } from './record.ts';

/** Selects records by conditions that must all hold. Without conditions it selects every record. */
export type Filter = {
  /** Ids of records, or numbers of conversations. */
  id?: string[] | undefined;
  organization?: string | undefined;
  conversation?: string | undefined;
  /** A part of the reason, upper or lower case. */
  reason?: string | undefined;
  step?: string | undefined;
  /** In the DLQ since this time or later, milliseconds. */
  since?: number | undefined;
  /** In the DLQ since before this time, milliseconds. */
  until?: number | undefined;
};

export function matches(
  record: FailedRecord,
  { id, organization, conversation, reason, step, since, until }: Filter,
): boolean {
  return (
    (id === undefined || id.some((one) => isNamed(record, one))) &&
    (organization === undefined || record.organization === organization) &&
    (conversation === undefined || record.conversation === conversation) &&
    (reason === undefined || record.reason.toLowerCase().includes(reason.toLowerCase())) &&
    (step === undefined || record.step === step) &&
    (since === undefined || record.sentAt >= since) &&
    (until === undefined || record.sentAt < until)
  );
}

/** True if this is the record's id, or the number of its conversation. */
export function isNamed({ id, conversation }: FailedRecord, name: string): boolean {
  return name === id || name === conversation;
}

/** True if there is any condition. */
export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((condition) => condition === undefined);
}
