import type { FailedRecord } from './record.ts';

/** Which records are meant; all conditions must hold, and none means every record. */
export type Filter = {
  id?: string[] | undefined;
  organization?: string | undefined;
  conversation?: string | undefined;
  /** A part of the reason, in any case. */
  reason?: string | undefined;
  step?: string | undefined;
  /** In the DLQ since this moment or later, milliseconds. */
  since?: number | undefined;
  /** In the DLQ before this moment. */
  until?: number | undefined;
};

export function matches(
  record: FailedRecord,
  { id, organization, conversation, reason, step, since, until }: Filter,
): boolean {
  return (
    (id === undefined || id.includes(record.id)) &&
    (organization === undefined || record.organization === organization) &&
    (conversation === undefined || record.conversation === conversation) &&
    (reason === undefined || record.reason.toLowerCase().includes(reason.toLowerCase())) &&
    (step === undefined || record.step === step) &&
    (since === undefined || record.sentAt >= since) &&
    (until === undefined || record.sentAt < until)
  );
}

/** Whether it names anything at all. */
export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((condition) => condition === undefined);
}
